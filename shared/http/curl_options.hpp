#pragma once

#include <cstdint>
#include <optional>

#include "shared/http/curl_handles.hpp"
#include "shared/http/curl_loop.hpp"

namespace strongroom::http {

/// How an exchange's bodies go.
enum class BodyMode { kBuffered, kDownload, kUpload };

/// Sets all that a request asks for on a fresh handle. `request` and the returned header fields must outlive the
/// transfer. `upload_length` counts only with kUpload.
FieldList set_options(CURL* easy, const Request& request, const CurlLoopConfig& config, BodyMode mode,
                      std::uint64_t upload_length);

/// The host of an URL as curl itself understands it; nothing when it is malformed.
std::optional<std::string> host_of(const char* url);

}  // namespace strongroom::http
