#pragma once

#include <functional>
#include <string>
#include <vector>

#include "producer/producer_config.hpp"

namespace strongroom::emit {

struct EmitOptions {
    std::vector<std::string> files{};  ///< `-` is standard input; none: standard input
    std::string tenant{};              ///< empty: the only one of the configuration
    std::string topic = "events";      ///< or `backfill`
    std::string rejects{};             ///< path; empty: lines that were not sent are not kept
    bool is_dry_run = false;
    bool is_json = false;
};

/// The whole command; returns the exit code. Tells bad lines and progress on standard error, the summary on standard
/// output. `is_stopping` is asked between lines: what was read by then still gets its acknowledgement.
int run_emit(const ProducerConfig& config, const EmitOptions& options, const std::function<bool()>& is_stopping);

}  // namespace strongroom::emit
