#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

#include "shared/base/result.hpp"
#include "shared/kafka/handles.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::kafka {

/// A copy of what librdkafka fetched. Inside this folder only.
Record make_record(const rd_kafka_message_t& message, const TopicPartition& at);

/// Blocks. First offset that is there, and the end.
Result<std::pair<std::int64_t, std::int64_t>> query_watermarks(rd_kafka_t* client, const TopicPartition& at,
                                                               std::chrono::milliseconds limit);

}  // namespace strongroom::kafka
