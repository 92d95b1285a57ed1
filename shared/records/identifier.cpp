#include "shared/records/identifier.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

namespace strongroom::records {
namespace {

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string show_byte(char c) {
    if (c > ' ' && c < '\x7f') return std::string{"'"} + c + "'";
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "0x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return text.data();
}

Failure refused(std::string_view what, const std::string& why) {
    return {.kind = FailureKind::kPoison, .stage = Stage::kDecode, .message = std::string{what} + " " + why};
}

Result<> check(std::string_view what, std::string_view id, std::size_t limit, std::string_view punctuation) {
    if (id.empty()) return refused(what, "is missing or empty");
    if (id.size() > limit) {
        return refused(
            what, "has " + std::to_string(id.size()) + " bytes; at most " + std::to_string(limit) + " are allowed");
    }
    if (id.front() == '.') return refused(what, "begins with a dot");
    const auto* const bad = std::find_if(id.begin(), id.end(), [punctuation](char c) {
        return !is_alphanumeric(c) && punctuation.find(c) == std::string_view::npos;
    });
    if (bad == id.end()) return {};
    return refused(what, "has " + show_byte(*bad) + " at position " + std::to_string(bad - id.begin() + 1) +
                             "; allowed are A-Z a-z 0-9 " + std::string{punctuation});
}

}  // namespace

Result<> check_identifier(std::string_view what, std::string_view id) {
    return check(what, id, kMaxIdentifierBytes, "._:-");
}

Result<> check_tenant(std::string_view tenant) {
    return check("tenant", tenant, kMaxTenantBytes, "._-");
}

}  // namespace strongroom::records
