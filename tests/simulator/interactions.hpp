#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "tests/simulator/text_map.hpp"

namespace strongroom::simulator {

/// The metadata written to interactions. Every id names an interaction; one that nobody wrote to has none.
class Interactions {
  public:
    /// Beyond `capacity` interactions the oldest is forgotten.
    explicit Interactions(std::size_t capacity = 1'000'000) : capacity_{capacity} {}

    /// Adds and replaces fields; a null removes one, as RFC 7386 has it.
    void merge(std::string_view id, const boost::json::object& fields);
    [[nodiscard]] boost::json::object metadata(std::string_view id) const;
    /// All that were written to, by id.
    [[nodiscard]] boost::json::object all() const;
    void clear();

  private:
    boost::json::object& entry(std::string_view id);

    std::size_t capacity_;
    TextMap<boost::json::object> by_id_;
    std::deque<std::string> order_;
};

}  // namespace strongroom::simulator
