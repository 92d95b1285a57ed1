#include "worker/archive_metrics.hpp"

#include "shared/telemetry/log.hpp"

namespace strongroom::worker {

ArchiveMetrics::ArchiveMetrics(Metrics& metrics)
    : metrics_{metrics},
      object_bytes_{metrics.bytes("strongroom_object_bytes", "Plain bytes of archived objects.")},
      plain_bytes_{metrics.counter("strongroom_archived_bytes_total", "Plain bytes put into the store.")},
      unclaimed_{metrics.counter("strongroom_unclaimed_total", "Records worked on without a claim: Redis was away.")} {
    for (const Stage stage : {Stage::kClaim, Stage::kResolve, Stage::kTransfer, Stage::kWriteBack}) {
        stages_.emplace(stage, metrics.seconds("strongroom_stage_seconds", "Time that a record spent in a stage.",
                                               {{"stage", std::string{to_string(stage)}}}));
    }
}

void ArchiveMetrics::stage_ended(Stage stage, std::chrono::steady_clock::duration took) {
    if (const auto at = stages_.find(stage); at != stages_.end()) at->second.observe(took);
}

void ArchiveMetrics::attempt_failed(const Failure& failure) {
    const FailurePlace place{failure.kind, failure.dependency, failure.stage};
    auto at = failures_.find(place);
    if (at == failures_.end()) {
        at = failures_
                 .emplace(place, metrics_.counter("strongroom_attempt_failures_total", "Failed attempts at a stage.",
                                                  {{"kind", std::string{to_string(failure.kind)}},
                                                   {"dependency", std::string{to_string(failure.dependency)}},
                                                   {"stage", std::string{to_string(failure.stage)}}}))
                 .first;
    }
    at->second.add();
    log::debug("attempt_failed", {{"failure", describe(failure)}});
}

void ArchiveMetrics::stored(const records::ArchivedObject& object) {
    object_bytes_.observe(static_cast<double>(object.plain_bytes));
    plain_bytes_.add(static_cast<double>(object.plain_bytes));
}

void ArchiveMetrics::without_claim(const Failure& failure) {
    unclaimed_.add();
    log::debug("without_claim", {{"failure", describe(failure)}});
}

}  // namespace strongroom::worker
