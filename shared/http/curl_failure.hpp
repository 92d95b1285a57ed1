#pragma once

#include <string_view>

#include "shared/base/failure.hpp"

namespace strongroom::http {

/// What a transfer that ended with a CURLcode other than CURLE_OK means:
/// * resolving, connecting, TLS handshake, sending, receiving, timeouts, an empty reply: transient (kConnect,
/// kTimeout);
/// * fewer bytes than announced: transient, kTruncated;
/// * a certificate that does not verify, a CA file that cannot be read: outage (somebody must act);
/// * a malformed or unsupported URL, too many redirects: permanent;
/// * anything else: transient.
/// `where` is a loggable URL. `detail` is curl's error text; it is left out where it could hold a query.
Failure curl_failure(int code, std::string_view where, std::string_view detail);

}  // namespace strongroom::http
