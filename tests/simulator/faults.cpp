#include "tests/simulator/faults.hpp"

#include <algorithm>

namespace strongroom::simulator {
namespace {

bool matches(const Faults::Entry& entry, Route route, std::string_view id, std::string_view method) {
    const auto& fault = entry.fault;
    return fault.route == route && (fault.id == "*" || fault.id == id) &&
           (fault.method.empty() || fault.method == method) && (fault.times == 0 || entry.hits < fault.times);
}

}  // namespace

std::uint64_t Faults::add(Fault fault) {
    entries_.push_back({++last_number_, std::move(fault)});
    return last_number_;
}

std::optional<Fault> Faults::take(Route route, std::string_view id, std::string_view method) {
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry& entry) { return matches(entry, route, id, method); });
    if (found == entries_.end()) return std::nullopt;
    ++found->hits;
    return found->fault;
}

void Faults::clear() {
    entries_.clear();
    lifted_();
}

}  // namespace strongroom::simulator
