#pragma once

#include "producer/producer_config.hpp"

namespace strongroom::topics {

struct TopicsOptions {
    bool is_apply = false;
    bool is_json = false;
};

/// The whole command; returns the exit code. Findings go to standard output.
int run_topics(const ProducerConfig& config, const TopicsOptions& options);

}  // namespace strongroom::topics
