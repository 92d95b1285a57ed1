#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "producer/emit/event_sink.hpp"
#include "producer/emit/line_reader.hpp"
#include "producer/emit/progress.hpp"
#include "producer/emit/tally.hpp"
#include "shared/base/time_source.hpp"
#include "shared/base/units.hpp"
#include "shared/records/event.hpp"

namespace strongroom::emit {

struct EmitLimits {
    ByteCount max_line{1ULL << 20};          ///< longer lines are bad
    std::size_t records_in_flight = 20'000;  ///< unacknowledged
    ByteCount bytes_in_flight{64ULL << 20};  ///< of lines whose records are unacknowledged
};

/// Sends the events of JSON lines. A line that is none is told with file and number, kept in `rejects`, and the rest
/// still goes; so is one that the broker refuses. When the broker stops answering, reading stops. Every line is held
/// until its record has ended, within the limits, so that it can be kept. One thread.
class Emission {
  public:
    struct Parts {
        EventSink& sink;
        Progress& progress;
        std::ostream* rejects = nullptr;  ///< bad lines, verbatim; may be null
        const TimeSource& time;
        std::function<bool()> is_stopping;  ///< asked before every line
    };
    struct Target {
        std::string tenant;
        std::string topic;
    };
    /// What `parts` refers to outlives the emission.
    Emission(Parts parts, Target target, EmitLimits limits = {});

    /// Reads one input to its end. False when no further input is to be read (stopped, or the broker does not answer).
    bool read(const std::string& name, LineReader::Read source);
    /// Waits until every record has ended; the sink's own time limit ends them at the latest.
    void finish();

    [[nodiscard]] const Tally& tally() const { return tally_; }
    /// The broker stopped answering; lines were left unread.
    [[nodiscard]] bool is_broken() const { return is_broken_; }

  private:
    void take(const std::string& place, std::string_view text);
    void send(const std::string& place, std::string_view text, const records::Event& event);
    void ended(const std::string& place, const std::string& text, const Result<>& end);
    void keep_unsent(std::string_view text);
    void reject(const std::string& place, std::string_view text, std::string_view why);
    void make_room();

    Parts parts_;
    Target target_;
    EmitLimits limits_;
    Tally tally_;
    std::uint64_t bytes_in_flight_ = 0;
    bool is_broken_ = false;
};

}  // namespace strongroom::emit
