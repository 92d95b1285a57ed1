#include "shared/genesys/shard_token.hpp"

#include <utility>

namespace strongroom::genesys {

Task<Result<AccessToken>> ShardToken::token() {
    if (copy_ && time_->now() < copy_->use_until) co_return *copy_;
    Result<AccessToken> fresh = co_await pod_->token();
    if (fresh) copy_ = *fresh;
    co_return fresh;
}

Task<> ShardToken::invalidate(std::string version) {
    if (copy_ && copy_->version == version) copy_.reset();
    return pod_->invalidate(std::move(version));
}

}  // namespace strongroom::genesys
