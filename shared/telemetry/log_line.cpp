#include "shared/telemetry/log_line.hpp"

#include <algorithm>

#include "shared/base/units.hpp"

namespace strongroom::log {
namespace {

bool is_plain(char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '=' && c != '\\';
}

void append_escaped(std::string& line, char c) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        line.append(1, '\\').append(1, c);
    } else if (c == '\n') {
        line.append("\\n");
    } else if (c == '\r') {
        line.append("\\r");
    } else if (c == '\t') {
        line.append("\\t");
    } else if (byte < 0x20 || byte >= 0x7f) {
        line.append("\\x").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 0xfU]);
    } else {
        line.append(1, c);
    }
}

void append_value(std::string& line, std::string_view value) {
    const bool cut = value.size() > kMaxValueBytes;
    if (cut) value = value.substr(0, kMaxValueBytes);
    if (!cut && !value.empty() && std::all_of(value.begin(), value.end(), is_plain)) {
        line.append(value);
        return;
    }
    line.append(1, '"');
    for (const char c : value) append_escaped(line, c);
    line.append(cut ? "...\"" : "\"");
}

}  // namespace

std::string format_line(WallTime time, std::string_view level, std::string_view event,
                        std::initializer_list<Field> fields) {
    std::string line;
    line.reserve(96 + fields.size() * 32);
    line.append("time=").append(format_rfc3339(time)).append(" level=").append(level).append(" event=");
    append_value(line, event);
    for (const Field& field : fields) {
        line.append(1, ' ').append(field.key).append(1, '=');
        append_value(line, field.value);
    }
    return line;
}

}  // namespace strongroom::log
