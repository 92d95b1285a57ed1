#include "tests/simulator/platform.hpp"

#include <array>
#include <bit>
#include <utility>

#include "shared/base/encoding.hpp"
#include "tests/simulator/api_routes.hpp"
#include "tests/simulator/control_routes.hpp"
#include "tests/simulator/download_route.hpp"
#include "tests/simulator/error_reply.hpp"
#include "tests/simulator/fault_reply.hpp"
#include "tests/simulator/token_route.hpp"

namespace strongroom::simulator {
namespace {

std::uint64_t make_seed(RandomSource& random) {
    std::array<std::byte, 8> bytes{};
    random.fill(bytes);
    return std::bit_cast<std::uint64_t>(bytes);
}

bool is_api(Route route) {
    return route == Route::kMedia || route == Route::kInteractions;
}

}  // namespace

Platform::Platform(TimeSource& time, RandomSource& random, std::function<void()> faults_lifted, PlatformConfig config)
    : state_{time, random, std::move(faults_lifted), std::move(config)}, correlations_{make_seed(random)} {}

Answer Platform::answer(const Request& request) {
    auto match = match_route(request.path);
    if (match.route == Route::kControl) return {answer_control(state_, request, match.id)};
    if (match.route == Route::kToken) match.id = client_of(request);
    return answer_platform(request, std::move(match));
}

Answer Platform::answer_platform(const Request& request, RouteMatch match) {
    const auto correlation = next_correlation();
    Answer answer{{}, state_.faults.take(match.route, match.id, request.method)};
    const auto& fault = answer.fault;
    if (!fault || !fault->replaces_answer() || fault->apply) {
        answer.reply = real_reply(request, match, correlation);
    }
    if (fault && fault->status != 0) answer.reply = fault_reply(*fault, state_.time.wall_now(), correlation);
    if (fault) add_fault_headers(*fault, state_.time.wall_now(), answer.reply);
    if (is_api(match.route)) answer.reply.add_header("ININ-Correlation-Id", correlation);
    record(request, std::move(match), answer);
    return answer;
}

Reply Platform::real_reply(const Request& request, const RouteMatch& match, std::string_view correlation) {
    if (match.route == Route::kToken) return answer_token(state_.tokens, request);
    if (match.route == Route::kDownload) return answer_download(state_, request, match.id);
    if (is_api(match.route)) return answer_api(state_, request, match, correlation);
    return usual_api_error(404, "", correlation);
}

void Platform::record(const Request& request, RouteMatch match, const Answer& answer) {
    if (!state_.journal.enabled()) return;
    const bool closed = answer.fault && answer.fault->close;
    JournalEntry entry{.route = match.route,
                       .method = std::string{request.method},
                       .id = match.route == Route::kUnknown ? std::string{request.path} : std::move(match.id),
                       .status = closed ? 0 : answer.reply.status,
                       .at = state_.time.wall_now().time_since_epoch(),
                       .range = std::string{request.range},
                       .fault = answer.fault.has_value()};
    if (match.route != Route::kToken) entry.body = request.body;
    state_.journal.add(std::move(entry));
}

std::string Platform::next_correlation() {
    const std::array<std::uint64_t, 2> number{correlations_(), correlations_()};
    auto text = hex_encode(std::as_bytes(std::span{number}));
    for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
    return text;
}

}  // namespace strongroom::simulator
