#pragma once

#include <boost/system/result.hpp>

#include "shared/base/failure.hpp"

namespace strongroom {

/// A value, or the Failure that says what to do instead. Test with `if (!result)`, then `result.error()` or `*result`.
template <class T = void>
using Result = boost::system::result<T, Failure>;

}  // namespace strongroom
