#pragma once

#include <string_view>

#include "shared/base/result.hpp"
#include "shared/genesys/media_platform.hpp"

namespace strongroom::genesys {

/// Reads the answer of `GET /api/v2/media/{id}`: `status`, `downloadUrl`, `contentType`, `size` or `fileSize`,
/// `startTime` (RFC 3339, or milliseconds since 1970). Not ready: a status other than complete, or no downloadUrl. What
/// is not a JSON object is transient (a proxy's page, a cut body). Members of a wrong type count as missing.
Result<MediaLocation> read_media(std::string_view body);

}  // namespace strongroom::genesys
