#include "broker/synthetic_handler.hpp"

#include <algorithm>
#include <sstream>

namespace strongroom::consume::test {
namespace {

struct Orders {
    std::string what;
    std::string id;
    int number = 0;
};

Orders read(const kafka::Record& record) {
    Orders orders;
    std::istringstream text{record.value.value_or("")};
    text >> orders.what >> orders.id >> orders.number;
    return orders;
}

HandlerResult failed(const Orders& orders, FailureKind kind, Stage stage) {
    return {
        .subject = {.tenant = "acme", .work_item = "media/" + orders.id, .event_id = orders.id},
        .end = Failed{
            .failure = {
                .kind = kind, .dependency = Dependency::kApi, .stage = stage, .message = orders.what + " as ordered"}}};
}

}  // namespace

Task<HandlerResult> SyntheticHandler::handle(const Delivery& delivery) {
    const auto& record = delivery.record;
    const std::string place =
        record.at.topic + "/" + std::to_string(record.at.partition) + "/" + record.key.value_or("");
    overlapped |= record.key && !running_.insert(place).second;
    order[place].push_back(record.offset);
    ++handled;
    most_at_once = std::max(most_at_once, ++at_once_);
    HandlerResult result = co_await work(delivery);
    --at_once_;
    running_.erase(place);
    co_return result;
}

Task<HandlerResult> SyntheticHandler::work(const Delivery& delivery) {
    const Orders orders = read(delivery.record);
    if (orders.what == "poison") co_return failed(orders, FailureKind::kPoison, Stage::kDecode);
    if (orders.what == "outage" && outage) co_return failed(orders, FailureKind::kOutage, Stage::kTransfer);
    if (orders.what == "transient" && delivery.attempt <= orders.number)
        co_return failed(orders, FailureKind::kTransient, Stage::kResolve);
    if (orders.what == "ok" && orders.number > 0) co_await sleeper_.sleep_for(std::chrono::milliseconds{orders.number});
    std::string value = "archived";
    if (orders.what == "large") value.resize(static_cast<std::size_t>(orders.number), '.');
    Settled settled{.records = {{.topic = receipts_, .key = orders.id, .value = std::move(value)}},
                    .status = "archived"};
    co_return HandlerResult{.subject = {}, .end = std::move(settled)};
}

kafka::OutboundRecord SyntheticHandler::dead_letter_receipt(const Delivery& delivery, const Subject&, const Failure&) {
    return {.topic = receipts_, .key = read(delivery.record).id, .value = "dead_lettered"};
}

}  // namespace strongroom::consume::test
