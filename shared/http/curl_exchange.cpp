#include "shared/http/curl_exchange.hpp"

#include <algorithm>
#include <utility>

#include <sys/socket.h>

#include "shared/base/units.hpp"
#include "shared/http/curl_failure.hpp"

namespace strongroom::http {
namespace {

bool is_success(int status) {
    return status >= 200 && status < 300;
}

/// Anything else could add fields or requests of its own.
bool are_plain(const Headers& headers) {
    const auto is_control = [](char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7f'; };
    return std::ranges::none_of(headers, [&](const auto& field) {
        return std::ranges::any_of(field.first, is_control) || std::ranges::any_of(field.second, is_control);
    });
}

}  // namespace

/// What libcurl calls; each hands over to the exchange.
struct CurlExchange::Callbacks {
    static CurlExchange& of(void* self) { return *static_cast<CurlExchange*>(self); }

    static std::size_t header(char* line, std::size_t, std::size_t size, void* self) {
        of(self).take_header({line, size});
        return size;
    }
    static std::size_t write(char* bytes, std::size_t, std::size_t size, void* self) {
        return of(self).take_body(std::as_bytes(std::span{bytes, size}));
    }
    static std::size_t read(char* space, std::size_t, std::size_t size, void* self) {
        return of(self).give_body(std::as_writable_bytes(std::span{space, size}));
    }
    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* address) {
        if (!of(self).may_connect(address->addr)) return CURL_SOCKET_BAD;
        return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    }
    static int before_request(void* self, char*, char*, int, int) {
        char* url = nullptr;
        curl_easy_getinfo(of(self).easy_.get(), CURLINFO_EFFECTIVE_URL, &url);
        return of(self).may_ask(url) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
    }
};

CurlExchange::CurlExchange(std::shared_ptr<CurlContext> context, Request request, BodyMode mode, ByteSink* sink,
                           ByteSource* source, std::uint64_t length)
    : context_{std::move(context)},
      request_{std::move(request)},
      mode_{mode},
      sink_{sink},
      source_{source},
      upload_length_{length},
      watchdog_{context_->config.watchdog, context_->multi.now()} {
    start();
}

CurlExchange::CurlExchange(std::shared_ptr<CurlContext> context, Request request)
    : CurlExchange{std::move(context), std::move(request), BodyMode::kBuffered, nullptr, nullptr, 0} {}

CurlExchange::CurlExchange(std::shared_ptr<CurlContext> context, Request request, ByteSink& sink)
    : CurlExchange{std::move(context), std::move(request), BodyMode::kDownload, &sink, nullptr, 0} {}

CurlExchange::CurlExchange(std::shared_ptr<CurlContext> context, Request request, std::uint64_t length,
                           ByteSource& source)
    : CurlExchange{std::move(context), std::move(request), BodyMode::kUpload, nullptr, &source, length} {}

CurlExchange::~CurlExchange() {
    leave();
    detach();
}

Task<Result<ResponseHead>> CurlExchange::head() {
    co_await head_ready_.wait();
    if (result_ && !*result_) co_return result_->error();
    co_return reader_.head();
}

Task<Result<>> CurlExchange::done() {
    co_await done_.wait();
    co_return *result_;
}

void CurlExchange::start() {
    if (!are_plain(request_.headers)) {
        return finish(
            failure(FailureKind::kPermanent, Cause::kUnsupported, "a header field holds a control character"));
    }
    if (!may_ask(request_.url.c_str())) return finish(*own_failure_);
    easy_ = context_->multi.acquire();
    fields_ = set_options(easy_.get(), request_, context_->config, mode_, upload_length_);
    set_callbacks();
    attach();
    running_ = context_->multi.add(easy_.get(), *this, mode_ != BodyMode::kBuffered);
    if (!running_) finish(failure(FailureKind::kTransient, Cause::kCancelled, "the HTTP client is closed"));
}

void CurlExchange::set_callbacks() {
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_text_.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Callbacks::header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Callbacks::write);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    if (mode_ == BodyMode::kUpload) {
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Callbacks::read);
        curl_easy_setopt(easy, CURLOPT_READDATA, this);
    }
    if (!context_->filter.is_active()) return;
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Callbacks::open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Callbacks::before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

void CurlExchange::attach() {
    if (sink_ != nullptr) sink_->on_wake_producer([this] { wake(); });
    if (source_ != nullptr) source_->on_wake_consumer([this] { wake(); });
}

void CurlExchange::detach() {
    if (ByteSink* sink = std::exchange(sink_, nullptr)) sink->on_wake_producer({});
    if (ByteSource* source = std::exchange(source_, nullptr)) source->on_wake_consumer({});
}

void CurlExchange::leave() {
    if (std::exchange(running_, false)) context_->multi.remove(easy_.get(), *this);
    easy_.reset();
}

void CurlExchange::wake() {
    if (running_ && paused_) context_->multi.queue_unpause(*this);
}

void CurlExchange::finish(Result<> result) {
    leave();
    detach();
    result_ = std::move(result);
    head_ready_.set();
    done_.set();
}

void CurlExchange::ended(CURLcode code) {
    running_ = false;
    // After a failure curl may keep buffers that refuse the options of the next transfer.
    if (code == CURLE_OK) context_->multi.release(std::move(easy_));
    finish(result_of(code));
}

