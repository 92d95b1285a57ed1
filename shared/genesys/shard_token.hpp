#pragma once

#include <optional>
#include <string>

#include "shared/base/time_source.hpp"
#include "shared/genesys/token_source.hpp"

namespace strongroom::genesys {

/// One shard's copy of the pod's token, so that an API call hops to the pod's loop only when the token ends. On the
/// shard's loop. `pod` and `time` outlive it.
class ShardToken final : public TokenSource {
  public:
    ShardToken(TokenSource& pod, const TimeSource& time) : pod_{&pod}, time_{&time} {}

    Task<Result<AccessToken>> token() override;
    Task<> invalidate(std::string version) override;

  private:
    TokenSource* pod_;
    const TimeSource* time_;
    std::optional<AccessToken> copy_;
};

}  // namespace strongroom::genesys
