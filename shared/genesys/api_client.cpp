#include "shared/genesys/api_client.hpp"

#include <charconv>
#include <utility>

#include "shared/genesys/api_failure.hpp"

namespace strongroom::genesys {
namespace {

std::optional<std::int64_t> number(const http::Headers& headers, std::string_view name) {
    const auto text = headers.find(name);
    if (!text) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size() || value < 0) return std::nullopt;
    return value;
}

}  // namespace

ApiClient::ApiClient(http::Client& http, TokenSource& tokens, const TimeSource& time, Config config)
    : http_{&http}, tokens_{&tokens}, time_{&time}, config_{std::move(config)} {}

Task<Result<http::Response>> ApiClient::send(ApiCall call) {
    for (bool again = true;; again = false) {
        const auto token = co_await tokens_->token();
        if (!token) co_return token.error();
        auto response = co_await http_->perform(request(call, *token));
        if (!response) co_return std::move(response).error().at(Dependency::kApi, Stage::kNone);
        note_rate_limit(response->head.headers);
        const int status = response->head.status;
        if (status >= 200 && status < 300) co_return response;
        if (status != 401 || !again) co_return api_failure(*response, time_->wall_now(), call.what);
        co_await tokens_->invalidate(token->version);
    }
}

http::Request ApiClient::request(const ApiCall& call, const AccessToken& token) const {
    http::Request request{.method = call.method, .url = config_.api_url + call.path};
    request.headers.add("Authorization", "Bearer " + std::string{token.value.reveal()});
    request.headers.add("Accept", "application/json");
    if (!call.body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = call.body;
    request.timeout = config_.timeout;
    return request;
}

void ApiClient::note_rate_limit(const http::Headers& headers) {
    const auto count = number(headers, "inin-ratelimit-count");
    const auto allowed = number(headers, "inin-ratelimit-allowed");
    const auto reset = number(headers, "inin-ratelimit-reset");
    if (!count || !allowed || !reset) return;
    rate_limit_ = RateLimit{.count = *count, .allowed = *allowed, .reset = std::chrono::seconds{*reset}};
}

}  // namespace strongroom::genesys
