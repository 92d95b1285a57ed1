#pragma once

#include <string>

#include "shared/config/keys.hpp"

namespace strongroom::config {

/// The effective configuration as YAML, secrets masked: what `config print` shows.
std::string print_yaml(const Keys::Describe& describe);

}  // namespace strongroom::config
