#include "shared/kafka/outbound.hpp"

#include <array>

namespace strongroom::kafka {
namespace {

HeadersHandle make_headers(const OutboundRecord& record) {
    HeadersHandle headers{rd_kafka_headers_new(record.headers.size())};
    for (const auto& [name, value] : record.headers)
        rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                            static_cast<ssize_t>(value.size()));
    return headers;
}

/// librdkafka takes `void*` but only reads; a null pointer means "no key" or "tombstone", so empty text needs an
/// address.
void set_memory(rd_kafka_vu_t& field, const std::optional<std::string>& text) {
    static char empty = '\0';
    if (!text) return;
    field.u.mem.ptr = text->empty() ? &empty : const_cast<char*>(text->data());
    field.u.mem.size = text->size();
}

}  // namespace

rd_kafka_resp_err_t enqueue(rd_kafka_t* client, const OutboundRecord& record, void* opaque) {
    HeadersHandle headers = make_headers(record);
    std::array<rd_kafka_vu_t, 7> fields{};
    fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
    fields[0].u.cstr = record.topic.c_str();
    fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    fields[1].u.i32 = record.partition.value_or(RD_KAFKA_PARTITION_UA);
    fields[2].vtype = RD_KAFKA_VTYPE_KEY;
    set_memory(fields[2], record.key);
    fields[3].vtype = RD_KAFKA_VTYPE_VALUE;
    set_memory(fields[3], record.value);
    fields[4].vtype = RD_KAFKA_VTYPE_HEADERS;
    fields[4].u.headers = headers.get();
    fields[5].vtype = RD_KAFKA_VTYPE_OPAQUE;
    fields[5].u.ptr = opaque;
    fields[6].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    fields[6].u.i = RD_KAFKA_MSG_F_COPY;
    const ErrorHandle error{rd_kafka_produceva(client, fields.data(), fields.size())};
    if (error) return rd_kafka_error_code(error.get());
    static_cast<void>(headers.release());  // the message owns them now
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace strongroom::kafka
