#pragma once

#include <map>
#include <string>

#include "shared/genesys/media_platform.hpp"
#include "shared/records/event.hpp"
#include "worker/archive/tenant.hpp"

namespace strongroom::archive {

/// What differs between the kinds of events; everything else is the pipeline's. Stateless; the shard's thread.
class SubjectHandler {
  public:
    virtual ~SubjectHandler() = default;
    /// Where the bytes are now.
    virtual Task<Result<genesys::MediaLocation>> resolve(const Tenant& tenant, const records::Event& event) const = 0;
    /// Tells the platform where they are kept.
    virtual Task<Result<>> write_back(const Tenant& tenant, const records::Event& event,
                                      std::map<std::string, std::string> fields) const = 0;
    /// The ids that an object key may be made of.
    [[nodiscard]] virtual std::string media_id(const records::Event& event) const = 0;
    [[nodiscard]] virtual std::string interaction_id(const records::Event& event) const = 0;
};

/// The handler of an event's subject. Total: an unknown subject does not get past the codec.
const SubjectHandler& handler_of(const records::Event& event);

}  // namespace strongroom::archive
