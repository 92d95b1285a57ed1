#include "shared/base/units.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <limits>
#include <optional>
#include <utility>

namespace strongroom {
namespace {

using std::chrono::milliseconds;
using Millis = std::chrono::sys_time<milliseconds>;

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

constexpr std::array<Unit, 5> kDurations{{{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::array<Unit, 9> kSizes{{{"", 1},
                                      {"B", 1},
                                      {"kB", 1000},
                                      {"MB", 1000'000},
                                      {"GB", 1000'000'000},
                                      {"KiB", 1ULL << 10},
                                      {"MiB", 1ULL << 20},
                                      {"GiB", 1ULL << 30},
                                      {"TiB", 1ULL << 40}}};

Failure not_a(std::string_view text, std::string_view expected) {
    return Failure{.kind = FailureKind::kPermanent,
                   .message = "'" + std::string{text.substr(0, 64)} + "' is not " + std::string{expected}};
}

template <std::size_t N>
std::optional<std::uint64_t> parse_with_unit(std::string_view text, const std::array<Unit, N>& units) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    const std::string_view suffix = text.substr(static_cast<std::size_t>(end - text.data()));
    for (const Unit& unit : units) {
        if (unit.name != suffix) continue;
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / unit.factor) return {};
        return number * unit.factor;
    }
    return std::nullopt;
}

/// Takes `digits` decimal digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || end != text.data() + digits || value < 0) return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

std::optional<Millis> make_time(int year, int month, int day, int hour, int minute, int second) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

std::optional<Millis> take_date_time(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || !take(text, "-")) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, "-")) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day || !(take(text, "T") || take(text, "t") || take(text, " "))) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ":")) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || !take(text, ":")) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second) return std::nullopt;
    return make_time(*year, *month, *day, *hour, *minute, *second);
}

std::optional<milliseconds> take_fraction(std::string_view& text) {
    if (!take(text, ".")) return milliseconds{0};
    int value = 0;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 3) value = value * 10 + (text.front() - '0');
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 3; ++digits) value *= 10;
    return milliseconds{value};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (take(text, "Z") || take(text, "z")) return std::chrono::minutes{0};
    const int sign = text.starts_with('-') ? -1 : 1;
    if (!take(text, "+") && !take(text, "-")) return std::nullopt;
    const auto hours = take_number(text, 2);
    if (!hours) return std::nullopt;
    take(text, ":");
    const auto minutes = take_number(text, 2);
    if (!minutes) return std::nullopt;
    return std::chrono::minutes{sign * (*hours * 60 + *minutes)};
}

}  // namespace

Result<milliseconds> parse_duration(std::string_view text) {
    const auto value = parse_with_unit(text, kDurations);
    if (!value) return not_a(text, "a duration (a whole number and ms, s, m, h or d, such as 200ms or 48h)");
    return milliseconds{*value};
}

Result<ByteCount> parse_bytes(std::string_view text) {
    const auto value = parse_with_unit(text, kSizes);
    if (!value) return not_a(text, "a size (a whole number and kB, MB, GB, KiB, MiB or GiB, such as 8MiB)");
    return ByteCount{*value};
}

std::string format_duration(milliseconds duration) {
    const auto count = static_cast<std::uint64_t>(duration.count());
    const Unit* best = &kDurations.front();
    for (const Unit& unit : kDurations) {
        if (count != 0 && count % unit.factor == 0) best = &unit;
    }
    return std::to_string(count / best->factor) + std::string{best->name};
}

std::string format_bytes(std::uint64_t bytes) {
    if (bytes < 1000) return std::to_string(bytes) + " B";
    auto value = static_cast<double>(bytes);
    std::string_view unit;
    for (const std::string_view next : {"kB", "MB", "GB", "TB"}) {
        if (value < 1000) break;
        value /= 1000;
        unit = next;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), value < 10 ? "%.1f %s" : "%.0f %s", value, std::string{unit}.c_str());
    return text.data();
}

std::string format_rfc3339(Millis time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text.data();
}

Result<Millis> parse_rfc3339(std::string_view text) {
    std::string_view rest = text;
    const auto time = take_date_time(rest);
    const auto fraction = time ? take_fraction(rest) : std::nullopt;
    const auto offset = fraction ? take_offset(rest) : std::nullopt;
    if (!offset || !rest.empty()) return not_a(text, "an RFC 3339 time, such as 2026-11-21T09:30:45.013Z");
    return *time + *fraction - *offset;
}

Result<Millis> parse_http_date(std::string_view text) {
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    Failure wrong = not_a(text, "an HTTP date, such as Sat, 21 Nov 2026 09:30:45 GMT");
    if (text.size() != 29 || !text.ends_with(" GMT") || text[3] != ',') return wrong;
    const std::size_t month = kMonths.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return wrong;
    std::string iso{text.substr(12, 4)};
    const std::string number = std::to_string(month / 3 + 1);
    iso.append("-").append(number.size() == 1 ? "0" : "").append(number).append("-").append(text.substr(5, 2));
    iso.append("T").append(text.substr(17, 8)).append("Z");
    const auto time = parse_rfc3339(iso);
    if (!time) return wrong;
    return *time;
}

}  // namespace strongroom
