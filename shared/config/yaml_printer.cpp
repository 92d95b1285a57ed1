#include "shared/config/yaml_printer.hpp"

#include <algorithm>

namespace strongroom::config {
namespace {

bool is_plain(std::string_view text) {
    constexpr std::string_view kSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/@+-";
    return !text.empty() && text.find_first_not_of(kSafe) == std::string_view::npos && text.front() != '-' &&
           text.front() != '@';
}

std::string quote(std::string_view text) {
    if (is_plain(text)) return std::string{text};
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string quoted{"\""};
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            quoted.append(1, '\\').append(1, c);
        else if (byte < 0x20 || byte == 0x7f)
            quoted.append("\\x").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 0xfU]);
        else
            quoted.append(1, c);
    }
    return quoted.append(1, '"');
}

class PrintingKeys final : public Keys {
  public:
    PrintingKeys(std::string& out, std::string indent, std::string first_indent)
        : out_{out}, indent_{std::move(indent)}, next_indent_{std::move(first_indent)} {}

    void section(std::string_view key, const Describe& describe, Presence) override {
        start(key).append("\n");
        PrintingKeys nested{out_, indent_ + "  ", indent_ + "  "};
        describe(nested);
    }
    void elsewhere(std::string_view) override {}
    void rest_elsewhere() override {}
    void require(bool, std::string_view, std::string_view) override {}

  protected:
    void scalar(std::string_view key, const Scalar& field, Presence) override {
        start(key).append(" ").append(quote(field.show())).append("\n");
    }
    void scalars(std::string_view key, const Scalars& field) override {
        std::string items;
        for (const std::string& item : field.show()) items.append(items.empty() ? "" : ", ").append(quote(item));
        start(key).append(" [").append(items).append("]\n");
    }
    void scalar_map(std::string_view key, const ScalarMap& field) override {
        const auto values = field.show();
        start(key).append(values.empty() ? " {}\n" : "\n");
        for (const auto& [name, value] : values) {
            out_.append(indent_).append("  ").append(quote(name)).append(": ").append(quote(value)).append("\n");
        }
    }
    void sections(std::string_view key, const Sections& field, Presence) override {
        start(key).append(field.size() == 0 ? " []\n" : "\n");
        for (std::size_t i = 0; i < field.size(); ++i) {
            PrintingKeys item{out_, indent_ + "    ", indent_ + "  - "};
            field.describe(i, item);
        }
    }

  private:
    /// A list item's dash stands before its first key only.
    std::string& start(std::string_view key) {
        out_.append(std::exchange(next_indent_, indent_)).append(quote(key)).append(":");
        return out_;
    }

    std::string& out_;
    std::string indent_;
    std::string next_indent_;
};

}  // namespace

std::string print_yaml(const Keys::Describe& describe) {
    std::string out;
    PrintingKeys keys{out, "", ""};
    describe(keys);
    return out;
}

}  // namespace strongroom::config
