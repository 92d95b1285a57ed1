#include "bench/sink/replies.hpp"

#include <charconv>
#include <optional>

namespace strongroom::bench {
namespace {

constexpr std::string_view kChecksum = "x-amz-checksum-crc32c";

std::string message(std::string_view status, std::string_view fields, std::string_view body) {
    std::string text{"HTTP/1.1 "};
    text.append(status).append("\r\nContent-Length: ").append(std::to_string(body.size())).append("\r\n");
    text.append(fields).append("\r\n").append(body);
    return text;
}

Reply xml(std::string_view body) {
    return {message("200 OK", "Content-Type: application/xml\r\n", body)};
}

/// From the header, or from the trailer at the end of the body.
std::string_view checksum_of(const RequestHead& head, std::string_view tail) {
    if (const auto value = head.field(kChecksum); !value.empty()) return value;
    const auto at = tail.rfind(kChecksum);
    if (at == std::string_view::npos) return {};
    tail.remove_prefix(at + kChecksum.size() + 1);
    return tail.substr(0, tail.find("\r\n"));
}

/// The number at the end of `/download/…-s<bytes>` and `/source/<bytes>`.
std::optional<std::uint64_t> media_size(std::string_view path) {
    const bool download = path.starts_with("/download/");
    if (!download && !path.starts_with("/source/")) return std::nullopt;
    const auto digits = path.substr(download ? path.rfind("-s") + 2 : path.rfind('/') + 1);
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return size;
}

std::string describe(const Statistics& s) {
    const auto pair = [](std::string_view name, std::uint64_t value) {
        return "\"" + std::string{name} + "\": " + std::to_string(value);
    };
    return "{" + pair("requests", s.requests) + ", " + pair("objects", s.objects) + ", " + pair("parts", s.parts) +
           ", " + pair("aborted_uploads", s.aborted_uploads) + ", " + pair("stored_bytes", s.stored_bytes) + ", " +
           pair("downloads", s.downloads) + ", " + pair("download_bytes", s.download_bytes) + "}\n";
}

}  // namespace

Reply Replies::answer(const RequestHead& head, std::string_view tail) {
    const auto method = head.method();
    if (head.path() == "/_statistics") {
        auto reply = Reply{message("200 OK", "Content-Type: application/json\r\n", describe(statistics_))};
        if (method == "DELETE") statistics_ = {};
        return reply;
    }
    ++statistics_.requests;
    if (method == "PUT") return answer_put(head, tail);
    if (method == "POST") return answer_post(head);
    if (method == "DELETE") return answer_delete(head);
    if (method == "GET") return answer_get(head);
    // HEAD: the bucket is there, no key ever is.
    const bool bucket = head.path().find('/', 1) == std::string_view::npos;
    return {message(bucket ? "200 OK" : "404 Not Found", "", "")};
}

Reply Replies::answer_get(const RequestHead& head) {
    const auto size = media_size(head.path());
    if (!size)
        return {message("404 Not Found", "Content-Type: application/xml\r\n", "<Error><Code>NoSuchKey</Code></Error>")};
    ++statistics_.downloads;
    statistics_.download_bytes += *size;
    return {"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nETag: \"pattern-" + std::to_string(*size) +
                "\"\r\nContent-Length: " + std::to_string(*size) + "\r\n\r\n",
            *size};
}

Reply Replies::answer_put(const RequestHead& head, std::string_view tail) {
    statistics_.stored_bytes += head.content_length();
    ++(head.has_query("partNumber") ? statistics_.parts : statistics_.objects);
    std::string fields = "ETag: \"" + std::to_string(++last_id_) + "\"\r\n";
    if (const auto checksum = checksum_of(head, tail); !checksum.empty()) {
        fields.append(kChecksum).append(": ").append(checksum).append("\r\n");
    }
    return {message("200 OK", fields, "")};
}

Reply Replies::answer_post(const RequestHead& head) {
    if (head.has_query("uploads")) {
        return xml("<InitiateMultipartUploadResult><UploadId>upload-" + std::to_string(++last_id_) +
                   "</UploadId></InitiateMultipartUploadResult>");
    }
    ++statistics_.objects;
    return xml("<CompleteMultipartUploadResult><ETag>&quot;" + std::to_string(++last_id_) +
               "-1&quot;</ETag></CompleteMultipartUploadResult>");
}

Reply Replies::answer_delete(const RequestHead& head) {
    if (head.has_query("uploadId")) ++statistics_.aborted_uploads;
    return {"HTTP/1.1 204 No Content\r\n\r\n"};
}

}  // namespace strongroom::bench
