#pragma once

#include <iosfwd>
#include <random>

#include "auditor/auditor_config.hpp"
#include "auditor/command_line.hpp"
#include "auditor/stores.hpp"
#include "shared/base/time_source.hpp"
#include "shared/crypto/envelope.hpp"
#include "shared/runtime/sleeper.hpp"

namespace strongroom::auditor {

/// What the commands work with; everything is main's and outlives them.
struct Surroundings {
    StoreLookup store_of;
    crypto::KeyLookup keys;
    const kafka::ClientConfig& kafka;
    const TimeSource& time;
    Sleeper& sleeper;
    std::mt19937_64& random;
    std::ostream& out;
    std::ostream& err;
};

/// Both end with the program's exit code: 0 all good, 1 not, 2 a mistake in the arguments.
Task<int> run_open(Surroundings& around, OpenArguments arguments);
Task<int> run_verify(Surroundings& around, VerifyArguments arguments);

}  // namespace strongroom::auditor
