#pragma once

#include "worker/archive/subject_handler.hpp"

namespace strongroom::archive {

/// A finished media item that its event names directly (profile media-api).
class ArchivedMediaHandler final : public SubjectHandler {
  public:
    Task<Result<genesys::MediaLocation>> resolve(const Tenant& tenant, const records::Event& event) const override;
    Task<Result<>> write_back(const Tenant& tenant, const records::Event& event,
                              std::map<std::string, std::string> fields) const override;
    [[nodiscard]] std::string media_id(const records::Event& event) const override;
    [[nodiscard]] std::string interaction_id(const records::Event& event) const override;
};

}  // namespace strongroom::archive
