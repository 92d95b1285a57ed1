#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strongroom::bench {

/// Request line and header fields of one HTTP/1.1 request.
class RequestHead {
  public:
    /// From what a connection has received: nothing until the empty line is there. Takes a copy of that part.
    static std::optional<RequestHead> read(std::string_view received);

    [[nodiscard]] std::string_view method() const { return word(0); }
    [[nodiscard]] std::string_view path() const;
    [[nodiscard]] std::string_view query() const;
    /// The value of a header field, names compare without case; empty when absent.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] std::uint64_t content_length() const;
    /// The query has this key, with or without a value.
    [[nodiscard]] bool has_query(std::string_view key) const;
    /// Bytes that the head took.
    [[nodiscard]] std::size_t size() const { return text_.size(); }

  private:
    explicit RequestHead(std::string_view text) : text_{text} {}
    [[nodiscard]] std::string_view word(int index) const;

    std::string text_;
};

}  // namespace strongroom::bench
