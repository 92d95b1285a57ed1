#pragma once

#include <librdkafka/rdkafka.h>

#include "shared/base/c_ptr.hpp"

namespace strongroom::kafka {

// Inside this folder only: the public headers know none of these types.
using ClientHandle = CPtr<rd_kafka_t, rd_kafka_destroy>;
using ConfHandle = CPtr<rd_kafka_conf_t, rd_kafka_conf_destroy>;
using QueueHandle = CPtr<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using EventHandle = CPtr<rd_kafka_event_t, rd_kafka_event_destroy>;
using MessageHandle = CPtr<rd_kafka_message_t, rd_kafka_message_destroy>;
using ErrorHandle = CPtr<rd_kafka_error_t, rd_kafka_error_destroy>;
using HeadersHandle = CPtr<rd_kafka_headers_t, rd_kafka_headers_destroy>;
using PartitionListHandle = CPtr<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy>;
using AdminOptionsHandle = CPtr<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;
using NewTopicHandle = CPtr<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using ConfigResourceHandle = CPtr<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;
using TopicCollectionHandle = CPtr<rd_kafka_TopicCollection_t, rd_kafka_TopicCollection_destroy>;

}  // namespace strongroom::kafka
