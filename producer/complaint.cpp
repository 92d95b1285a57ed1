#include "producer/complaint.hpp"

#include <iostream>
#include <string>

#include "shared/base/exit_code.hpp"

namespace strongroom {

int complain(int code, std::string_view what) {
    std::cerr << "strongroom-producer: " << what << '\n';
    return code;
}

int complain(const Failure& failure, const kafka::ClientConfig& config) {
    const bool may_pass = failure.kind == FailureKind::kTransient;
    return complain(kFailed, failure.message + " (kafka.brokers: " + config.brokers +
                                 (may_pass ? "; do they run, and can they be reached from here?)" : ")"));
}

}  // namespace strongroom
