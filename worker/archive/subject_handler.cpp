#include "worker/archive/subject_handler.hpp"

#include "worker/archive/handlers/archived_media.hpp"

namespace strongroom::archive {
namespace {

const SubjectHandler& handler_for(const records::ArchivedMedia&) {
    static const ArchivedMediaHandler handler;
    return handler;
}

}  // namespace

const SubjectHandler& handler_of(const records::Event& event) {
    return std::visit([](const auto& subject) -> const SubjectHandler& { return handler_for(subject); }, event.subject);
}

}  // namespace strongroom::archive
