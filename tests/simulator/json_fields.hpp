#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

namespace strongroom::simulator {

/// Reads the known fields of a control request and remembers what does not fit, so that a test's typing error is told
/// instead of ignored. Absent fields leave their target alone. The object outlives the reader.
class JsonFields {
  public:
    explicit JsonFields(const boost::json::object& object) : object_{object} {}

    void read(std::string_view key, bool& into);
    void read(std::string_view key, int& into);
    void read(std::string_view key, std::int64_t& into);
    void read(std::string_view key, std::uint64_t& into);
    void read(std::string_view key, std::string& into);
    template <class T>
    void read(std::string_view key, std::optional<T>& into) {
        T value{};
        const auto mistakes = mistakes_.size();
        read(key, value);
        if (object_.contains(key) && mistakes == mistakes_.size()) into = std::move(value);
    }
    /// The raw value for fields with a form of their own; marks the key as known.
    const boost::json::value* take(std::string_view key);
    void mistake(std::string_view key, std::string_view expected);

    /// All mistakes in one line, unknown keys included; empty when there are none.
    [[nodiscard]] std::string mistakes() const;

  private:
    const boost::json::object& object_;
    std::vector<std::string> known_;
    std::vector<std::string> mistakes_;
};

/// A JSON object from a request's body, or nothing when it is not one (an empty body is an empty object).
std::optional<boost::json::object> parse_object(std::string_view body);

}  // namespace strongroom::simulator
