#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "shared/base/result.hpp"
#include "shared/base/time_source.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::genesys {

/// Where a media item's bytes can be fetched now. `download_url` is a secret and expires in minutes: never stored or
/// logged.
struct MediaLocation {
    std::string download_url;
    std::string content_type;            ///< as the platform says; empty when it does not
    std::optional<std::uint64_t> size;   ///< bytes, when the platform says
    std::optional<WallTime> started_at;  ///< the item's own date, when the platform reports one
};

/// The contact centre's API, as far as archiving needs it. Dependency kApi (kToken for the token endpoint); a 401 drops
/// the token and tries once more inside. One attempt otherwise. The loop's thread only.
class MediaPlatform {
  public:
    virtual ~MediaPlatform() = default;
    /// Not ready: status not complete, no downloadUrl. Permanent: 404, 410 (kGone), 403 for this item. Outage:
    /// credentials refused. Stage kResolve.
    virtual Task<Result<MediaLocation>> resolve(std::string media_id) = 0;
    /// Merges `fields` into the interaction's metadata. 404 and 409 are not_ready (causes kNotFound, kConflict). Stage
    /// kWriteBack.
    virtual Task<Result<>> write_back(std::string interaction_id, std::map<std::string, std::string> fields) = 0;
};

}  // namespace strongroom::genesys
