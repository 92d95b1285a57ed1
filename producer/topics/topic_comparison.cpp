#include "producer/topics/topic_comparison.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace strongroom::topics {
namespace {

std::optional<std::int64_t> number(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_enough(const std::string& setting, const std::string& expected, const std::string& actual) {
    if (expected == actual) return true;
    return setting == "max.message.bytes" && number(actual).value_or(0) > number(expected).value_or(0);
}

}  // namespace

std::vector<Difference> compare(const records::TopicSpec& wanted, const ActualTopic& actual) {
    std::vector<Difference> differences;
    const bool few = actual.partitions < wanted.partitions;
    if (few || (wanted.partitions == 1 && actual.partitions != 1)) {
        differences.push_back({"partitions", std::to_string(wanted.partitions), std::to_string(actual.partitions)});
    }
    if (actual.replication < wanted.replication) {
        differences.push_back({"replication", std::to_string(wanted.replication), std::to_string(actual.replication)});
    }
    for (const auto& [setting, expected] : wanted.settings) {
        const auto found = actual.settings.find(setting);
        const std::string in_force = found == actual.settings.end() ? "" : found->second;
        if (!is_enough(setting, expected, in_force)) differences.push_back({setting, expected, in_force});
    }
    return differences;
}

}  // namespace strongroom::topics
