#include "shared/kafka/inbound.hpp"

#include "shared/kafka/kafka_failure.hpp"

namespace strongroom::kafka {
namespace {

std::optional<std::string> text_of(const void* data, std::size_t size) {
    if (data == nullptr) return std::nullopt;
    return std::string{static_cast<const char*>(data), size};
}

}  // namespace

Record make_record(const rd_kafka_message_t& message, const TopicPartition& at) {
    Record record{.at = at,
                  .offset = message.offset,
                  .timestamp_ms = rd_kafka_message_timestamp(&message, nullptr),
                  .key = text_of(message.key, message.key_len),
                  .value = text_of(message.payload, message.len)};
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return record;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i)
        record.headers.emplace_back(name, text_of(value, size).value_or(std::string{}));
    return record;
}

Result<std::pair<std::int64_t, std::int64_t>> query_watermarks(rd_kafka_t* client, const TopicPartition& at,
                                                               std::chrono::milliseconds limit) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    const auto code = rd_kafka_query_watermark_offsets(client, at.topic.c_str(), at.partition, &low, &high,
                                                       static_cast<int>(limit.count()));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
        return make_failure(code, "read the first and last offset of " + at.topic + "/" + std::to_string(at.partition));
    return std::pair{low, high};
}

}  // namespace strongroom::kafka
