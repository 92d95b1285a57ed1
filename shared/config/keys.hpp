#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/secret.hpp"
#include "shared/base/units.hpp"

namespace strongroom::config {

enum class Presence { kOptional, kRequired };

template <class T>
struct Range {
    T min;
    T max;
};

/// What a text may be: `expected` completes "expected …".
struct TextRule {
    std::string expected = "text";
    std::function<bool(std::string_view)> accepts = [](std::string_view text) { return !text.empty(); };
};

/// The keys of one map of a configuration. A component describes its config struct once, in a function
/// `void describe(config::Keys&, ItsConfig&)` beside the struct; the same description reads a file (yaml_reader) and
/// prints the effective configuration with secrets masked (yaml_printer). A value's state before the call is its
/// default. References are used within the call only.
class Keys {
  public:
    using Describe = std::function<void(Keys&)>;

    Keys() = default;
    Keys(const Keys&) = delete;
    Keys& operator=(const Keys&) = delete;
    virtual ~Keys() = default;

    void text(std::string_view key, std::string& value, Presence presence = Presence::kOptional,
              const TextRule& rule = {});
    template <std::integral T>
    void integer(std::string_view key, T& value, Range<std::int64_t> range) {
        auto number = static_cast<std::int64_t>(value);
        whole_number(key, number, range);
        value = static_cast<T>(number);
    }
    void number(std::string_view key, double& value, Range<double> range);
    void flag(std::string_view key, bool& value);
    void duration(std::string_view key, std::chrono::milliseconds& value, Range<std::chrono::milliseconds> range);
    void size(std::string_view key, ByteCount& value, Range<ByteCount> range);
    /// `key: text`, or `key_file: path` of a file with it (one line end at its end is dropped). Printed masked.
    void secret(std::string_view key, Secret& value, Presence presence = Presence::kOptional);
    /// One of the words.
    template <class E>
    void choice(std::string_view key, E& value, std::span<const std::pair<std::string_view, E>> words) {
        std::vector<std::string_view> names;
        std::size_t index = 0;
        for (const auto& [word, meaning] : words) {
            if (meaning == value) index = names.size();
            names.push_back(word);
        }
        one_of(key, index, names);
        value = words[index].second;
    }
    void texts(std::string_view key, std::vector<std::string>& values);
    void durations(std::string_view key, std::vector<std::chrono::milliseconds>& values,
                   Range<std::chrono::milliseconds> range);
    /// A map of texts with keys of the user's choice.
    void text_map(std::string_view key, std::map<std::string, std::string>& values);
    /// The same for settings that are handed on to a library: `name_file: path` reads a value from a file, and values
    /// whose names speak of a password, secret, key or token are printed masked.
    void properties(std::string_view key, std::map<std::string, std::string>& values);

    /// A nested map. A missing one leaves the defaults; a required one is read as if empty, so that its required keys
    /// are told.
    virtual void section(std::string_view key, const Describe& describe, Presence presence = Presence::kOptional) = 0;
    /// A list of maps, `describe(Keys&, T&)` for each; one item at least when required.
    template <class T, class F>
    void list(std::string_view key, std::vector<T>& values, F describe, Presence presence = Presence::kOptional) {
        sections(key,
                 {.size = [&values] { return values.size(); },
                  .resize = [&values](std::size_t n) { values.assign(n, T{}); },
                  .describe = [&values, describe](std::size_t i, Keys& keys) { describe(keys, values[i]); }},
                 presence);
    }
    /// A key that belongs to another program of the same file: accepted, not looked into, not printed.
    virtual void elsewhere(std::string_view key) = 0;
    /// The same for all further keys of this map: the program that owns the map tells what is wrong with them.
    virtual void rest_elsewhere() = 0;
    /// What must hold between several settings; `expected` is told at `key` when it does not. Not judged where the
    /// reading of this map found mistakes already.
    virtual void require(bool holds, std::string_view key, std::string_view expected) = 0;

  protected:
    struct Scalar {
        std::string expected;
        std::function<bool(std::string_view)> read;  ///< false: not what is expected
        std::function<std::string()> show;
        bool is_secret = false;
    };
    struct Scalars {
        std::string expected;
        std::function<void()> clear;
        std::function<bool(std::string_view)> append;
        std::function<std::vector<std::string>()> show;
    };
    struct ScalarMap {
        std::function<void(const std::string&, std::string)> insert;
        std::function<std::map<std::string, std::string>()> show;
        bool reads_files = false;
    };
    struct Sections {
        std::function<std::size_t()> size;
        std::function<void(std::size_t)> resize;
        std::function<void(std::size_t, Keys&)> describe;
    };
    virtual void scalar(std::string_view key, const Scalar& field, Presence presence) = 0;
    virtual void scalars(std::string_view key, const Scalars& field) = 0;
    virtual void scalar_map(std::string_view key, const ScalarMap& field) = 0;
    virtual void sections(std::string_view key, const Sections& field, Presence presence) = 0;

  private:
    void whole_number(std::string_view key, std::int64_t& value, Range<std::int64_t> range);
    void one_of(std::string_view key, std::size_t& index, const std::vector<std::string_view>& words);
};

}  // namespace strongroom::config
