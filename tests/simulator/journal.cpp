#include "tests/simulator/journal.hpp"

#include <utility>

#include <boost/json/array.hpp>

namespace strongroom::simulator {
namespace json = boost::json;
namespace {

bool matches(const JournalEntry& entry, const JournalFilter& filter) {
    return entry.number > filter.after && (filter.route.empty() || filter.route == to_string(entry.route)) &&
           (filter.id.empty() || filter.id == entry.id) && (filter.method.empty() || filter.method == entry.method);
}

json::object describe_entry(const JournalEntry& entry) {
    json::object object{{"n", entry.number},   {"method", entry.method}, {"route", to_string(entry.route)},
                        {"id", entry.id},      {"status", entry.status}, {"at_ms", entry.at.count()},
                        {"fault", entry.fault}};
    if (!entry.range.empty()) object.emplace("range", entry.range);
    if (!entry.body.empty()) object.emplace("body", entry.body);
    return object;
}

}  // namespace

void Journal::add(JournalEntry entry) {
    if (!config_.enabled) return;
    entry.number = ++last_number_;
    if (entry.body.size() > config_.body_bytes) entry.body.resize(config_.body_bytes);
    auto& ids = counts_[{entry.route, entry.method}];
    const auto found = ids.find(entry.id);
    if (found != ids.end()) {
        ++found->second;
    } else {
        ++ids[ids.size() < config_.counted_ids ? entry.id : "*"];
    }
    if (entries_.size() >= config_.entries) entries_.pop_front();
    entries_.push_back(std::move(entry));
}

template <class Visit>
void Journal::for_each_count(const JournalFilter& filter, Visit visit) const {
    for (const auto& [key, ids] : counts_) {
        const auto route = to_string(key.first);
        if (!filter.route.empty() && filter.route != route) continue;
        if (!filter.method.empty() && filter.method != key.second) continue;
        for (const auto& [id, count] : ids) {
            if (filter.id.empty() || filter.id == id) visit(route, id, count);
        }
    }
}

json::object Journal::list(const JournalFilter& filter) const {
    json::array requests;
    for (const auto& entry : entries_) {
        if (matches(entry, filter)) requests.emplace_back(describe_entry(entry));
    }
    std::uint64_t total = filter.after != 0 ? requests.size() : 0;
    if (filter.after == 0) {
        for_each_count(filter, [&](std::string_view, const std::string&, std::uint64_t count) { total += count; });
    }
    return {{"total", total}, {"requests", std::move(requests)}};
}

json::object Journal::counts(const JournalFilter& filter) const {
    json::object routes;
    for_each_count(filter, [&](std::string_view route, const std::string& id, std::uint64_t count) {
        auto& ids = routes[route];
        if (!ids.is_object()) ids.emplace_object();
        auto& sum = ids.get_object()[id];
        sum = (sum.is_uint64() ? sum.get_uint64() : 0) + count;
    });
    return routes;
}

void Journal::clear() {
    entries_.clear();
    counts_.clear();
    last_number_ = 0;
}

}  // namespace strongroom::simulator
