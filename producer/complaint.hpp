#pragma once

#include <string_view>

#include "shared/base/failure.hpp"
#include "shared/kafka/client_config.hpp"

namespace strongroom {

/// Tells on standard error what is wrong, after the program's name, and hands `code` back.
int complain(int code, std::string_view what);

/// The same for trouble with the cluster: which brokers were asked, and kFailed.
int complain(const Failure& failure, const kafka::ClientConfig& config);

}  // namespace strongroom
