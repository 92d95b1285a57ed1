#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace strongroom::emit {

/// What became of the lines so far.
struct Tally {
    std::uint64_t lines = 0;                         ///< read, blank ones not counted
    std::uint64_t sent = 0;                          ///< handed to the broker
    std::uint64_t acknowledged = 0;                  ///< in all in-sync replicas
    std::uint64_t failed = 0;                        ///< refused by the broker, or without an answer in time
    std::uint64_t bad = 0;                           ///< no event
    std::map<std::string, std::uint64_t> skipped{};  ///< by reason

    [[nodiscard]] bool is_clean() const { return failed == 0 && bad == 0; }
};

/// `200 lines: 196 acknowledged, 2 skipped (2 status is not complete), 2 bad`
std::string to_text(const Tally& tally, bool dry_run);
/// One JSON object: `lines`, `sent`, `acknowledged`, `failed`, `bad`, `skipped` (by reason), `dry_run`, `topic`.
std::string to_json(const Tally& tally, const std::string& topic, bool dry_run);

}  // namespace strongroom::emit
