#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "tests/simulator/route.hpp"
#include "tests/simulator/text_map.hpp"

namespace strongroom::simulator {

struct JournalConfig {
    bool enabled = true;
    std::size_t entries = 200'000;        ///< kept; older ones are dropped, their counts stay
    std::size_t counted_ids = 1'000'000;  ///< per route and method; what comes beyond is counted as id `*`
    std::size_t body_bytes = 4'096;       ///< of a request's body kept
};

struct JournalEntry {
    std::uint64_t number = 0;  ///< from 1, in the order of arrival
    Route route = Route::kUnknown;
    std::string method;
    std::string id;
    int status = 0;                  ///< as answered; 0 = closed without an answer
    std::chrono::milliseconds at{};  ///< since the epoch
    std::string range{};             ///< the request's Range header
    std::string body{};              ///< the request's body (never a token request's: it holds a secret)
    bool fault = false;              ///< a fault applied
};

/// Which requests to look at; an empty field means any.
struct JournalFilter {
    std::string route{};
    std::string id{};
    std::string method{};
    std::uint64_t after = 0;  ///< only entries with a higher number
};

/// Every request but those to the control API, so that tests can count them.
class Journal {
  public:
    explicit Journal(JournalConfig config) : config_{config} {}

    [[nodiscard]] bool enabled() const { return config_.enabled; }
    /// Numbers the entry and keeps it. Nothing when disabled.
    void add(JournalEntry entry);
    /// `{"total": n, "requests": [...]}`: total counts dropped entries too, unless `after` is set.
    [[nodiscard]] boost::json::object list(const JournalFilter& filter) const;
    /// `{route: {id: n}}`
    [[nodiscard]] boost::json::object counts(const JournalFilter& filter) const;
    void clear();

  private:
    using Counted = std::map<std::pair<Route, std::string>, TextMap<std::uint64_t>>;
    template <class Visit>
    void for_each_count(const JournalFilter& filter, Visit visit) const;

    JournalConfig config_;
    std::deque<JournalEntry> entries_;
    Counted counts_;
    std::uint64_t last_number_ = 0;
};

}  // namespace strongroom::simulator
