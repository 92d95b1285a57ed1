#pragma once

#include <cstddef>
#include <cstdint>
#include <set>

namespace strongroom::consume {

/// Which offsets of one partition are settled, from its committed position on, for one assignment epoch. Offsets that
/// were never read (transaction markers, compacted records) count as settled once a later one was read. Pure.
class Ledger {
  public:
    /// `position`: the next offset to read; below 0 where that is not known before the first record.
    explicit Ledger(std::int64_t position) : next_{position} {}

    /// A record was read. Offsets come in ascending order; anything else is ignored.
    void read(std::int64_t offset);
    /// Its outcome is known. Offsets that are not unsettled are ignored.
    void settle(std::int64_t offset);

    /// Everything below is settled: what may be committed. Below 0 while nothing is known.
    [[nodiscard]] std::int64_t watermark() const { return unsettled_.empty() ? next_ : *unsettled_.begin(); }
    [[nodiscard]] bool is_settled(std::int64_t offset) const;
    [[nodiscard]] std::size_t unsettled() const { return unsettled_.size(); }

  private:
    std::set<std::int64_t> unsettled_;
    std::int64_t next_;
};

}  // namespace strongroom::consume
