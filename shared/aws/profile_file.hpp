#pragma once

#include <map>
#include <string>
#include <string_view>

namespace strongroom::aws {

/// Settings of one profile, names in lower case.
using Profile = std::map<std::string, std::string>;

/// Reads the shared config and credentials files (AWS SDKs and Tools Reference Guide, "Format of the shared files").
/// Sections are `[name]` in the credentials file, `[profile name]` or `[default]` in the config file; both are accepted
/// in both. Nested values are skipped. A profile that is not there is empty.
Profile read_profile(std::string_view file_text, std::string_view profile);

}  // namespace strongroom::aws
