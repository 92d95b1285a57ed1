#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "shared/redis/client.hpp"

namespace strongroom::redis {

/// An error reply of the server, as sent (`NOSCRIPT No matching script`).
struct ErrorReply {
    std::string text;
};

/// One reply off the wire. An error anywhere inside an array makes the whole reply an error.
using Incoming = std::variant<Reply, ErrorReply>;

/// The RESP2 form of a command: an array of bulk strings (redis.io, "Redis serialization protocol"). Not empty.
std::string encode_command(const std::vector<std::string>& arguments);

/// Cuts a byte stream into RESP2 replies. Holds no socket. After a failure (protocol error, or a reply beyond
/// `max_reply_bytes`) the stream is lost: drop the connection.
class ReplyReader {
  public:
    explicit ReplyReader(std::size_t max_reply_bytes);
    ~ReplyReader();
    ReplyReader(const ReplyReader&) = delete;
    ReplyReader& operator=(const ReplyReader&) = delete;

    Result<> feed(std::span<const std::byte> bytes);
    /// The next complete reply; nothing when more bytes are needed.
    Result<std::optional<Incoming>> next();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom::redis
