#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "shared/records/topics.hpp"
#include "worker/consume/failure_headers.hpp"
#include "worker/consume/outcome.hpp"

namespace strongroom::consume {

/// The retry topics. A record that moves to tier n starts again no earlier than that tier's delay from the moment it is
/// produced, so every tier is a FIFO; longer waits take another passage. Key, value and foreign headers never change.
class RetryTiers {
  public:
    /// `delays`: ascending, at least one.
    RetryTiers(const records::TopicNames& names, std::vector<std::chrono::milliseconds> delays);

    [[nodiscard]] const std::vector<std::chrono::milliseconds>& delays() const { return delays_; }
    [[nodiscard]] const std::vector<std::string>& topics() const { return topics_; }

    struct Passage {
        std::size_t tier = 0;
        bool counted = false;
        /// How long the record waited in memory for an outage; with the passage itself it does not count as not ready.
        std::chrono::milliseconds outage_wait{0};
    };
    /// The outcome "moved to a retry topic".
    [[nodiscard]] OutcomePtr retried(InFlightPtr item, Subject subject, Failure failure, Passage passage,
                                     WallTime now) const;

  private:
    std::vector<std::chrono::milliseconds> delays_;
    std::vector<std::string> topics_;
};

}  // namespace strongroom::consume
