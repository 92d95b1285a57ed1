#pragma once

#include <cstddef>
#include <span>

namespace strongroom {

/// Bytes for keys, IVs and ids, handed in so that tests can fix them.
class RandomSource {
  public:
    virtual ~RandomSource() = default;
    /// Fills `out`. Throws std::runtime_error when the system has no entropy: nothing may go on then.
    virtual void fill(std::span<std::byte> out) = 0;
};

/// The kernel's generator (getrandom(2)), suited to keys. Any thread.
class SystemRandom final : public RandomSource {
  public:
    void fill(std::span<std::byte> out) override;
};

}  // namespace strongroom
