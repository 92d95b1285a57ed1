#include "tests/simulator/control_routes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "shared/base/encoding.hpp"
#include "tests/simulator/fault_json.hpp"
#include "tests/simulator/json_fields.hpp"

namespace strongroom::simulator {
namespace json = boost::json;
namespace {

Reply done(const json::object& body = {}) {
    return {.text = json::serialize(body)};
}

Reply mistaken(std::string_view mistakes, int status = 400) {
    return {.status = status, .text = json::serialize(json::object{{"mistakes", mistakes}})};
}

Reply not_an_object() {
    return mistaken("the body must be a JSON object");
}

Reply health(PlatformState&, const Request&) {
    return done({{"status", "ok"}});
}

Reply reset(PlatformState& state, const Request&) {
    state.reset();
    return done();
}

Reply revoke_tokens(PlatformState& state, const Request&) {
    state.tokens.revoke_all();
    return done();
}

Reply set_tokens(PlatformState& state, const Request& request) {
    const auto body = parse_object(request.body);
    if (!body) return not_an_object();
    JsonFields fields{*body};
    std::uint64_t lifetime_s = 28'800;
    fields.read("lifetime_s", lifetime_s);
    std::uint64_t announced_s = lifetime_s;
    fields.read("announced_s", announced_s);
    if (const auto mistakes = fields.mistakes(); !mistakes.empty()) return mistaken(mistakes);
    state.tokens.set_lifetime(std::chrono::seconds{lifetime_s}, std::chrono::seconds{announced_s});
    return done();
}

Reply set_urls(PlatformState& state, const Request& request) {
    const auto body = parse_object(request.body);
    if (!body) return not_an_object();
    JsonFields fields{*body};
    std::uint64_t lifetime_s = 300;
    fields.read("lifetime_s", lifetime_s);
    std::uint64_t lifetime_ms = lifetime_s * 1000;
    fields.read("lifetime_ms", lifetime_ms);
    if (const auto mistakes = fields.mistakes(); !mistakes.empty()) return mistaken(mistakes);
    state.urls.set_lifetime(std::chrono::milliseconds{lifetime_ms});
    return done();
}

Reply set_rate_limit(PlatformState& state, const Request& request) {
    const auto body = parse_object(request.body);
    if (!body) return not_an_object();
    JsonFields fields{*body};
    std::uint64_t allowed = state.config.rate_limit;
    fields.read("allowed", allowed);
    if (const auto mistakes = fields.mistakes(); !mistakes.empty()) return mistaken(mistakes);
    state.rate_limit.set_allowed(allowed);
    return done();
}

Reply list_faults(PlatformState& state, const Request&) {
    json::array faults;
    for (const auto& entry : state.faults.entries()) faults.emplace_back(describe_fault(entry));
    return done({{"faults", std::move(faults)}});
}

Reply add_faults(PlatformState& state, const Request& request) {
    boost::system::error_code error;
    auto body = json::parse(request.body, error);
    if (!error && body.is_object()) body = json::array{body};
    if (error || !body.is_array()) return mistaken("the body must be a fault or a list of faults");
    std::vector<Fault> faults;
    for (const auto& item : body.get_array()) {
        if (!item.is_object()) return mistaken("a fault must be a JSON object");
        if (const auto mistakes = read_fault(item.get_object(), faults.emplace_back()); !mistakes.empty()) {
            return mistaken(mistakes);
        }
    }
    json::array numbers;
    for (auto& fault : faults) numbers.emplace_back(state.faults.add(std::move(fault)));
    return done({{"faults", std::move(numbers)}});
}

Reply clear_faults(PlatformState& state, const Request&) {
    state.faults.clear();
    return done();
}

JournalFilter read_filter(std::string_view query) {
    JournalFilter filter{.route = form_value(query, "route").value_or(""),
                         .id = form_value(query, "id").value_or(""),
                         .method = form_value(query, "method").value_or("")};
    const auto after = form_value(query, "after").value_or("0");
    std::from_chars(after.data(), after.data() + after.size(), filter.after);
    return filter;
}

Reply list_journal(PlatformState& state, const Request& request) {
    return done(state.journal.list(read_filter(request.query)));
}

Reply count_journal(PlatformState& state, const Request& request) {
    return done(state.journal.counts(read_filter(request.query)));
}

Reply clear_journal(PlatformState& state, const Request&) {
    state.journal.clear();
    return done();
}

Reply list_interactions(PlatformState& state, const Request&) {
    return done(state.interactions.all());
}

Reply clear_interactions(PlatformState& state, const Request&) {
    state.interactions.clear();
    return done();
}

Reply clear_media(PlatformState& state, const Request&) {
    state.media.clear();
    return done();
}

Reply answer_media_item(PlatformState& state, const Request& request, const std::string& id) {
    if (request.method == "DELETE") {
        state.media.forget(id);
        return done();
    }
    if (request.method != "PUT") return mistaken("use PUT or DELETE", 405);
    const auto body = parse_object(request.body);
    if (!body) return not_an_object();
    const auto mistakes = state.media.override_with(id, *body);
    return mistakes.empty() ? done() : mistaken(mistakes);
}

struct Command {
    std::string_view method;
    std::string_view path;
    Reply (*run)(PlatformState&, const Request&);
};

constexpr std::array kCommands{
    Command{"GET", "health", health},
    Command{"POST", "reset", reset},
    Command{"POST", "tokens/revoke", revoke_tokens},
    Command{"PUT", "tokens", set_tokens},
    Command{"PUT", "urls", set_urls},
    Command{"PUT", "rate-limit", set_rate_limit},
    Command{"GET", "faults", list_faults},
    Command{"POST", "faults", add_faults},
    Command{"DELETE", "faults", clear_faults},
    Command{"GET", "journal", list_journal},
    Command{"GET", "journal/counts", count_journal},
    Command{"DELETE", "journal", clear_journal},
    Command{"GET", "interactions", list_interactions},
    Command{"DELETE", "interactions", clear_interactions},
    Command{"DELETE", "media", clear_media},
};

}  // namespace

Reply answer_control(PlatformState& state, const Request& request, std::string_view path) {
    constexpr std::string_view kMedia = "media/";
    if (path.starts_with(kMedia)) {
        const auto id = percent_decode(path.substr(kMedia.size()));
        if (!id || id->empty()) return mistaken("the media id cannot be decoded");
        return answer_media_item(state, request, *id);
    }
    const auto found = std::ranges::find_if(
        kCommands, [&](const Command& command) { return command.method == request.method && command.path == path; });
    return found == kCommands.end() ? mistaken("no such control command; see tests/simulator/README.md", 404)
                                    : found->run(state, request);
}

}  // namespace strongroom::simulator
