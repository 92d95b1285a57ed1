#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/random_source.hpp"
#include "shared/base/time_source.hpp"
#include "shared/fleet/token_store.hpp"
#include "shared/genesys/platform_config.hpp"
#include "shared/genesys/token_exchange.hpp"
#include "shared/genesys/token_source.hpp"
#include "shared/http/client.hpp"
#include "shared/runtime/event.hpp"
#include "shared/runtime/sleeper.hpp"
#include "shared/runtime/task_group.hpp"

namespace strongroom::genesys {

struct TokenLimits {
    std::chrono::milliseconds margin{60'000};  ///< a token is not used in the last part of its life
    std::chrono::milliseconds refresh_lease{
        10'000};                                ///< how long one pod may take to fetch; others wait as long at most
    std::chrono::milliseconds poll{200};        ///< how often the others look for the new token
    std::chrono::milliseconds hold_off{1'000};  ///< after a failure, before the endpoint is asked again
};

/// The token of a client-credentials client (RFC 6749 section 4.4): one fetch at a time in the pod and, through the
/// store, in the fleet. Lives on the pod's loop; `token` and `invalidate` may be awaited on any loop.
class ClientCredentials final : public TokenSource {
  public:
    struct Parts {
        http::Client& http;
        fleet::TokenStore& store;
        TimeSource& time;
        Sleeper& sleeper;
        RandomSource& random;
    };

    /// `parts` live on `executor`'s loop and outlive the source. Before the source goes, that loop has ended, or `stop`
    /// has been awaited on it.
    ClientCredentials(const boost::asio::any_io_executor& executor, Parts parts, PlatformConfig config,
                      TokenLimits limits = {});

    Task<Result<AccessToken>> token() override;
    Task<> invalidate(std::string version) override;
    /// Ends a fetch that is in progress. On the pod's loop.
    Task<> stop();

  private:
    [[nodiscard]] bool usable(const AccessToken& token) const { return parts_.time.now() < token.use_until; }
    [[nodiscard]] AccessToken adopt(fleet::SharedToken token) const;
    [[nodiscard]] std::optional<Failure> held_off() const;

    Task<Result<AccessToken>> token_here();
    Task<> invalidate_here(std::string version);
    Task<> fetch();
    Task<Result<AccessToken>> obtain();
    Task<std::optional<AccessToken>> shared_token();
    Task<Result<AccessToken>> request();
    void note(Result<AccessToken> outcome);

    boost::asio::any_io_executor executor_;
    Parts parts_;
    PlatformConfig config_;
    TokenLimits limits_;

    std::optional<AccessToken> current_;
    std::optional<Failure> failure_;
    SteadyTime ask_again_at_{};
    std::string seen_version_;  ///< of the token in the store, as far as known
    bool fetching_ = false;
    Event fetched_;
    TaskGroup fetches_;
};

}  // namespace strongroom::genesys
