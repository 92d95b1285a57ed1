#include "shared/config/yaml_tree.hpp"

#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace strongroom::config {
namespace {

/// Builds the tree from the parser's events. A Mistake is thrown to leave the parser and caught in parse_yaml.
class TreeBuilder final : public YAML::EventHandler {
  public:
    explicit TreeBuilder(const YamlLimits& limits) : limits_{limits} {}

    YamlNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(mark, "aliases are not supported"); }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        if (awaits_key()) refuse(mark, "a key is empty");
        add(mark, anchor, "", YamlNode::Kind::kNull);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        if (awaits_key()) {
            check(mark, anchor, tag);
            open_.back()->entries.push_back({.key = value, .line = line_of(mark)});
            key_is_next_.back() = false;
            return;
        }
        add(mark, anchor, tag, YamlNode::Kind::kScalar).scalar = value;
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, anchor, tag, YamlNode::Kind::kList);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, anchor, tag, YamlNode::Kind::kMap);
    }
    void OnMapEnd() override { close(); }

  private:
    static int line_of(const YAML::Mark& mark) { return mark.line + 1; }
    [[noreturn]] static void refuse(const YAML::Mark& mark, std::string what) {
        throw Mistake{line_of(mark), "", std::move(what)};
    }

    [[nodiscard]] bool awaits_key() const { return !open_.empty() && key_is_next_.back(); }

    void check(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag) {
        if (anchor != YAML::NullAnchor) refuse(mark, "anchors are not supported");
        if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, "tags are not supported");
        if (++nodes_ > limits_.nodes) refuse(mark, "more than " + std::to_string(limits_.nodes) + " values");
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag, YamlNode::Kind kind) {
        if (awaits_key()) refuse(mark, "a key must be plain text");
        if (open_.size() >= limits_.depth) {
            refuse(mark, "nested deeper than " + std::to_string(limits_.depth) + " levels");
        }
        open_.push_back(&add(mark, anchor, tag, kind));
        key_is_next_.push_back(kind == YamlNode::Kind::kMap);
    }

    void close() {
        open_.pop_back();
        key_is_next_.pop_back();
    }

    YamlNode& add(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag, YamlNode::Kind kind) {
        check(mark, anchor, tag);
        YamlNode& node = place();
        node.kind = kind;
        node.line = line_of(mark);
        return node;
    }

    /// Where the next value belongs. A node's address is stable while it is open: its siblings come after it has
    /// closed.
    YamlNode& place() {
        if (open_.empty()) return root_;
        YamlNode& parent = *open_.back();
        if (parent.kind == YamlNode::Kind::kList) return parent.items.emplace_back();
        key_is_next_.back() = true;
        return parent.entries.back().value;
    }

    const YamlLimits& limits_;
    YamlNode root_;
    std::vector<YamlNode*> open_;
    std::vector<bool> key_is_next_;
    std::size_t nodes_ = 0;
};

}  // namespace

std::variant<YamlNode, Mistake> parse_yaml(std::string_view text, const YamlLimits& limits) {
    if (text.size() > limits.bytes) return Mistake{0, "", "larger than " + std::to_string(limits.bytes) + " bytes"};
    if (text.find('\0') != std::string_view::npos) return Mistake{0, "", "holds a NUL byte: not a text file"};
    try {
        std::istringstream stream{std::string{text}};
        YAML::Parser parser{stream};
        TreeBuilder builder{limits};
        parser.HandleNextDocument(builder);
        TreeBuilder second{limits};
        if (parser.HandleNextDocument(second)) return Mistake{0, "", "holds more than one document"};
        return builder.take();
    } catch (const Mistake& mistake) {
        return mistake;
    } catch (const YAML::Exception& error) {
        return Mistake{error.mark.line + 1, "", "not valid YAML: " + error.msg};
    }
}

}  // namespace strongroom::config
