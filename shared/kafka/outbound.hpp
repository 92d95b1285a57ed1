#pragma once

#include "shared/kafka/handles.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::kafka {

/// Queues one record in librdkafka, which copies it; `opaque` comes back in its delivery report. NO_ERROR, or what the
/// client itself refuses (_QUEUE_FULL, MSG_SIZE_TOO_LARGE, _UNKNOWN_TOPIC …). Inside this folder only.
rd_kafka_resp_err_t enqueue(rd_kafka_t* client, const OutboundRecord& record, void* opaque);

}  // namespace strongroom::kafka
