#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "worker/consume/in_flight.hpp"

namespace strongroom::consume {

/// Per-key order: of the records of one partition with one key, one runs at a time, in the order they arrived. Records
/// without a key have no order. Different keys know nothing of each other. Pure.
class KeyQueues {
  public:
    /// True when the record may start now; otherwise it is kept until its turn.
    bool arrive(const InFlightPtr& item);
    /// The record has ended: the next of its key that may start now, or nothing.
    InFlightPtr depart(const InFlight& item);
    /// Forgets the partition's records that wait for their turn and hands them back. Running ones end by `depart`.
    std::vector<InFlightPtr> drop(const kafka::TopicPartition& at);
    /// The same for all partitions.
    std::vector<InFlightPtr> drop_all();

    [[nodiscard]] std::size_t waiting() const { return waiting_; }

  private:
    using Keys = std::unordered_map<std::string, std::deque<InFlightPtr>>;  ///< present = one runs; those behind it
    std::vector<InFlightPtr> take_waiting(Keys& keys);

    std::map<kafka::TopicPartition, Keys> partitions_;
    std::size_t waiting_ = 0;
};

}  // namespace strongroom::consume
