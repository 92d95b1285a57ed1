#include "shared/genesys/permanent_storm.hpp"

namespace strongroom::genesys {

void PermanentStorm::note_good() {
    if (raging()) {
        window_.clear();
        refused_ = 0;
    }
    proven_ = true;
    note(false);
}

void PermanentStorm::note_refused() {
    note(true);
}

void PermanentStorm::note(bool refused) {
    window_.push_back(refused);
    if (refused) ++refused_;
    if (window_.size() <= limits_.window) return;
    if (window_.front()) --refused_;
    window_.pop_front();
}

bool PermanentStorm::raging() const {
    if (!proven_ && refused_ >= limits_.least_unproven) return true;
    return window_.size() >= limits_.least &&
           static_cast<double>(refused_) > limits_.share * static_cast<double>(window_.size());
}

}  // namespace strongroom::genesys
