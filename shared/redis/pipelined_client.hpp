#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/units.hpp"
#include "shared/redis/client.hpp"
#include "shared/redis/connection.hpp"
#include "shared/redis/pipeline.hpp"
#include "shared/runtime/retry.hpp"
#include "shared/runtime/sleeper.hpp"

namespace strongroom::redis {

struct ClientConfig {
    Endpoint endpoint{};                               ///< from `redis.url` by parse_endpoint
    std::string ca_file{};                             ///< PEM roots for rediss://; empty = the system's
    std::chrono::milliseconds connect_timeout{2'000};  ///< TCP, TLS and introduction together
    std::chrono::milliseconds command_timeout{500};    ///< one call; beyond it the connection is dropped
    std::size_t max_pending = 10'000;                  ///< calls without a reply
    ByteCount max_reply{16'777'216};                   ///< one reply
    Backoff reconnect{.transient_tries = 1'000'000'000,
                      .base = std::chrono::milliseconds{100},
                      .cap = std::chrono::milliseconds{5'000}};
};

/// The Client over one connection. `keep_connected` owns that connection; without it nothing is ever sent. Calls made
/// before the first attempt to connect has ended wait for it (within their timeout); later, while it is down, they fail
/// at once with the reason.
class PipelinedClient final : public Client {
  public:
    /// `sleeper` and `random` belong to the same loop and outlive the client.
    PipelinedClient(const boost::asio::any_io_executor& executor, Sleeper& sleeper, std::mt19937_64& random,
                    ClientConfig config);
    ~PipelinedClient() override;
    PipelinedClient(const PipelinedClient&) = delete;
    PipelinedClient& operator=(const PipelinedClient&) = delete;

    /// Connects and reconnects until cancelled. The owner spawns it once and ends it before the client goes.
    Task<> keep_connected();

    Task<Result<Reply>> command(std::vector<std::string> arguments) override;
    Task<Result<Reply>> run(const Script& script, std::vector<std::string> keys,
                            std::vector<std::string> arguments) override;

    /// True while the server answers; otherwise `last_failure` says why not.
    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] const std::optional<Failure>& last_failure() const { return last_failure_; }

  private:
    Task<Result<Incoming>> call(std::vector<std::string> arguments);
    Task<> serve(std::shared_ptr<Connection> connection);
    void lost(const Failure& why);
    [[nodiscard]] std::shared_ptr<Pipeline> fresh_pipeline() const;

    boost::asio::any_io_executor executor_;
    Sleeper* sleeper_;
    std::mt19937_64* random_;
    ClientConfig config_;
    std::shared_ptr<Pipeline> pipeline_;
    bool connected_ = false;
    std::optional<Failure> last_failure_;
};

}  // namespace strongroom::redis
