#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

#include "auditor/object_check.hpp"
#include "auditor/verify_targets.hpp"
#include "shared/base/time_source.hpp"

namespace strongroom::auditor {

struct ReportOptions {
    bool json = false;      ///< one JSON object a line for every object, then a summary
    bool terminal = false;  ///< progress is rewritten in place; otherwise it is lines
    std::chrono::milliseconds terminal_interval{200};
    std::chrono::milliseconds line_interval{10'000};
};

/// Tells what `verify` found as it finds it, and the sum at the end. `out` gets findings and summary, `progress` the
/// rest; both outlive it.
class VerifyReport {
  public:
    VerifyReport(std::ostream& out, std::ostream& progress, const TimeSource& time, ReportOptions options);

    void add(const Target& target, const Finding& finding);
    /// A receipt was read; `status` in its stable word. Those without an object are counted here alone.
    void count_receipt(std::string_view status);
    /// A receipt that cannot be used, which is a fault of its own.
    void bad_receipt(std::string_view where, std::string_view problem);
    void finish();

    [[nodiscard]] std::uint64_t checked() const { return checked_; }
    /// Every object was good, and every receipt could be used.
    [[nodiscard]] bool all_good() const { return good_ == checked_ && bad_receipts_ == 0; }

  private:
    void show_progress();
    void clear_progress();
    void print_object(const Target& target, const Finding& finding);
    void print_summary();

    std::ostream& out_;
    std::ostream& progress_;
    const TimeSource& time_;
    ReportOptions options_;
    SteadyTime started_;
    SteadyTime shown_;
    bool line_open_ = false;
    std::uint64_t checked_ = 0;
    std::uint64_t good_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t bad_receipts_ = 0;
    std::map<std::string, std::uint64_t, std::less<>> verdicts_;
    std::map<std::string, std::uint64_t, std::less<>> receipts_;
};

}  // namespace strongroom::auditor
