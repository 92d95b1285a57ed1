#include "worker/archive/item_index.hpp"

#include <boost/json.hpp>

#include "shared/base/encoding.hpp"
#include "shared/crypto/digest.hpp"
#include "worker/archive/part_source.hpp"

namespace strongroom::archive {
namespace {

using object_store::ObjectStore;
constexpr std::size_t kMaxEntryBytes = 8192;

/// Collects a small object.
class EntrySink final : public http::ByteSink {
  public:
    Accept accept(std::span<const std::byte> bytes) override {
        if (text_.size() + bytes.size() > kMaxEntryBytes) return Accept::kAbort;
        text_.append(as_text(bytes));
        return Accept::kTaken;
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

std::string entry_text(const std::string& item, const std::string& key) {
    return boost::json::serialize(boost::json::object{{"item", item}, {"key", key}});
}

Result<ItemPlace> read_entry(const std::string& text, const std::string& item, const std::string& at) {
    boost::system::error_code error;
    const auto value = boost::json::parse(text, error);
    const auto* entry = error ? nullptr : value.if_object();
    const auto* named = entry != nullptr ? entry->if_contains("item") : nullptr;
    const auto* key = entry != nullptr ? entry->if_contains("key") : nullptr;
    if (named == nullptr || key == nullptr || !key->is_string() || *named != boost::json::value(item)) {
        return Failure{.kind = FailureKind::kPermanent,
                       .dependency = Dependency::kStore,
                       .stage = Stage::kTransfer,
                       .cause = Cause::kConflict,
                       .message = "index object " + at + " is not the entry of " + item + "; it was changed by hand"};
    }
    return ItemPlace{std::string{key->as_string()}, true};
}

}  // namespace

std::string index_key(const std::string& prefix, const std::string& qualified_item) {
    return prefix + ".items/" + hex_encode(crypto::sha256(as_bytes(qualified_item)));
}

Task<Result<ItemPlace>> fix_place(ObjectStore& store, std::string bucket, std::string prefix,
                                  std::string qualified_item, std::string proposed_key) {
    const std::string at = index_key(prefix, qualified_item);
    const std::string text = entry_text(qualified_item, proposed_key);
    MemorySource source{as_bytes(text)};
    const object_store::NewObject entry{
        .bucket = bucket, .key = at, .content_type = "application/json", .metadata = {}, .only_if_absent = true};
    const auto put = co_await store.put(entry, text.size(), source);
    if (put) co_return ItemPlace{std::move(proposed_key), false};
    if (put.error().cause != Cause::kPreconditionFailed) co_return put.error().at(Dependency::kStore, Stage::kTransfer);
    EntrySink sink;
    const auto got = co_await store.get(bucket, at, {}, sink);
    if (!got) co_return got.error().at(Dependency::kStore, Stage::kTransfer);
    co_return read_entry(sink.text(), qualified_item, at);
}

}  // namespace strongroom::archive
