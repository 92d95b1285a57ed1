#pragma once

#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "shared/http/client.hpp"
#include "shared/runtime/event.hpp"

namespace strongroom::test {

inline http::Response http_response(int status, std::string body = {}, http::Headers headers = {}) {
    http::Response response;
    response.head.status = status;
    response.head.headers = std::move(headers);
    response.body = std::move(body);
    return response;
}

/// Answers small exchanges from a list, in order, and keeps the requests. Throws when there is no answer left.
class ScriptedHttp final : public http::Client {
  public:
    Task<Result<http::Response>> perform(http::Request request) override {
        requests.push_back(std::move(request));
        if (hold != nullptr) co_await hold->wait();
        if (answers.empty()) throw std::logic_error("no answer for " + requests.back().url);
        auto answer = std::move(answers.front());
        answers.pop_front();
        co_return answer;
    }
    std::unique_ptr<http::Exchange> download(http::Request /*request*/, http::ByteSink& /*sink*/) override {
        throw std::logic_error("not scripted");
    }
    std::unique_ptr<http::Exchange> upload(http::Request /*request*/, std::uint64_t /*length*/,
                                           http::ByteSource& /*source*/) override {
        throw std::logic_error("not scripted");
    }

    std::deque<Result<http::Response>> answers;
    std::vector<http::Request> requests;
    Event* hold = nullptr;  ///< when set, answers wait for it
};

}  // namespace strongroom::test
