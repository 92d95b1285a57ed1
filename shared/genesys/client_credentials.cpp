#include "shared/genesys/client_credentials.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/base/encoding.hpp"

namespace strongroom::genesys {
namespace asio = boost::asio;

ClientCredentials::ClientCredentials(const asio::any_io_executor& executor, Parts parts, PlatformConfig config,
                                     TokenLimits limits)
    : executor_{executor},
      parts_{parts},
      config_{std::move(config)},
      limits_{limits},
      fetched_{executor},
      fetches_{executor} {}

Task<Result<AccessToken>> ClientCredentials::token() {
    co_return co_await asio::co_spawn(executor_, token_here(), asio::use_awaitable);
}

Task<> ClientCredentials::invalidate(std::string version) {
    co_await asio::co_spawn(executor_, invalidate_here(std::move(version)), asio::use_awaitable);
}

Task<> ClientCredentials::stop() {
    fetches_.cancel();
    co_await fetches_.join();
}

Task<Result<AccessToken>> ClientCredentials::token_here() {
    for (;;) {
        if (current_ && usable(*current_)) co_return *current_;
        if (auto failure = held_off()) co_return std::move(*failure);
        // Not the caller's own coroutine: it may be cancelled while others wait for the same token.
        if (!std::exchange(fetching_, true)) fetches_.spawn(fetch());
        while (fetching_) co_await fetched_.wait();
    }
}

std::optional<Failure> ClientCredentials::held_off() const {
    const SteadyTime now = parts_.time.now();
    if (!failure_ || now >= ask_again_at_) return std::nullopt;
    Failure failure = *failure_;
    if (failure.retry_after) {
        failure.retry_after = std::chrono::ceil<std::chrono::milliseconds>(ask_again_at_ - now);
    }
    return failure;
}

Task<> ClientCredentials::invalidate_here(std::string version) {
    if (current_ && current_->version == version) current_.reset();
    // A failure leaves a token there that every pod finds refused and replaces.
    co_await parts_.store.remove(std::move(version));
}

Task<> ClientCredentials::fetch() {
    note(co_await obtain());
    fetching_ = false;
    fetched_.notify();
}

void ClientCredentials::note(Result<AccessToken> outcome) {
    failure_.reset();
    if (outcome) {
        current_ = std::move(*outcome);
        return;
    }
    failure_ = std::move(outcome).error().at(Dependency::kToken, Stage::kNone);
    ask_again_at_ = parts_.time.now() + std::max(limits_.hold_off, failure_->retry_after.value_or(limits_.hold_off));
}

Task<Result<AccessToken>> ClientCredentials::obtain() {
    const SteadyTime give_up = parts_.time.now() + limits_.refresh_lease;
    for (;;) {
        if (auto shared = co_await shared_token()) co_return std::move(*shared);
        const Result<bool> mine = co_await parts_.store.begin_refresh(limits_.refresh_lease);
        // Without the store, or when the holder of the lease does not deliver, every pod fetches for itself.
        if (!mine || parts_.time.now() >= give_up) co_return co_await request();
        if (*mine) break;
        co_await parts_.sleeper.sleep_for(limits_.poll);
    }
    // Another pod may have finished between the look and the lease.
    if (auto shared = co_await shared_token()) {
        co_await parts_.store.end_refresh();
        co_return std::move(*shared);
    }
    Result<AccessToken> fresh = co_await request();
    co_await parts_.store.end_refresh();
    co_return fresh;
}

Task<std::optional<AccessToken>> ClientCredentials::shared_token() {
    auto loaded = co_await parts_.store.load();
    if (!loaded) co_return std::nullopt;
    seen_version_ = *loaded ? (*loaded)->version : std::string{};
    if (!*loaded) co_return std::nullopt;
    AccessToken token = adopt(std::move(**loaded));
    if (!usable(token)) co_return std::nullopt;
    co_return token;
}

AccessToken ClientCredentials::adopt(fleet::SharedToken token) const {
    return {.value = std::move(token.value),
            .version = std::move(token.version),
            .use_until = parts_.time.now() + token.expires_in - limits_.margin};
}

Task<Result<AccessToken>> ClientCredentials::request() {
    const auto response = co_await parts_.http.perform(token_request(config_));
    if (!response) co_return response.error();
    auto issued = read_token(*response, parts_.time.wall_now(), config_);
    if (!issued) co_return std::move(issued).error();
    std::array<std::byte, 12> version{};
    parts_.random.fill(version);
    fleet::SharedToken token{
        .value = std::move(issued->value), .version = hex_encode(version), .expires_in = issued->lifetime};
    // Kept by this pod in any case; a pod that was quicker keeps its own, and both tokens are good.
    co_await parts_.store.replace(seen_version_, token);
    AccessToken fresh = adopt(std::move(token));
    // A token that lives shorter than the margin is used for half of its life instead.
    fresh.use_until = std::max(fresh.use_until, parts_.time.now() + issued->lifetime / 2);
    co_return fresh;
}

}  // namespace strongroom::genesys
