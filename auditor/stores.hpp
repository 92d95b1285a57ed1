#pragma once

#include <functional>
#include <string>

#include "shared/object_store/object_store.hpp"

namespace strongroom::auditor {

/// The store that holds a bucket. What it returns lives as long as the program's run.
using StoreLookup = std::function<object_store::ObjectStore&(const std::string& bucket)>;

}  // namespace strongroom::auditor
