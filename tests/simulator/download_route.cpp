#include "tests/simulator/download_route.hpp"

#include "shared/base/encoding.hpp"
#include "tests/simulator/byte_range.hpp"
#include "tests/simulator/error_reply.hpp"

namespace strongroom::simulator {
namespace {

/// Strong comparison (RFC 9110 section 8.8.3.2): a weak tag matches nothing.
bool matches_strongly(std::string_view condition, std::string_view etag) {
    return !etag.empty() && !etag.starts_with("W/") && condition == etag;
}

Reply redirect(const Request& request, const std::string& id) {
    Reply reply{.status = 302, .content_type = "text/plain"};
    reply.add_header("Location", "/download/" + percent_encode(id) + "?" + std::string{request.query} + "&hop=1");
    return reply;
}

std::string content_range(const ByteRange& range, std::uint64_t size) {
    const auto span = range.kind == ByteRange::Kind::kUnsatisfiable
                          ? "*"
                          : std::to_string(range.first) + "-" + std::to_string(range.first + range.length - 1);
    return "bytes " + span + "/" + std::to_string(size);
}

Reply content(const Request& request, const std::string& id, const Media& media) {
    const auto etag = entity_tag(id, media);
    if (!request.if_match.empty() && request.if_match != "*" && !matches_strongly(request.if_match, etag)) {
        return usual_store_error(412);
    }
    const bool whole = !request.if_range.empty() && !matches_strongly(request.if_range, etag);
    const auto range = parse_range(whole ? std::string_view{} : request.range, media.size);
    if (range.kind == ByteRange::Kind::kUnsatisfiable) {
        auto reply = usual_store_error(416);
        reply.add_header("Content-Range", content_range(range, media.size));
        return reply;
    }
    Reply reply{.content_type = media.content_type, .chunked = media.chunked};
    reply.media = MediaSlice{id, media.size, range.first, range.length};
    reply.add_header("Accept-Ranges", "bytes");
    if (!etag.empty()) reply.add_header("ETag", etag);
    if (range.kind == ByteRange::Kind::kPart) {
        reply.status = 206;
        reply.add_header("Content-Range", content_range(range, media.size));
    }
    return reply;
}

}  // namespace

Reply answer_download(const PlatformState& state, const Request& request, const std::string& id) {
    const bool head = request.method == "HEAD";
    if (!head && request.method != "GET") return store_error(405, "MethodNotAllowed", "The method is not allowed.");
    switch (state.urls.check(id, request.query)) {
        case SignedUrls::Check::kWrongSignature:
            return store_error(403, "SignatureDoesNotMatch",
                               "The request signature does not match the signature provided.");
        case SignedUrls::Check::kExpired:
            return store_error(403, "AccessDenied", "Request has expired");
        case SignedUrls::Check::kValid:
            break;
    }
    const auto media = state.media.find(id);
    if (media.gone) return store_error(410, "Gone", "The object has been deleted.");
    if (media.redirect && !form_value(request.query, "hop")) return redirect(request, id);
    auto reply = content(request, id, media);
    reply.without_body = head;
    return reply;
}

}  // namespace strongroom::simulator
