#pragma once

#include <boost/asio/awaitable.hpp>

namespace strongroom {

/// A coroutine. It starts when awaited or spawned; whoever does that owns it (TaskGroup for a changing number).
/// Parameters are taken by value, or refer to objects that outlive the coroutine by construction.
template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace strongroom
