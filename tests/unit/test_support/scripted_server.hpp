#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

namespace strongroom::test {

/// One thing that the server does on a connection.
struct ServerStep {
    enum class Do {
        kReadHead,   ///< up to the empty line; kept in `heads`
        kReadBytes,  ///< exactly `count` bytes; appended to `received`
        kSend,       ///< `bytes`
        kReset,      ///< closes with RST
        kHang,       ///< does nothing more until the client goes
    };
    Do action = Do::kReadHead;
    std::string bytes{};
    std::size_t count = 0;
};

ServerStep read_head();
ServerStep read_bytes(std::size_t count);
ServerStep send(std::string bytes);
ServerStep reset();
ServerStep hang();
/// `HTTP/1.1 <status_line>`, the fields, Content-Length and the body.
ServerStep send_response(const std::string& status_line, const std::string& body = {}, const std::string& fields = {});

using ConnectionScript = std::vector<ServerStep>;

/// Plays scripts to clients on loopback, on the test's own context: the n-th connection gets the n-th script and is
/// closed at its end; there are no more connections than scripts.
class ScriptedServer {
  public:
    ScriptedServer(boost::asio::io_context& context, std::vector<ConnectionScript> scripts);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    /// `http://127.0.0.1:<port><path>`
    [[nodiscard]] std::string url(const std::string& path) const;
    [[nodiscard]] const std::vector<std::string>& heads() const;
    [[nodiscard]] const std::string& received() const;
    [[nodiscard]] std::size_t connections() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace strongroom::test
