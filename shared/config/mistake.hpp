#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace strongroom::config {

/// Something wrong in a configuration: where, and what is expected there. Never holds a secret's value.
struct Mistake {
    int line = 0;      ///< from 1; 0 when it is about the file as a whole
    std::string path;  ///< `tenants[0].destination.bucket`; may be empty
    std::string what;
    friend bool operator==(const Mistake&, const Mistake&) = default;
};

/// One line each, in order of their lines: `strongroom.yaml:12: tenants[0].name: missing; expected text`.
std::string format_mistakes(std::string_view file, std::vector<Mistake> mistakes);

/// The candidate that `word` was probably meant to be; empty when none is close.
std::string_view closest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace strongroom::config
