#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "tests/simulator/faults.hpp"

namespace strongroom::simulator {

/// Reads one fault of the control API into `into`. The mistakes, empty when there are none.
std::string read_fault(const boost::json::object& object, Fault& into);

/// A fault with how often it has applied, for GET /control/faults.
boost::json::object describe_fault(const Faults::Entry& entry);

}  // namespace strongroom::simulator
