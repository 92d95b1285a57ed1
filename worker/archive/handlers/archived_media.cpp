#include "worker/archive/handlers/archived_media.hpp"

#include <utility>

namespace strongroom::archive {
namespace {

const records::ArchivedMedia& subject_of(const records::Event& event) {
    return std::get<records::ArchivedMedia>(event.subject);
}

}  // namespace

Task<Result<genesys::MediaLocation>> ArchivedMediaHandler::resolve(const Tenant& tenant,
                                                                   const records::Event& event) const {
    return tenant.platform.resolve(subject_of(event).media_id);
}

Task<Result<>> ArchivedMediaHandler::write_back(const Tenant& tenant, const records::Event& event,
                                                std::map<std::string, std::string> fields) const {
    return tenant.platform.write_back(subject_of(event).interaction_id, std::move(fields));
}

std::string ArchivedMediaHandler::media_id(const records::Event& event) const {
    return subject_of(event).media_id;
}

std::string ArchivedMediaHandler::interaction_id(const records::Event& event) const {
    return subject_of(event).interaction_id;
}

}  // namespace strongroom::archive
