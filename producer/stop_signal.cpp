#include "producer/stop_signal.hpp"

#include <csignal>

namespace strongroom {
namespace {

// A signal handler reaches nothing else.
volatile std::sig_atomic_t stop_mark = 0;

}  // namespace

void mark_stop_signals() {
    struct sigaction action{};
    action.sa_handler = [](int) { stop_mark = 1; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool is_stop_marked() {
    return stop_mark != 0;
}

}  // namespace strongroom
