#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strongroom::http {

/// Header fields in order; names compare without case.
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_{fields} {}

    void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
    /// Replaces every field of that name.
    void set(std::string name, std::string value);
    void clear() { fields_.clear(); }
    /// The first value of that name. The view lives as long as the field.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] auto begin() const { return fields_.begin(); }
    [[nodiscard]] auto end() const { return fields_.end(); }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// One HTTP exchange to be made. `url` may hold secrets (signed queries): it is never logged or put in a message; use
/// `loggable_url`.
struct Request {
    std::string method = "GET";
    std::string url;
    Headers headers{};
    /// Sent whole with a Content-Length (small bodies: API calls). Streams use ByteSource instead.
    std::string body{};
    /// From start to the last byte of the response; zero = none. Streams ignore it: CurlLoopConfig::watchdog is theirs.
    std::chrono::milliseconds timeout{5'000};
    /// A buffered response body beyond this fails the exchange (Cause::kTooLarge).
    std::size_t max_response_bytes = 1U << 20U;
    /// Redirects followed (same rules for every hop: address filter, allowed protocols). Authorization is not forwarded
    /// to another host.
    int max_redirects = 0;
};

/// Status line and header of a final response (no 1xx, no followed redirect).
struct ResponseHead {
    int status = 0;
    Headers headers{};
    /// From Content-Length; nothing when chunked or unknown.
    std::optional<std::uint64_t> content_length{};
};

struct Response {
    ResponseHead head{};
    std::string body{};
};

/// `https://host:port/path` without query, fragment and user info: the form for logs and messages.
std::string loggable_url(std::string_view url);

}  // namespace strongroom::http
