#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "shared/base/result.hpp"
#include "shared/redis/endpoint.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::redis {

/// A byte stream to a server. One `write` and one `read_some` may be in progress at a time. The loop's thread only.
class Connection {
  public:
    virtual ~Connection() = default;
    virtual Task<Result<>> write(std::string bytes) = 0;
    /// At least one byte. `buffer` outlives the read.
    virtual Task<Result<std::size_t>> read_some(std::span<std::byte> buffer) = 0;
    /// Ends what is in progress; it and whatever comes after fails with `why`.
    virtual void close(Failure why) = 0;
};

struct ConnectOptions {
    std::chrono::milliseconds timeout{2'000};  ///< for TCP, TLS and introduction together
    std::string ca_file{};                     ///< PEM file with trusted roots for rediss://; empty = the system's
};

/// Connects and introduces itself (AUTH, SELECT, PING). A name server that does not answer is waited for beyond the
/// timeout (getaddrinfo cannot be interrupted). Failures are transient, kRedis, and name host and port.
Task<Result<std::shared_ptr<Connection>>> connect(Endpoint endpoint, ConnectOptions options);

}  // namespace strongroom::redis
