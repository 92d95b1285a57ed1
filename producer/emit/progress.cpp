#include "producer/emit/progress.hpp"

#include <string>

namespace strongroom::emit {
namespace {

constexpr std::chrono::milliseconds kTerminalInterval{200};
constexpr std::chrono::seconds kPlainInterval{10};

std::string describe(const Tally& tally, std::chrono::nanoseconds elapsed) {
    const auto seconds = std::chrono::duration<double>(elapsed).count();
    const auto rate = seconds > 0 ? static_cast<std::uint64_t>(static_cast<double>(tally.acknowledged) / seconds) : 0;
    return std::to_string(tally.lines) + " lines, " + std::to_string(tally.acknowledged) + " acknowledged (" +
           std::to_string(rate) + "/s), " + std::to_string(tally.bad + tally.failed) + " bad";
}

}  // namespace

Progress::Progress(std::ostream& out, bool is_terminal, const TimeSource& time)
    : out_{out}, is_terminal_{is_terminal}, time_{time}, started_{time.now()}, shown_{started_} {}

void Progress::show(const Tally& tally) {
    const SteadyTime now = time_.now();
    if (now - shown_ < (is_terminal_ ? kTerminalInterval : std::chrono::milliseconds{kPlainInterval})) return;
    shown_ = now;
    const std::string text = describe(tally, now - started_);
    if (!is_terminal_) {
        out_ << text << '\n';
        return;
    }
    wipe();
    width_ = text.size();
    out_ << text << std::flush;
}

void Progress::message(std::string_view text) {
    wipe();
    out_ << text << '\n';
}

void Progress::finish() {
    wipe();
    out_ << std::flush;
}

void Progress::wipe() {
    if (width_ == 0) return;
    out_ << '\r' << std::string(width_, ' ') << '\r';
    width_ = 0;
}

}  // namespace strongroom::emit
