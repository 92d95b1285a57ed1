#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "shared/runtime/sleeper.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::consume::test {

/// Work whose course is written in the record's value, `<what> <id> [number]`:
///   ok ID [ms]       takes that long, then a receipt `archived`
///   transient ID n   fails n deliveries, then is ok
///   poison ID        cannot be read
///   outage ID        waits until `outage` is false
///   large ID bytes   ok, with a receipt of that size
class SyntheticHandler final : public WorkHandler {
  public:
    SyntheticHandler(std::string receipts, Sleeper& sleeper) : receipts_{std::move(receipts)}, sleeper_{sleeper} {}

    Task<HandlerResult> handle(const Delivery& delivery) override;
    kafka::OutboundRecord dead_letter_receipt(const Delivery& delivery, const Subject& subject,
                                              const Failure& failure) override;

    bool outage = false;
    std::size_t most_at_once = 0;
    std::size_t handled = 0;
    bool overlapped = false;                                 ///< two of one key at once
    std::map<std::string, std::vector<std::int64_t>> order;  ///< offsets per partition and key, as they ran

  private:
    Task<HandlerResult> work(const Delivery& delivery);

    std::string receipts_;
    Sleeper& sleeper_;
    std::set<std::string> running_;
    std::size_t at_once_ = 0;
};

}  // namespace strongroom::consume::test
