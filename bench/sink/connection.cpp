#include "bench/sink/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/sendfile.h>
#include <sys/socket.h>

namespace strongroom::bench {
namespace {

constexpr std::size_t kRead = 16U * 1024U;
constexpr std::size_t kHeadLimit = 64U * 1024U;
constexpr std::uint64_t kDiscard = 4U << 20U;

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

bool Connection::progress() {
    for (;;) {
        Step step = flush();
        if (step == Step::kAgain) step = head_ ? read_body() : read_head();
        if (step == Step::kBlocked) return true;
        if (step == Step::kEnded) return false;
    }
}

Connection::Step Connection::flush() {
    while (!out_.empty()) {
        const int more = media_left_ != 0 ? MSG_MORE : 0;
        const auto sent = ::send(socket_.get(), out_.data(), out_.size(), MSG_NOSIGNAL | MSG_DONTWAIT | more);
        if (sent < 0) return would_block() ? Step::kBlocked : Step::kEnded;
        out_.erase(0, static_cast<std::size_t>(sent));
    }
    return send_media();
}

Connection::Step Connection::send_media() {
    while (media_left_ != 0) {
        auto at = static_cast<off_t>(media_sent_ % kPattern);
        const auto most = std::min(media_left_, kPattern - media_sent_ % kPattern);
        const auto sent = ::sendfile(socket_.get(), pattern_, &at, most);
        if (sent <= 0) return sent < 0 && would_block() ? Step::kBlocked : Step::kEnded;
        media_sent_ += static_cast<std::uint64_t>(sent);
        media_left_ -= static_cast<std::uint64_t>(sent);
    }
    return Step::kAgain;
}

Connection::Step Connection::read_head() {
    if (head_ = RequestHead::read(received_); head_) return start_request();
    if (received_.size() > kHeadLimit) return Step::kEnded;
    std::array<char, kRead> buffer{};
    const auto count = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) return count < 0 && would_block() ? Step::kBlocked : Step::kEnded;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    return Step::kAgain;
}

Connection::Step Connection::start_request() {
    received_.erase(0, head_->size());
    body_left_ = head_->content_length();
    tail_wanted_ = head_->field("x-amz-trailer").empty() ? 0 : std::min<std::uint64_t>(Replies::kTail, body_left_);
    tail_.clear();
    if (body_left_ != 0 && !head_->field("expect").empty()) out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    return Step::kAgain;
}

Connection::Step Connection::read_body() {
    take_buffered_body();
    if (body_left_ == 0) {
        finish_request();
        return Step::kAgain;
    }
    if (body_left_ <= tail_wanted_) return read_tail();
    const auto most = std::min(body_left_ - tail_wanted_, kDiscard);
    const auto count = ::recv(socket_.get(), nullptr, most, MSG_DONTWAIT | MSG_TRUNC);
    if (count <= 0) return count < 0 && would_block() ? Step::kBlocked : Step::kEnded;
    body_left_ -= static_cast<std::uint64_t>(count);
    return Step::kAgain;
}

Connection::Step Connection::read_tail() {
    std::array<char, Replies::kTail> buffer{};
    const auto count =
        ::recv(socket_.get(), buffer.data(), std::min<std::uint64_t>(body_left_, buffer.size()), MSG_DONTWAIT);
    if (count <= 0) return count < 0 && would_block() ? Step::kBlocked : Step::kEnded;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    return Step::kAgain;
}

/// What came in one packet with the head, or belongs to the tail.
void Connection::take_buffered_body() {
    const auto count = std::min<std::uint64_t>(received_.size(), body_left_);
    if (count == 0) return;
    tail_.append(received_, 0, count);
    if (tail_.size() > Replies::kTail) tail_.erase(0, tail_.size() - Replies::kTail);
    received_.erase(0, count);
    body_left_ -= count;
}

void Connection::finish_request() {
    auto reply = replies_.answer(*head_, tail_);
    out_ = std::move(reply.text);
    media_left_ = reply.media_bytes;
    media_sent_ = 0;
    head_.reset();
}

}  // namespace strongroom::bench
