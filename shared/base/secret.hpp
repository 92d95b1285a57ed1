#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace strongroom {

/// Text that must never be printed. It has no stream operator; `reveal()` is the one way out and easy to search for.
/// Its bytes are wiped when it goes.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_{std::move(text)} {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : text_{std::exchange(other.text_, {})} {}
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret() { wipe(); }

    [[nodiscard]] std::string_view reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    /// What stands in its place wherever it would be shown.
    static constexpr std::string_view kMask = "*****";

    friend bool operator==(const Secret&, const Secret&) = default;

  private:
    void wipe() noexcept;

    std::string text_;
};

}  // namespace strongroom
