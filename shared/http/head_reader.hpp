#pragma once

#include <string_view>

#include "shared/http/request.hpp"

namespace strongroom::http {

/// Collects the header of a response from its lines as they come (RFC 9112 section 4 and 5). A new status line starts
/// over: what stays is the last response (after 100 Continue, after a followed redirect).
class HeadReader {
  public:
    /// One line with or without its end. True when it was the empty line that ends a header.
    bool take(std::string_view line);
    [[nodiscard]] ResponseHead& head() { return head_; }

  private:
    void start(std::string_view status_line);
    void field(std::string_view line);

    ResponseHead head_;
};

}  // namespace strongroom::http
