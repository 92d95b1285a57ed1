#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/simulator/route.hpp"

namespace strongroom::simulator {

/// What is to go wrong with the answers to some requests. Offsets count from the start of the answer's body.
struct Fault {
    Route route = Route::kUnknown;
    std::string id = "*";     ///< the exact id, or `*` for any
    std::string method{};     ///< only this method; empty = any
    std::uint64_t times = 1;  ///< answers it applies to; 0 = for ever
    int status = 0;           ///< answered in place of the real one; 0 = the real one
    bool apply = false;       ///< the request takes effect although its answer is replaced or lost
    std::optional<std::string> body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string retry_after{};           ///< sent as it stands; `http-date+N` becomes the date N seconds from now
    std::chrono::milliseconds delay{0};  ///< before anything is sent
    std::optional<std::uint64_t> cut_after_bytes{};    ///< the connection is closed there
    std::int64_t declared_length_delta = 0;            ///< added to the true Content-Length
    std::uint64_t drip_bytes_per_s = 0;                ///< 0 = full speed
    std::optional<std::uint64_t> stall_after_bytes{};  ///< nothing more comes until the faults are lifted
    std::optional<std::uint64_t> corrupt_at{};         ///< the byte there is inverted
    bool close = false;                                ///< the connection is closed without an answer

    /// The real answer is not wanted: it is replaced or never sent.
    [[nodiscard]] bool replaces_answer() const { return status != 0 || close; }
};

/// The faults in the order they were set: the first that matches and is not used up applies, alone.
class Faults {
  public:
    struct Entry {
        std::uint64_t number = 0;
        Fault fault;
        std::uint64_t hits = 0;
    };

    /// `lifted` is called by `clear`: whoever waits in a stall goes on.
    explicit Faults(std::function<void()> lifted) : lifted_{std::move(lifted)} {}

    std::uint64_t add(Fault fault);
    /// The fault for this request, counted as one of its times.
    std::optional<Fault> take(Route route, std::string_view id, std::string_view method);
    void clear();
    [[nodiscard]] const std::list<Entry>& entries() const { return entries_; }

  private:
    std::function<void()> lifted_;
    std::list<Entry> entries_;
    std::uint64_t last_number_ = 0;
};

}  // namespace strongroom::simulator
