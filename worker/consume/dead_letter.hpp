#pragma once

#include <string>
#include <vector>

#include "worker/consume/failure_headers.hpp"
#include "worker/consume/outcome.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::consume {

/// Says how many bytes the value had that a reduced dead letter leaves out; such a record cannot be replayed.
inline constexpr std::string_view kValueTruncated = "sr-value-truncated";

/// Records that end in the dead-letter topic: key, value and foreign headers as they came, the reason in `sr-*`
/// headers, and exactly one receipt (the handler knows its form).
class DeadLetters {
  public:
    DeadLetters(std::string topic, WorkHandler& handler, std::string live_group);

    /// `receipts`: what the handler wants instead of the plain DEAD_LETTERED receipt, or nothing.
    [[nodiscard]] OutcomePtr dead_lettered(InFlightPtr item, Subject subject, Failure failure,
                                           std::vector<kafka::OutboundRecord> receipts, WallTime now) const;

    /// After the broker refused a record of this outcome by itself: the next smaller form. First a dead letter in full
    /// with the plain receipt; then with the first 1 KiB of the value and without foreign headers; then without key and
    /// value. False when there is nothing left to leave out.
    [[nodiscard]] bool reduce(Outcome& outcome, const Failure& refusal, WallTime now) const;

  private:
    [[nodiscard]] kafka::OutboundRecord receipt(const Outcome& outcome) const;
    [[nodiscard]] kafka::OutboundRecord letter(const Outcome& outcome, WallTime now) const;

    std::string topic_;
    WorkHandler& handler_;
    std::string group_;
};

}  // namespace strongroom::consume
