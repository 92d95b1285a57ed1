#include "tests/simulator/fault_reply.hpp"

#include <array>
#include <charconv>
#include <ctime>

#include "tests/simulator/error_reply.hpp"

namespace strongroom::simulator {
namespace {

std::string http_date(WallTime time) {
    const auto seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const auto length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), length};
}

std::string retry_after_text(const Fault& fault, WallTime now) {
    constexpr std::string_view kDate = "http-date+";
    const std::string_view text = fault.retry_after;
    if (!text.starts_with(kDate)) return fault.retry_after;
    int seconds = 0;
    std::from_chars(text.data() + kDate.size(), text.data() + text.size(), seconds);
    return http_date(now + std::chrono::seconds{seconds});
}

Reply usual_reply(const Fault& fault, std::string_view retry_after, std::string_view correlation) {
    if (fault.status < 400) return {.status = fault.status};
    if (fault.route == Route::kMedia || fault.route == Route::kInteractions) {
        return usual_api_error(fault.status, retry_after, correlation);
    }
    auto reply = fault.route == Route::kToken ? usual_oauth_error(fault.status) : usual_store_error(fault.status);
    if (!retry_after.empty()) reply.add_header("Retry-After", retry_after);
    return reply;
}

}  // namespace

Reply fault_reply(const Fault& fault, WallTime now, std::string_view correlation) {
    const auto retry_after = retry_after_text(fault, now);
    Reply reply = usual_reply(fault, retry_after, correlation);
    if (fault.body) reply.text = *fault.body;
    return reply;
}

void add_fault_headers(const Fault& fault, WallTime now, Reply& reply) {
    if (fault.status == 0 && !fault.retry_after.empty()) reply.add_header("Retry-After", retry_after_text(fault, now));
    for (const auto& [name, value] : fault.headers) {
        if (name == "Content-Type") {
            reply.content_type = value;
        } else {
            reply.add_header(name, value);
        }
    }
}

}  // namespace strongroom::simulator
