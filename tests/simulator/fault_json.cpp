#include "tests/simulator/fault_json.hpp"

#include "tests/simulator/json_fields.hpp"

namespace strongroom::simulator {
namespace json = boost::json;
namespace {

void read_route(JsonFields& fields, Route& into) {
    std::string word;
    fields.read("route", word);
    if (const auto route = parse_route(word)) {
        into = *route;
    } else {
        fields.mistake("route", "token, media, download or interactions");
    }
}

void read_headers(JsonFields& fields, Fault& into) {
    const auto* value = fields.take("headers");
    if (value == nullptr) return;
    if (!value->is_object()) return fields.mistake("headers", "an object of names and texts");
    for (const auto& field : value->get_object()) {
        if (!field.value().is_string()) return fields.mistake("headers", "an object of names and texts");
        into.headers.emplace_back(std::string{field.key()}, std::string{field.value().get_string()});
    }
}

/// A number of seconds may be written as a number.
void read_retry_after(JsonFields& fields, Fault& into) {
    const auto* value = fields.take("retry_after");
    if (value == nullptr) return;
    if (const auto* seconds = value->if_int64()) {
        into.retry_after = std::to_string(*seconds);
    } else {
        fields.read("retry_after", into.retry_after);
    }
}

void read_shape(JsonFields& fields, Fault& into) {
    fields.read("cut_after_bytes", into.cut_after_bytes);
    fields.read("declared_length_delta", into.declared_length_delta);
    fields.read("drip_bytes_per_s", into.drip_bytes_per_s);
    fields.read("stall_after_bytes", into.stall_after_bytes);
    fields.read("corrupt_at", into.corrupt_at);
    fields.read("close", into.close);
}

}  // namespace

std::string read_fault(const json::object& object, Fault& into) {
    JsonFields fields{object};
    std::uint64_t delay_ms = 0;
    read_route(fields, into.route);
    fields.read("id", into.id);
    fields.read("method", into.method);
    fields.read("times", into.times);
    fields.read("status", into.status);
    fields.read("apply", into.apply);
    fields.read("body", into.body);
    fields.read("delay_ms", delay_ms);
    into.delay = std::chrono::milliseconds{delay_ms};
    read_headers(fields, into);
    read_retry_after(fields, into);
    read_shape(fields, into);
    if (into.status != 0 && (into.status < 200 || into.status > 599)) fields.mistake("status", "200 to 599");
    return fields.mistakes();
}

json::object describe_fault(const Faults::Entry& entry) {
    return {{"fault", entry.number},      {"route", to_string(entry.fault.route)},
            {"id", entry.fault.id},       {"status", entry.fault.status},
            {"times", entry.fault.times}, {"hits", entry.hits}};
}

}  // namespace strongroom::simulator
