#include "shared/config/keys.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

namespace strongroom::config {
namespace {

template <class T>
bool read_number(std::string_view text, T& value, const Range<T>& range) {
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return false;
    // Written so that a NaN is refused.
    if (!(number >= range.min && number <= range.max)) return false;
    value = number;
    return true;
}

std::string show_number(double value) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end};
}

std::string show_size(ByteCount size) {
    constexpr std::array<std::pair<std::string_view, std::uint64_t>, 6> kUnits{{{"GiB", 1ULL << 30},
                                                                                {"MiB", 1ULL << 20},
                                                                                {"KiB", 1ULL << 10},
                                                                                {"GB", 1'000'000'000},
                                                                                {"MB", 1'000'000},
                                                                                {"kB", 1'000}}};
    for (const auto& [unit, factor] : kUnits) {
        if (size.value != 0 && size.value % factor == 0) return std::to_string(size.value / factor) + std::string{unit};
    }
    return std::to_string(size.value);
}

template <class T>
bool read_quantity(const Result<T>& parsed, T& value, const Range<T>& range) {
    if (!parsed || *parsed < range.min || *parsed > range.max) return false;
    value = *parsed;
    return true;
}

std::string between(std::string_view what, const std::string& min, const std::string& max) {
    return std::string{what} + " from " + min + " to " + max;
}

std::string expected_duration(const Range<std::chrono::milliseconds>& range) {
    return between("a duration (such as 200ms, 30s, 5m, 48h)", format_duration(range.min), format_duration(range.max));
}

bool sounds_secret(std::string_view name) {
    constexpr std::array<std::string_view, 6> kWords{"password", "secret", "token", ".pem", ".key", "jaas"};
    return std::ranges::any_of(kWords, [name](auto word) { return name.find(word) != std::string_view::npos; });
}

}  // namespace

void Keys::text(std::string_view key, std::string& value, Presence presence, const TextRule& rule) {
    scalar(key,
           {.expected = rule.expected,
            .read =
                [&](std::string_view text) {
                    if (!rule.accepts(text)) return false;
                    value = text;
                    return true;
                },
            .show = [&] { return value; }},
           presence);
}

void Keys::whole_number(std::string_view key, std::int64_t& value, Range<std::int64_t> range) {
    scalar(key,
           {.expected = between("a whole number", std::to_string(range.min), std::to_string(range.max)),
            .read = [&](std::string_view text) { return read_number(text, value, range); },
            .show = [&] { return std::to_string(value); }},
           Presence::kOptional);
}

void Keys::number(std::string_view key, double& value, Range<double> range) {
    scalar(key,
           {.expected = between("a number", show_number(range.min), show_number(range.max)),
            .read = [&](std::string_view text) { return read_number(text, value, range); },
            .show = [&] { return show_number(value); }},
           Presence::kOptional);
}

void Keys::flag(std::string_view key, bool& value) {
    std::size_t index = value ? 0 : 1;
    one_of(key, index, {"true", "false"});
    value = index == 0;
}

void Keys::duration(std::string_view key, std::chrono::milliseconds& value, Range<std::chrono::milliseconds> range) {
    scalar(key,
           {.expected = expected_duration(range),
            .read = [&](std::string_view text) { return read_quantity(parse_duration(text), value, range); },
            .show = [&] { return format_duration(value); }},
           Presence::kOptional);
}

void Keys::size(std::string_view key, ByteCount& value, Range<ByteCount> range) {
    scalar(key,
           {.expected = between("a size (such as 64KiB, 8MiB, 100MB)", show_size(range.min), show_size(range.max)),
            .read = [&](std::string_view text) { return read_quantity(parse_bytes(text), value, range); },
            .show = [&] { return show_size(value); }},
           Presence::kOptional);
}

void Keys::secret(std::string_view key, Secret& value, Presence presence) {
    scalar(key,
           {.expected = "a secret",
            .read =
                [&](std::string_view text) {
                    value = Secret{std::string{text}};
                    return !text.empty();
                },
            .show = [&] { return value.empty() ? std::string{} : std::string{Secret::kMask}; },
            .is_secret = true},
           presence);
}

void Keys::one_of(std::string_view key, std::size_t& index, const std::vector<std::string_view>& words) {
    std::string expected;
    for (const std::string_view word : words) expected.append(expected.empty() ? "" : " or ").append(word);
    scalar(key,
           {.expected = expected,
            .read =
                [&](std::string_view text) {
                    const auto found = std::ranges::find(words, text);
                    if (found == words.end()) return false;
                    index = static_cast<std::size_t>(found - words.begin());
                    return true;
                },
            .show = [&] { return std::string{words[index]}; }},
           Presence::kOptional);
}

void Keys::texts(std::string_view key, std::vector<std::string>& values) {
    scalars(key, {.expected = "text",
                  .clear = [&] { values.clear(); },
                  .append =
                      [&](std::string_view text) {
                          values.emplace_back(text);
                          return !text.empty();
                      },
                  .show = [&] { return values; }});
}

void Keys::durations(std::string_view key, std::vector<std::chrono::milliseconds>& values,
                     Range<std::chrono::milliseconds> range) {
    scalars(key, {.expected = expected_duration(range),
                  .clear = [&] { values.clear(); },
                  .append =
                      [&](std::string_view text) {
                          return read_quantity(parse_duration(text), values.emplace_back(), range);
                      },
                  .show =
                      [&] {
                          std::vector<std::string> shown;
                          for (const auto value : values) shown.push_back(format_duration(value));
                          return shown;
                      }});
}

void Keys::text_map(std::string_view key, std::map<std::string, std::string>& values) {
    scalar_map(key, {.insert = [&](const std::string& name, std::string text) { values[name] = std::move(text); },
                     .show = [&] { return values; }});
}

void Keys::properties(std::string_view key, std::map<std::string, std::string>& values) {
    scalar_map(key, {.insert = [&](const std::string& name, std::string text) { values[name] = std::move(text); },
                     .show =
                         [&] {
                             auto shown = values;
                             for (auto& [name, value] : shown) {
                                 if (sounds_secret(name)) value = Secret::kMask;
                             }
                             return shown;
                         },
                     .reads_files = true});
}

}  // namespace strongroom::config
