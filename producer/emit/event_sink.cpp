#include "producer/emit/event_sink.hpp"

#include <utility>

#include "shared/kafka/producer.hpp"

namespace strongroom::emit {

Result<> KafkaSink::send(const kafka::OutboundRecord& record, OnEnd on_end) {
    return producer_.produce(record, [on_end = std::move(on_end)](const Result<kafka::Acknowledged>& end) {
        on_end(end ? Result<>{} : Result<>{end.error()});
    });
}

void KafkaSink::serve(std::chrono::milliseconds wait) {
    producer_.serve(wait);
}

std::size_t KafkaSink::outstanding() const {
    return producer_.outstanding();
}

}  // namespace strongroom::emit
