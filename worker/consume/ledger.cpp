#include "worker/consume/ledger.hpp"

namespace strongroom::consume {

void Ledger::read(std::int64_t offset) {
    if (offset < next_) return;
    unsettled_.insert(unsettled_.end(), offset);
    next_ = offset + 1;
}

void Ledger::settle(std::int64_t offset) {
    unsettled_.erase(offset);
}

bool Ledger::is_settled(std::int64_t offset) const {
    return offset < next_ && !unsettled_.contains(offset);
}

}  // namespace strongroom::consume
