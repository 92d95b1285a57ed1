#pragma once

#include <map>
#include <string>

#include "shared/genesys/media_platform.hpp"
#include "shared/genesys/permanent_storm.hpp"

namespace strongroom::genesys {

/// A MediaPlatform that turns permanent failures into an outage while there is a storm of them. Gone things (404, 410)
/// do not count. Every call still goes through: what waits and comes back is the probe that ends the storm.
class StormGuard final : public MediaPlatform {
  public:
    /// `inner` outlives it and lives on the same loop.
    explicit StormGuard(MediaPlatform& inner, StormLimits limits = {})
        : inner_{&inner}, resolving_{limits}, writing_back_{limits} {}

    Task<Result<MediaLocation>> resolve(std::string media_id) override;
    Task<Result<>> write_back(std::string interaction_id, std::map<std::string, std::string> fields) override;

  private:
    MediaPlatform* inner_;
    PermanentStorm resolving_;
    PermanentStorm writing_back_;
};

}  // namespace strongroom::genesys
