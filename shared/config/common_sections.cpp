#include "shared/config/common_sections.hpp"

#include <algorithm>
#include <array>

namespace strongroom::config {

std::span<const std::string_view> common_sections() {
    static constexpr std::array<std::string_view, 18> kSections{
        "kafka", "topics", "tenants", "keys",     "redis",      "shards",    "limits",   "commit", "retry",
        "admin", "claims", "store",   "transfer", "write_back", "rebalance", "shutdown", "lanes",  "gateway"};
    return kSections;
}

void describe_foreign_sections(Keys& keys, std::span<const std::string_view> own) {
    for (const std::string_view section : common_sections()) {
        if (std::ranges::find(own, section) == own.end()) keys.elsewhere(section);
    }
}

}  // namespace strongroom::config
