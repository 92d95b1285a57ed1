#include "shared/base/random_source.hpp"

#include <sys/random.h>

#include <cerrno>
#include <stdexcept>

namespace strongroom {

void SystemRandom::fill(std::span<std::byte> out) {
    while (!out.empty()) {
        const ssize_t got = ::getrandom(out.data(), out.size(), 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::runtime_error("getrandom failed: the system has no entropy");
        }
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace strongroom
