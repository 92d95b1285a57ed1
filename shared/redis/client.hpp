#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::redis {

struct Nil {
    friend bool operator==(Nil, Nil) = default;
};

/// A RESP2 reply. Error replies never get here: they are failures.
struct Reply {
    using Array = std::vector<Reply>;
    std::variant<Nil, std::int64_t, std::string, Array> value{};

    [[nodiscard]] bool is_nil() const { return std::holds_alternative<Nil>(value); }
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
    [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
    [[nodiscard]] const Array* array() const { return std::get_if<Array>(&value); }
};

/// A Lua script; `sha1` is computed once. Every key it touches is given as a key.
struct Script {
    explicit Script(std::string text);
    std::string source;
    std::string sha1;
};

/// One pipelined connection that reconnects by itself. Every failure is at Dependency::kRedis and transient: Redis is
/// never an outage, callers go on without it. While it is known to be down, calls fail at once. The loop's thread only.
class Client {
  public:
    virtual ~Client() = default;
    virtual Task<Result<Reply>> command(std::vector<std::string> arguments) = 0;
    /// EVALSHA, and EVAL when the server does not have the script.
    virtual Task<Result<Reply>> run(const Script& script, std::vector<std::string> keys,
                                    std::vector<std::string> arguments) = 0;
};

}  // namespace strongroom::redis
