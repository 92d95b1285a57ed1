#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/config/expansion.hpp"
#include "shared/config/keys.hpp"
#include "shared/config/mistake.hpp"

namespace strongroom::config {

/// Reads a YAML document into what `describe` names. `${NAME}` and `${NAME:-default}` are expanded in values. Every
/// mistake comes back at once: unknown keys (with what was probably meant), keys given twice, wrong types and ranges,
/// missing and contradictory settings, unset variables, unreadable secret files. Empty: the configuration is good;
/// otherwise it must not be used.
std::vector<Mistake> read_text(std::string_view text, const Environment& environment, const Keys::Describe& describe);

/// The same for a file of at most 1 MiB. Paths in it are relative to the working directory.
std::vector<Mistake> read_file(const std::string& path, const Environment& environment, const Keys::Describe& describe);

}  // namespace strongroom::config
