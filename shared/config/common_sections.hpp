#pragma once

#include <span>
#include <string_view>

#include "shared/config/keys.hpp"

namespace strongroom::config {

/// The top-level sections of the configuration file that several programs may share.
std::span<const std::string_view> common_sections();

/// Accepts the common sections that a program does not read itself, so that one file can serve all programs while a
/// misspelt section is still told. `own` are the sections that the program describes.
void describe_foreign_sections(Keys& keys, std::span<const std::string_view> own);

}  // namespace strongroom::config
