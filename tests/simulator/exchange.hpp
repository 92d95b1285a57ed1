#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strongroom::simulator {

/// What the routes look at. The views live as long as the connection's parser, that is: until the reply is written.
struct Request {
    std::string_view method;
    std::string_view path;   ///< percent-encoded, without the query
    std::string_view query;  ///< without the question mark
    std::string_view authorization{};
    std::string_view content_type{};
    std::string_view range{};
    std::string_view if_match{};
    std::string_view if_range{};
    std::string_view body{};
};

/// A slice of one media item's bytes, made while it is sent.
struct MediaSlice {
    std::string id;
    std::uint64_t size = 0;    ///< of the whole item
    std::uint64_t first = 0;   ///< offset of the slice's first byte
    std::uint64_t length = 0;  ///< bytes in the slice
};

struct Reply {
    int status = 200;
    std::string content_type = "application/json";
    std::string headers{};  ///< further fields, each `Name: value\r\n`
    std::string text{};     ///< the body, unless `media` is set
    std::optional<MediaSlice> media{};
    bool chunked = false;       ///< chunked transfer coding in place of a Content-Length
    bool without_body = false;  ///< HEAD: everything but the body

    void add_header(std::string_view name, std::string_view value) {
        headers.append(name).append(": ").append(value).append("\r\n");
    }
    [[nodiscard]] std::uint64_t body_length() const { return media ? media->length : text.size(); }
};

}  // namespace strongroom::simulator
