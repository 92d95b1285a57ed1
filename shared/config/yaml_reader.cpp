#include "shared/config/yaml_reader.hpp"

#include <algorithm>
#include <optional>

#include "shared/config/text_file.hpp"
#include "shared/config/yaml_tree.hpp"

namespace strongroom::config {
namespace {

constexpr std::size_t kMaxSecretBytes = 64U << 10U;
constexpr std::string_view kFileSuffix = "_file";

Result<std::string> read_secret(const std::string& path) {
    auto text = read_text_file(path, kMaxSecretBytes);
    if (!text) return text;
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    return text;
}

/// What was written, for a message; long or odd text is cut.
std::string show(std::string_view text) {
    std::string shown{text.substr(0, 64)};
    std::ranges::replace_if(shown, [](char c) { return c < ' ' || c == '\x7f'; }, '?');
    return "'" + shown + (text.size() > 64 ? "...'" : "'");
}

class ReadingKeys final : public Keys {
  public:
    struct Context {
        const Environment& environment;
        std::vector<Mistake>& mistakes;
    };

    ReadingKeys(Context context, const YamlNode& node, int line, std::string path)
        : context_{context}, node_{node}, line_{line}, path_{std::move(path)} {
        mistakes_before_ = context_.mistakes.size();
        for (auto entry = node_.entries.begin(); entry != node_.entries.end(); ++entry) {
            const auto first = std::ranges::find(node_.entries.begin(), entry, entry->key, &YamlEntry::key);
            if (first != entry) {
                mistake(entry->line, entry->key, "given twice (first in line " + std::to_string(first->line) + ")");
            }
        }
    }

    /// After the last key has been described.
    void report_unknown() {
        if (rest_is_elsewhere_) return;
        for (const YamlEntry& entry : node_.entries) {
            if (std::ranges::find(known_, entry.key) != known_.end()) continue;
            const std::string_view meant = closest(entry.key, known_);
            mistake(entry.line, entry.key,
                    meant.empty() ? "unknown key; expected one of " + join(known_)
                                  : "unknown key; did you mean '" + std::string{meant} + "'?");
        }
    }

    void section(std::string_view key, const Describe& describe, Presence presence) override {
        static const YamlNode kNothing;
        const YamlEntry* entry = find(key);
        if (entry == nullptr && presence == Presence::kOptional) return;
        const bool absent = entry == nullptr || entry->value.kind == YamlNode::Kind::kNull;
        if (!absent && entry->value.kind != YamlNode::Kind::kMap)
            return mistake(entry->line, key, "expected nested keys");
        read_map(absent ? kNothing : entry->value, entry == nullptr ? line_ : entry->line, child(key), describe);
    }

    void elsewhere(std::string_view key) override { known_.emplace_back(key); }
    void rest_elsewhere() override { rest_is_elsewhere_ = true; }

    void require(bool holds, std::string_view key, std::string_view expected) override {
        if (holds || context_.mistakes.size() != mistakes_before_ + required_) return;
        ++required_;
        const auto entry = std::ranges::find(node_.entries, key, &YamlEntry::key);
        mistake(entry == node_.entries.end() ? line_ : entry->line, key, "expected " + std::string{expected});
    }

  protected:
    void scalar(std::string_view key, const Scalar& field, Presence presence) override {
        const std::string file_key = std::string{key} + std::string{kFileSuffix};
        const YamlEntry* entry = find(key);
        const YamlEntry* file = field.is_secret ? find(file_key) : nullptr;
        if (entry != nullptr && file != nullptr) {
            return mistake(file->line, file_key, "contradicts '" + std::string{key} + "'; expected one of the two");
        }
        if (file != nullptr) return read_scalar_file(*file, field);
        if (entry != nullptr) return read_scalar(*entry, field);
        if (presence == Presence::kOptional) return;
        mistake(line_, key, "missing; expected " + field.expected + (field.is_secret ? " (or " + file_key + ")" : ""));
    }

    void scalars(std::string_view key, const Scalars& field) override {
        const YamlEntry* entry = find(key);
        if (entry == nullptr) return;
        if (entry->value.kind != YamlNode::Kind::kList) {
            return mistake(entry->line, key, "expected a list, each item " + field.expected);
        }
        field.clear();
        std::size_t index = 0;
        for (const YamlNode& item : entry->value.items) {
            const std::string name = std::string{key} + "[" + std::to_string(index++) + "]";
            const auto text = value_of(item, name, item.line, field.expected);
            if (text && !field.append(*text)) mistake(item.line, name, wrong(item, field.expected));
        }
    }

    void scalar_map(std::string_view key, const ScalarMap& field) override {
        const YamlEntry* entry = find(key);
        if (entry == nullptr || entry->value.kind == YamlNode::Kind::kNull) return;
        if (entry->value.kind != YamlNode::Kind::kMap) return mistake(entry->line, key, "expected nested keys");
        const ReadingKeys duplicates{context_, entry->value, entry->line, child(key)};
        for (const YamlEntry& item : entry->value.entries) {
            const std::string name = std::string{key} + "." + item.key;
            auto text = value_of(item.value, name, item.line, "text");
            if (!text) continue;
            const bool from_file = field.reads_files && item.key.ends_with(kFileSuffix);
            if (from_file) text = file_content(*text, name, item.line);
            if (!text) continue;
            field.insert(from_file ? item.key.substr(0, item.key.size() - kFileSuffix.size()) : item.key,
                         *std::move(text));
        }
    }

