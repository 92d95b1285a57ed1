#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "auditor/verify_report.hpp"
#include "auditor/verify_targets.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::auditor {

/// The records of the receipts topic, up to its end as of the start.
class ReceiptSource {
  public:
    virtual ~ReceiptSource() = default;
    /// Nothing after the last.
    virtual Task<Result<std::optional<kafka::Record>>> next() = 0;
};

/// Every object that a receipt names, with what the receipt says about it. Receipts are counted by status in the
/// report; one that cannot be decoded, or that says archived and names no object, is reported there as a fault.
class ReceiptTargets final : public TargetSource {
  public:
    /// Both outlive it.
    ReceiptTargets(ReceiptSource& receipts, VerifyReport& report) : receipts_{receipts}, report_{report} {}
    Task<Result<std::optional<Target>>> next() override;

  private:
    void take(const kafka::Record& record);

    ReceiptSource& receipts_;
    VerifyReport& report_;
    std::deque<Target> waiting_;  ///< of the receipt read last
};

}  // namespace strongroom::auditor
