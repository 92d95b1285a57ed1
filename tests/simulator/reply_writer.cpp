#include "tests/simulator/reply_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <boost/asio/buffer.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "shared/runtime/sleeper.hpp"
#include "tests/simulator/reply_body.hpp"
#include "tests/simulator/reply_head.hpp"

namespace strongroom::simulator {
namespace asio = boost::asio;
namespace {

using Socket = asio::ip::tcp::socket;
using Piece = std::span<const std::byte>;

constexpr std::chrono::milliseconds kDripInterval{50};
constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

asio::const_buffer buffer_of(Piece piece) {
    return {piece.data(), piece.size()};
}

std::string chunk_head(std::size_t size) {
    std::array<char, 16> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), size, 16).ptr;
    return std::string{text.data(), end} + "\r\n";
}

/// The head goes out together with the first piece: one packet for a small answer.
Task<> write_piece(Socket& socket, std::string head, Piece piece, bool chunked) {
    const bool framed = chunked && !piece.empty();
    if (framed) head += chunk_head(piece.size());
    const std::string_view end = framed ? "\r\n" : "";
    const std::array<asio::const_buffer, 3> buffers{asio::buffer(head), buffer_of(piece), asio::buffer(end)};
    co_await asio::async_write(socket, buffers, asio::use_awaitable);
}

/// Where in the body something is to happen next, and how fast it goes.
struct Pace {
    explicit Pace(const std::optional<Fault>& fault) {
        if (!fault) return;
        cut = fault->cut_after_bytes.value_or(kNever);
        stall = fault->stall_after_bytes.value_or(kNever);
        if (fault->drip_bytes_per_s != 0) {
            drip = std::max<std::uint64_t>(1, fault->drip_bytes_per_s * kDripInterval.count() / 1000);
        }
    }
    [[nodiscard]] std::uint64_t allowed(std::uint64_t sent) const {
        return std::min({drip, cut > sent ? cut - sent : kNever, stall > sent ? stall - sent : kNever});
    }

    std::uint64_t cut = kNever;
    std::uint64_t stall = kNever;
    std::uint64_t drip = kNever;
};

/// Ends when the faults are lifted or the peer has closed its side (or broken the silence: it has given up waiting).
Task<> stall(Socket& socket, Event& faults_lifted) {
    using namespace asio::experimental::awaitable_operators;
    co_await (faults_lifted.wait() || socket.async_wait(Socket::wait_read, asio::use_awaitable));
}

struct Delivery {
    Socket& socket;
    Event& faults_lifted;
    ReplyBody body;
    Pace pace;
    bool chunked;
};

/// True when the whole body went out.
Task<bool> write_body(Delivery& delivery, std::string head) {
    TimerSleeper sleeper;
    auto& [socket, faults_lifted, body, pace, chunked] = delivery;
    do {
        const auto most = body.sent() == pace.cut || body.sent() == pace.stall ? 0 : pace.allowed(body.sent());
        const auto piece = body.next(most);
        co_await write_piece(socket, std::move(head), piece, chunked);
        head.clear();
        if (body.sent() == pace.cut) co_return false;
        if (body.sent() == pace.stall) {
            pace.stall = kNever;
            co_await stall(socket, faults_lifted);
        }
        if (pace.drip != kNever && body.left() != 0) co_await sleeper.sleep_for(kDripInterval);
    } while (body.left() != 0);
    if (chunked) co_await write_piece(socket, "0\r\n\r\n", {}, false);
    co_return true;
}

Task<bool> write_faulty(Socket& socket, Event& faults_lifted, MediaMode mode, const Answer& answer, bool keep_alive) {
    const auto& fault = answer.fault;
    const auto delta = fault ? fault->declared_length_delta : 0;
    const auto declared = answer.reply.body_length() + static_cast<std::uint64_t>(delta);
    const bool chunked = answer.reply.chunked && !answer.reply.without_body;
    Delivery delivery{
        socket, faults_lifted, {answer.reply, mode, fault ? fault->corrupt_at : std::nullopt}, Pace{fault}, chunked};
    const bool complete = co_await write_body(delivery, format_head(answer.reply, declared, keep_alive));
    co_return complete&& delta == 0 && keep_alive;
}

}  // namespace

Task<bool> write_answer(Socket& socket, Event& faults_lifted, MediaMode mode, const Answer& answer, bool keep_alive) {
    const auto& [reply, fault] = answer;
    if (fault && fault->delay.count() != 0) {
        TimerSleeper sleeper;
        co_await sleeper.sleep_for(fault->delay);
    }
    if (fault && fault->close) co_return false;
    if (fault || reply.media || reply.chunked) {
        co_return co_await write_faulty(socket, faults_lifted, mode, answer, keep_alive);
    }
    auto message = format_head(reply, reply.text.size(), keep_alive);
    if (!reply.without_body) message += reply.text;
    co_await asio::async_write(socket, asio::buffer(message), asio::use_awaitable);
    co_return keep_alive;
}

}  // namespace strongroom::simulator
