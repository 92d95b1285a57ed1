#include "producer/emit/tally.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace strongroom::emit {
namespace {

void append(std::string& text, std::uint64_t count, std::string_view what) {
    if (count == 0) return;
    text.append(", ").append(std::to_string(count)).append(" ").append(what);
}

}  // namespace

std::string to_text(const Tally& tally, bool dry_run) {
    std::string text = std::to_string(tally.lines) + " lines: " + std::to_string(tally.acknowledged) +
                       (dry_run ? " would be sent" : " acknowledged");
    std::uint64_t skipped = 0;
    std::string reasons;
    for (const auto& [reason, count] : tally.skipped) {
        skipped += count;
        reasons.append(reasons.empty() ? "" : "; ").append(std::to_string(count)).append(" ").append(reason);
    }
    append(text, skipped, "skipped (" + reasons + ")");
    append(text, tally.bad, "bad");
    append(text, tally.failed, "failed");
    return text;
}

std::string to_json(const Tally& tally, const std::string& topic, bool dry_run) {
    boost::json::object skipped;
    for (const auto& [reason, count] : tally.skipped) skipped[reason] = count;
    return boost::json::serialize(boost::json::object{{"topic", topic},
                                                      {"dry_run", dry_run},
                                                      {"lines", tally.lines},
                                                      {"sent", tally.sent},
                                                      {"acknowledged", tally.acknowledged},
                                                      {"failed", tally.failed},
                                                      {"bad", tally.bad},
                                                      {"skipped", std::move(skipped)}});
}

}  // namespace strongroom::emit
