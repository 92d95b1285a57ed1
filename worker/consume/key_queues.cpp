#include "worker/consume/key_queues.hpp"

namespace strongroom::consume {

bool KeyQueues::arrive(const InFlightPtr& item) {
    if (!item->record.key) return true;
    auto& keys = partitions_[item->record.at];
    const auto [queue, first] = keys.try_emplace(*item->record.key);
    if (first) return true;
    queue->second.push_back(item);
    ++waiting_;
    return false;
}

InFlightPtr KeyQueues::depart(const InFlight& item) {
    if (!item.record.key) return nullptr;
    const auto partition = partitions_.find(item.record.at);
    if (partition == partitions_.end()) return nullptr;
    const auto queue = partition->second.find(*item.record.key);
    if (queue == partition->second.end()) return nullptr;
    if (queue->second.empty()) {
        partition->second.erase(queue);
        if (partition->second.empty()) partitions_.erase(partition);
        return nullptr;
    }
    auto next = std::move(queue->second.front());
    queue->second.pop_front();
    --waiting_;
    return next;
}

std::vector<InFlightPtr> KeyQueues::take_waiting(Keys& keys) {
    std::vector<InFlightPtr> dropped;
    for (auto& [key, queue] : keys) {
        for (auto& item : queue) dropped.push_back(std::move(item));
        queue.clear();
    }
    waiting_ -= dropped.size();
    return dropped;
}

std::vector<InFlightPtr> KeyQueues::drop(const kafka::TopicPartition& at) {
    const auto partition = partitions_.find(at);
    if (partition == partitions_.end()) return {};
    return take_waiting(partition->second);
}

std::vector<InFlightPtr> KeyQueues::drop_all() {
    std::vector<InFlightPtr> all;
    for (auto& [at, keys] : partitions_)
        for (auto& item : take_waiting(keys)) all.push_back(std::move(item));
    return all;
}

}  // namespace strongroom::consume
