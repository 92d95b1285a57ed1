#include "auditor/verify_targets.hpp"

#include <cerrno>
#include <system_error>

namespace strongroom::auditor {
namespace {

using Next = Result<std::optional<Target>>;

Failure unreadable_list(const std::string& path, std::string_view problem) {
    Failure failure{.kind = FailureKind::kPermanent};
    failure.message.append(path).append(": ").append(problem);
    return failure;
}

Next target(ObjectLocation location) {
    return std::optional{Target{.location = std::move(location)}};
}

/// `<prefix>/.items/<hash>`: what the workers keep beside the archive to find an item's key again. It holds no media,
/// and an item's own ids never begin with a dot.
bool is_index_entry(std::string_view key) {
    return key.starts_with(".items/") || key.find("/.items/") != std::string_view::npos;
}

}  // namespace

Task<Next> NamedTargets::next() {
    if (at_ == locations_.size()) co_return std::nullopt;
    co_return target(locations_[at_++]);
}

Task<Next> PrefixTargets::next() {
    for (;;) {
        while (at_ < page_.size() && is_index_entry(page_[at_].key)) ++at_;
        if (at_ < page_.size()) break;
        if (last_page_) co_return std::nullopt;
        auto page = co_await store_.list(prefix_.bucket, prefix_.key, continuation_);
        if (!page) co_return page.error();
        page_ = std::move(page->objects);
        at_ = 0;
        last_page_ = page->next.empty();
        continuation_ = std::move(page->next);
    }
    co_return target({.bucket = prefix_.bucket, .key = page_[at_++].key});
}

Result<FileTargets> FileTargets::open(const std::string& path) {
    std::ifstream lines{path};
    if (!lines) return unreadable_list(path, std::generic_category().message(errno));
    return FileTargets{path, std::move(lines)};
}

Task<Next> FileTargets::next() {
    std::string text;
    while (std::getline(lines_, text)) {
        ++line_;
        if (text.ends_with('\r')) text.pop_back();
        if (text.empty() || text.starts_with('#')) continue;
        auto location = parse_object(text);
        if (!location) co_return unreadable_list(path_ + ":" + std::to_string(line_), location.error().message);
        co_return target(std::move(*location));
    }
    if (lines_.bad()) co_return unreadable_list(path_, "the read failed");
    co_return std::nullopt;
}

}  // namespace strongroom::auditor
