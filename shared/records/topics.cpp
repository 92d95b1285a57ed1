#include "shared/records/topics.hpp"

#include <utility>

namespace strongroom::records {
namespace {

class SpecBuilder {
  public:
    explicit SpecBuilder(const TopicPlan& plan) : plan_{plan} {}

    TopicSpec deleted_after(std::string name, std::chrono::milliseconds retention, ByteCount max_message) const {
        TopicSpec spec = plain(std::move(name), max_message);
        spec.settings["cleanup.policy"] = "delete";
        spec.settings["retention.ms"] = std::to_string(retention.count());
        return spec;
    }

    TopicSpec compacted(std::string name) const {
        TopicSpec spec = plain(std::move(name), plan_.max_message);
        spec.settings["cleanup.policy"] = "compact";
        return spec;
    }

  private:
    TopicSpec plain(std::string name, ByteCount max_message) const {
        return {.name = std::move(name),
                .partitions = plan_.partitions,
                .replication = plan_.replication,
                .settings = {{"min.insync.replicas", std::to_string(plan_.min_in_sync)},
                             {"max.message.bytes", std::to_string(max_message.value)}}};
    }

    const TopicPlan& plan_;
};

}  // namespace

std::vector<TopicSpec> topic_specs(const TopicNames& names, const std::vector<std::chrono::milliseconds>& retry_tiers,
                                   const TopicPlan& plan) {
    const SpecBuilder build{plan};
    const ByteCount with_headers{plan.max_message.value + kHeaderAllowance.value};
    std::vector<TopicSpec> specs{build.deleted_after(names.events(), plan.events_retention, plan.max_message),
                                 build.deleted_after(names.backfill(), plan.events_retention, plan.max_message)};
    for (const auto delay : retry_tiers) {
        specs.push_back(build.deleted_after(names.retry(delay), plan.events_retention, with_headers));
    }
    specs.push_back(build.deleted_after(names.dead_letter(), plan.dead_letter_retention, with_headers));
    specs.push_back(build.deleted_after(names.receipts(), plan.receipts_retention, plan.max_message));
    specs.push_back(build.compacted(names.archive()));
    specs.push_back(build.compacted(names.control()));
    specs.back().partitions = 1;
    return specs;
}

}  // namespace strongroom::records