void CurlExchange::unpause() {
    if (!running_) return;
    paused_ = false;
    curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
}

void CurlExchange::check_progress(SteadyTime now) {
    if (mode_ == BodyMode::kBuffered) return;
    const Watchdog::Verdict verdict = watchdog_.check(moved_, paused_, now);
    if (verdict == Watchdog::Verdict::kFine) return;
    const WatchdogLimits& limits = context_->config.watchdog;
    const bool overdue = verdict == Watchdog::Verdict::kOverdue;
    const auto limit = overdue ? limits.deadline : paused_ ? limits.paused : limits.stall;
    finish(failure(FailureKind::kTransient, Cause::kTimeout,
                   (overdue ? "not finished within " : "no byte moved for ") + format_duration(limit) + " after " +
                       std::to_string(moved_) + " bytes"));
}

void CurlExchange::abandoned() {
    finish(failure(FailureKind::kTransient, Cause::kCancelled, "the HTTP client was closed"));
}

Result<> CurlExchange::result_of(CURLcode code) const {
    if (code == CURLE_OK || enough_) return {};
    if (own_failure_) return *own_failure_;
    return curl_failure(code, where(), error_text_.data());
}

Failure CurlExchange::failure(FailureKind kind, Cause cause, std::string_view what) const {
    return Failure{.kind = kind, .cause = cause, .message = where().append(": ").append(what)};
}

std::string CurlExchange::where() const {
    return request_.method + " " + loggable_url(request_.url);
}

void CurlExchange::take_header(std::string_view line) {
    if (head_ready_.is_set()) return;  // trailers
    if (!reader_.take(line)) return;
    const int status = reader_.head().status;
    // 1xx is not final; a redirect may be followed, and after 417 curl asks again without Expect.
    const bool may_go_on = status < 200 || (status >= 300 && status < 400) || status == 417;
    if (!may_go_on) publish_head();
}

void CurlExchange::publish_head() {
    const bool success = is_success(reader_.head().status);
    to_sink_ = mode_ == BodyMode::kDownload && success;
    head_ready_.set();
    // curl stops sending after an early refusal, but notices the end only when the upload is not paused.
    if (mode_ == BodyMode::kUpload && !success) wake();
}

std::size_t CurlExchange::take_body(std::span<const std::byte> bytes) {
    if (!head_ready_.is_set()) publish_head();
    return to_sink_ ? give_to_sink(bytes) : buffer(bytes);
}

std::size_t CurlExchange::give_to_sink(std::span<const std::byte> bytes) {
    switch (sink_->accept(bytes)) {
        case ByteSink::Accept::kTaken:
            moved_ += bytes.size();
            return bytes.size();
        case ByteSink::Accept::kPause:
            paused_ = true;
            return CURL_WRITEFUNC_PAUSE;
        case ByteSink::Accept::kAbort:
            break;
    }
    own_failure_ = failure(FailureKind::kTransient, Cause::kCancelled, "ended by the receiver of the body");
    return CURL_WRITEFUNC_ERROR;
}

std::size_t CurlExchange::buffer(std::span<const std::byte> bytes) {
    const std::size_t room = request_.max_response_bytes - std::min(body_.size(), request_.max_response_bytes);
    body_.append(reinterpret_cast<const char*>(bytes.data()), std::min(room, bytes.size()));
    if (bytes.size() <= room) return bytes.size();
    enough_ = !is_success(reader_.head().status);
    if (!enough_) {
        own_failure_ = failure(FailureKind::kPermanent, Cause::kTooLarge,
                               "the response is larger than " + format_bytes(request_.max_response_bytes));
    }
    return CURL_WRITEFUNC_ERROR;
}

std::size_t CurlExchange::give_body(std::span<std::byte> space) {
    const std::uint64_t left = upload_length_ - moved_;
    if (left == 0) return 0;
    const auto read = source_->read(space.first(std::min<std::uint64_t>(space.size(), left)));
    switch (read.state) {
        case ByteSource::Read::State::kBytes:
            moved_ += read.count;
            return read.count;
        case ByteSource::Read::State::kPause:
            paused_ = true;
            return CURL_READFUNC_PAUSE;
        case ByteSource::Read::State::kEnd:
            own_failure_ = failure(FailureKind::kTransient, Cause::kTruncated,
                                   "the body ended " + std::to_string(left) + " bytes too early");
            break;
        case ByteSource::Read::State::kAbort:
            own_failure_ = failure(FailureKind::kTransient, Cause::kCancelled, "ended by the sender of the body");
            break;
    }
    return CURL_READFUNC_ABORT;
}

bool CurlExchange::may_connect(const ::sockaddr& address) {
    const auto ip = IpAddress::from(address);
    if (ip && context_->filter.allows(*ip)) return true;
    own_failure_ = failure(FailureKind::kPermanent, Cause::kForbidden,
                           "leads to " + (ip ? ip->text() : "an unknown kind of address") +
                               ", which is not public; allow its address block if this is right");
    return false;
}

bool CurlExchange::may_ask(const char* url) {
    if (!context_->filter.is_active()) return true;
    const auto host = host_of(url);
    if (host && context_->filter.allows_host(*host)) return true;
    own_failure_ = failure(FailureKind::kPermanent, Cause::kForbidden,
                           "host " + host.value_or("(none)") + " is not one of the allowed download hosts");
    return false;
}

}  // namespace strongroom::http
