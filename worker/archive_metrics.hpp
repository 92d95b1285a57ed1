#pragma once

#include <array>
#include <map>
#include <string>
#include <tuple>

#include "shared/telemetry/metrics.hpp"
#include "worker/archive/archive_observer.hpp"

namespace strongroom::worker {

/// Archiving's facts as metrics. One per shard (handles are looked up once); the registry is shared.
class ArchiveMetrics final : public archive::ArchiveObserver {
  public:
    /// `metrics` outlives it.
    explicit ArchiveMetrics(Metrics& metrics);

    void stage_ended(Stage stage, std::chrono::steady_clock::duration took) override;
    void attempt_failed(const Failure& failure) override;
    void stored(const records::ArchivedObject& object) override;
    void without_claim(const Failure& failure) override;

  private:
    using FailurePlace = std::tuple<FailureKind, Dependency, Stage>;

    Metrics& metrics_;
    std::map<Stage, Histogram> stages_;
    std::map<FailurePlace, Counter> failures_;
    Histogram object_bytes_;
    Counter plain_bytes_;
    Counter unclaimed_;
};

}  // namespace strongroom::worker
