#include "shared/genesys/media_reply.hpp"

#include <initializer_list>

#include <boost/json/value.hpp>

#include "shared/base/units.hpp"
#include "shared/genesys/json_reader.hpp"

namespace strongroom::genesys {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestWord = 40;

std::optional<std::uint64_t> size_of(const json::object& media) {
    for (const char* name : {"size", "fileSize"}) {
        const auto* member = media.if_contains(name);
        if (member == nullptr) continue;
        boost::system::error_code error;
        const auto size = member->to_number<std::uint64_t>(error);
        if (!error) return size;
    }
    return std::nullopt;
}

std::optional<WallTime> started_at(const json::object& media) {
    const auto* member = media.if_contains("startTime");
    if (member == nullptr) return std::nullopt;
    if (member->is_int64()) return WallTime{std::chrono::milliseconds{member->get_int64()}};
    const auto time = parse_rfc3339(text_of(media, "startTime"));
    if (!time) return std::nullopt;
    return *time;
}

Failure not_ready(std::string message) {
    return {.kind = FailureKind::kNotReady, .dependency = Dependency::kApi, .message = std::move(message)};
}

/// The platform's word, fit for a message.
std::string printable(std::string word) {
    if (word.size() > kLongestWord) word.resize(kLongestWord);
    for (char& c : word) {
        if (c < 0x20 || c > 0x7e) c = '?';
    }
    return word;
}

}  // namespace

Result<MediaLocation> read_media(std::string_view body) {
    const auto media = parse_object(body);
    if (!media) {
        return Failure{.kind = FailureKind::kTransient,
                       .dependency = Dependency::kApi,
                       .cause = Cause::kCorrupt,
                       .message = "GET /api/v2/media/{id} answered 200 with what is not a JSON object"};
    }
    // Without a status the download URL speaks for itself.
    const std::string status = text_of(*media, "status");
    if (!status.empty() && status != "complete") {
        return not_ready("the media's status is " + printable(status) + ", not complete");
    }
    std::string url = text_of(*media, "downloadUrl");
    if (url.empty()) return not_ready("the media has no downloadUrl yet");
    return MediaLocation{.download_url = std::move(url),
                         .content_type = text_of(*media, "contentType"),
                         .size = size_of(*media),
                         .started_at = started_at(*media)};
}

}  // namespace strongroom::genesys