    void sections(std::string_view key, const Sections& field, Presence presence) override {
        const YamlEntry* entry = find(key);
        const bool required = presence == Presence::kRequired;
        if (entry == nullptr) return required ? mistake(line_, key, "missing; expected a list") : void();
        if (entry->value.kind != YamlNode::Kind::kList) return mistake(entry->line, key, "expected a list");
        const auto& items = entry->value.items;
        if (items.empty() && required) return mistake(entry->line, key, "expected one item at least");
        field.resize(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            const std::string name = std::string{key} + "[" + std::to_string(i) + "]";
            if (items[i].kind != YamlNode::Kind::kMap)
                mistake(items[i].line, name, "expected nested keys");
            else
                read_map(items[i], items[i].line, child(name), [&](Keys& keys) { field.describe(i, keys); });
        }
    }

  private:
    static std::string join(const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words) text.append(text.empty() ? "" : ", ").append(word);
        return text;
    }

    static std::string wrong(const YamlNode& node, const std::string& expected) {
        // The text as written, not what it expanded to: that may be a secret.
        return "expected " + expected + ", not " + show(node.scalar);
    }

    void read_map(const YamlNode& node, int line, std::string path, const Describe& describe) {
        ReadingKeys nested{context_, node, line, std::move(path)};
        describe(nested);
        nested.report_unknown();
    }

    void read_scalar(const YamlEntry& entry, const Scalar& field) {
        const auto text = value_of(entry.value, entry.key, entry.line, field.expected);
        if (!text || field.read(*text)) return;
        mistake(entry.line, entry.key,
                field.is_secret ? "is empty; expected " + field.expected : wrong(entry.value, field.expected));
    }

    void read_scalar_file(const YamlEntry& entry, const Scalar& field) {
        const auto path = value_of(entry.value, entry.key, entry.line, "the path of a file");
        if (!path) return;
        const auto text = file_content(*path, entry.key, entry.line);
        if (text && !field.read(*text)) mistake(entry.line, entry.key, "the file is empty; expected " + field.expected);
    }

    std::optional<std::string> file_content(const std::string& path, std::string_view key, int line) {
        auto text = read_secret(path);
        if (text) return *std::move(text);
        mistake(line, key, text.error().message);
        return std::nullopt;
    }

    std::optional<std::string> value_of(const YamlNode& node, std::string_view key, int line,
                                        const std::string& expected) {
        if (node.kind != YamlNode::Kind::kScalar) {
            const bool empty = node.kind == YamlNode::Kind::kNull;
            mistake(line, key, empty ? "is empty; expected " + expected : "expected " + expected);
            return std::nullopt;
        }
        auto text = expand(node.scalar, context_.environment);
        if (text) return *std::move(text);
        mistake(line, key, text.error().message + "; expected " + expected);
        return std::nullopt;
    }

    const YamlEntry* find(std::string_view key) {
        known_.emplace_back(key);
        const auto found = std::ranges::find(node_.entries, key, &YamlEntry::key);
        return found == node_.entries.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string child(std::string_view key) const {
        return path_.empty() ? std::string{key} : path_ + "." + std::string{key};
    }

    void mistake(int line, std::string_view key, std::string what) {
        context_.mistakes.push_back({line, child(key), std::move(what)});
    }

    Context context_;
    const YamlNode& node_;
    int line_;
    std::string path_;
    std::vector<std::string> known_;
    std::size_t mistakes_before_ = 0;
    std::size_t required_ = 0;  // mistakes that `require` told
    bool rest_is_elsewhere_ = false;
};

}  // namespace

std::vector<Mistake> read_text(std::string_view text, const Environment& environment, const Keys::Describe& describe) {
    auto parsed = parse_yaml(text);
    if (auto* mistake = std::get_if<Mistake>(&parsed)) return {std::move(*mistake)};
    auto& root = std::get<YamlNode>(parsed);
    if (root.kind == YamlNode::Kind::kNull) root.kind = YamlNode::Kind::kMap;
    if (root.kind != YamlNode::Kind::kMap) return {{root.line, "", "expected nested keys"}};
    std::vector<Mistake> mistakes;
    ReadingKeys keys{{environment, mistakes}, root, 1, ""};
    describe(keys);
    keys.report_unknown();
    return mistakes;
}

std::vector<Mistake> read_file(const std::string& path, const Environment& environment,
                               const Keys::Describe& describe) {
    const auto text = read_text_file(path, YamlLimits{}.bytes);
    if (!text) return {{0, "", text.error().message}};
    return read_text(*text, environment, describe);
}

}  // namespace strongroom::config
