#include "shared/base/secret.hpp"

#include <cstring>

namespace strongroom {

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        wipe();
        text_ = other.text_;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        text_ = std::exchange(other.text_, {});
    }
    return *this;
}

void Secret::wipe() noexcept {
    if (!text_.empty()) explicit_bzero(text_.data(), text_.size());
}

}  // namespace strongroom
