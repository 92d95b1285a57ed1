#include "shared/redis/connection.hpp"

#include <array>
#include <optional>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "shared/redis/redis_failure.hpp"
#include "shared/redis/resp_codec.hpp"

namespace strongroom::redis {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// What both kinds of stream share: the reason for closing, and the socket underneath.
class StreamConnection : public Connection {
  public:
    explicit StreamConnection(Endpoint endpoint) : endpoint_{std::move(endpoint)} {}

    /// Connects the socket, then starts TLS where that is wanted.
    virtual Task<Result<>> establish() = 0;

    void close(Failure why) override {
        if (why_) return;
        why_ = std::move(why);
        error_code ignored;
        socket().close(ignored);
    }

  protected:
    virtual tcp::socket& socket() = 0;

    Task<Result<>> connect_socket() {
        tcp::resolver resolver{co_await asio::this_coro::executor};
        error_code error;
        const auto addresses = co_await resolver.async_resolve(endpoint_.host, std::to_string(endpoint_.port),
                                                               asio::redirect_error(asio::use_awaitable, error));
        if (error || why_) co_return outcome(error, "cannot resolve");
        co_await asio::async_connect(socket(), addresses, asio::redirect_error(asio::use_awaitable, error));
        if (error || why_) co_return outcome(error, "cannot connect to");
        error_code ignored;
        socket().set_option(tcp::no_delay{true}, ignored);
        socket().set_option(asio::socket_base::keep_alive{true}, ignored);
        co_return Result<>{};
    }

    /// What an operation's error code means. A cancelled coroutine is not a failure: it throws on.
    [[nodiscard]] Result<> outcome(const error_code& error, std::string_view what) const {
        if (why_) return *why_;
        if (!error) return {};
        if (error == asio::error::operation_aborted) throw boost::system::system_error{error};
        std::string message{what};
        message.append(" redis at ").append(endpoint_.name()).append(": ").append(error.message());
        return redis_failure(Cause::kConnect, std::move(message));
    }

    Endpoint endpoint_;

  private:
    std::optional<Failure> why_;
};

/// The operations, the same for a bare socket and for TLS over one.
template <class Stream>
class TypedConnection : public StreamConnection {
  public:
    Task<Result<>> write(std::string bytes) override {
        error_code error;
        co_await asio::async_write(stream_, asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
        co_return outcome(error, "lost the connection to");
    }

    Task<Result<std::size_t>> read_some(std::span<std::byte> buffer) override {
        error_code error;
        const std::size_t count = co_await stream_.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                                                                   asio::redirect_error(asio::use_awaitable, error));
        if (Result<> read = outcome(error, "lost the connection to"); !read) co_return read.error();
        co_return count;
    }

  protected:
    template <class... Arguments>
    explicit TypedConnection(Endpoint endpoint, Arguments&&... arguments)
        : StreamConnection{std::move(endpoint)}, stream_{std::forward<Arguments>(arguments)...} {}

    Stream stream_;
};

class PlainConnection final : public TypedConnection<tcp::socket> {
  public:
    PlainConnection(const asio::any_io_executor& executor, Endpoint endpoint)
        : TypedConnection{std::move(endpoint), executor} {}

    Task<Result<>> establish() override { return connect_socket(); }

  private:
    tcp::socket& socket() override { return stream_; }
};

class TlsConnection final : public TypedConnection<asio::ssl::stream<tcp::socket>> {
  public:
    TlsConnection(const asio::any_io_executor& executor, Endpoint endpoint, asio::ssl::context& context)
        : TypedConnection{std::move(endpoint), executor, context} {}

    Task<Result<>> establish() override {
        Result<> connected = co_await connect_socket();
        if (!connected) co_return connected;
        SSL_set_tlsext_host_name(stream_.native_handle(), endpoint_.host.c_str());
        stream_.set_verify_callback(asio::ssl::host_name_verification{endpoint_.host});
        error_code error;
        co_await stream_.async_handshake(asio::ssl::stream_base::client,
                                         asio::redirect_error(asio::use_awaitable, error));
        co_return outcome(error, "no TLS with");
    }

  private:
    tcp::socket& socket() override { return stream_.next_layer(); }
};

Result<std::shared_ptr<StreamConnection>> make_connection(const asio::any_io_executor& executor,
                                                          const Endpoint& endpoint, const std::string& ca_file) {
    if (!endpoint.tls) return std::make_shared<PlainConnection>(executor, endpoint);
    asio::ssl::context context{asio::ssl::context::tls_client};
    context.set_verify_mode(asio::ssl::verify_peer);
    error_code error;
    if (ca_file.empty()) {
        context.set_default_verify_paths(error);
    } else {
        context.load_verify_file(ca_file, error);
    }
    if (error) return redis_failure(Cause::kOther, "redis.ca_file " + ca_file + ": " + error.message());
    // The stream's SSL object keeps its own reference to the context's.
    return std::make_shared<TlsConnection>(executor, endpoint, context);
}

/// Closes a connection that takes too long to open; harmless once destroyed.
class Deadline {
  public:
    Deadline(const asio::any_io_executor& executor, std::weak_ptr<Connection> connection, std::string name,
             std::chrono::milliseconds limit)
        : timer_{executor, limit} {
        timer_.async_wait([connection = std::move(connection), name = std::move(name), limit](const error_code& error) {
            const auto alive = connection.lock();
            if (error || !alive) return;
            alive->close(redis_failure(Cause::kTimeout, "redis at " + name + " did not accept a connection within " +
                                                            std::to_string(limit.count()) + " ms"));
        });
    }

  private:
    asio::steady_timer timer_;
};

Task<Result<>> introduce(Connection& connection, const Endpoint& endpoint) {
    const auto commands = introduction(endpoint);
    std::string bytes;
    for (const auto& command : commands) bytes += encode_command(command);
    Result<> done = co_await connection.write(std::move(bytes));
    ReplyReader reader{4'096};
    std::array<std::byte, 512> buffer{};
    for (std::size_t answered = 0; done && answered < commands.size();) {
        const Result<std::optional<Incoming>> next = reader.next();
        if (!next) co_return next.error();
        if (next->has_value()) {
            const auto* error = std::get_if<ErrorReply>(&next->value());
            if (error != nullptr) co_return refused(commands[answered].front(), error->text);
            ++answered;
            continue;
        }
        const Result<std::size_t> count = co_await connection.read_some(buffer);
        if (!count) co_return count.error();
        done = reader.feed(std::span{buffer}.first(*count));
    }
    co_return done;
}

}  // namespace

Task<Result<std::shared_ptr<Connection>>> connect(Endpoint endpoint, ConnectOptions options) {
    const auto executor = co_await asio::this_coro::executor;
    auto made = make_connection(executor, endpoint, options.ca_file);
    if (!made) co_return made.error();
    const std::shared_ptr<StreamConnection> connection = std::move(*made);
    const Deadline deadline{executor, connection, endpoint.name(), options.timeout};
    Result<> opened = co_await connection->establish();
    if (opened) opened = co_await introduce(*connection, endpoint);
    if (!opened) co_return opened.error();
    co_return std::shared_ptr<Connection>{connection};
}

}  // namespace strongroom::redis
