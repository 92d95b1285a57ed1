#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/encoding.hpp"
#include "shared/crypto/digest.hpp"
#include "shared/crypto/envelope.hpp"
#include "shared/object_store/object_store.hpp"
#include "test_support/fake_time.hpp"

namespace strongroom::test {

/// A bucket in memory whose objects are set directly; only reading works. Replies can be made to fail.
class FakeStore final : public object_store::ObjectStore {
  public:
    struct Item {
        Bytes body;
        std::map<std::string, std::string> metadata;
        std::string etag = "etag-1";
        std::string crc32c{};  ///< what HEAD and GET say
    };

    std::map<std::string, Item> items;
    /// Failures of the next GETs, in order; then they work.
    std::vector<Failure> next_failures;
    std::size_t chunk = 7;
    std::size_t page = 2;
    int gets = 0;
    std::vector<std::string> if_matches;

    Task<Result<object_store::StoredObject>> head(std::string bucket, std::string key) override {
        co_return describe(bucket, key);
    }

    Task<Result<>> get(std::string bucket, std::string key, GetOptions options, http::ByteSink& sink) override {
        ++gets;
        if_matches.push_back(options.if_match);
        if (!next_failures.empty()) {
            Failure failure = next_failures.front();
            next_failures.erase(next_failures.begin());
            co_return failure;
        }
        const auto stored = describe(bucket, key);
        if (!stored) co_return stored.error();
        if (!options.if_match.empty() && options.if_match != stored->etag) {
            co_return Failure{.kind = FailureKind::kPermanent, .cause = Cause::kPreconditionFailed, .message = "412"};
        }
        if (auto accepted = options.on_head(*stored); !accepted) co_return accepted;
        co_return send(items.at(key).body, sink);
    }

    Task<Result<ListPage>> list(std::string /*bucket*/, std::string prefix, std::string continuation) override {
        ListPage result;
        for (auto item = items.upper_bound(continuation); item != items.end(); ++item) {
            if (!item->first.starts_with(prefix)) continue;
            if (result.objects.size() == page) {
                result.next = result.objects.back().key;
                break;
            }
            result.objects.push_back({.key = item->first, .size = item->second.body.size()});
        }
        co_return result;
    }

    Task<Result<object_store::PutResult>> put(object_store::NewObject /*object*/, std::uint64_t /*length*/,
                                              http::ByteSource& /*source*/) override {
        co_return Failure{};
    }
    Task<Result<std::string>> create_multipart(object_store::NewObject /*object*/) override { co_return Failure{}; }
    Task<Result<Part>> upload_part(std::string /*bucket*/, std::string /*key*/, std::string /*upload_id*/,
                                   int /*number*/, std::uint64_t /*length*/, http::ByteSource& /*source*/) override {
        co_return Failure{};
    }
    Task<Result<object_store::PutResult>> complete_multipart(std::string /*bucket*/, std::string /*key*/,
                                                             std::string /*upload_id*/, std::vector<Part> /*parts*/,
                                                             bool /*only_if_absent*/) override {
        co_return Failure{};
    }
    Task<Result<>> abort_multipart(std::string /*bucket*/, std::string /*key*/, std::string /*upload_id*/) override {
        co_return Failure{};
    }

  private:
    Result<object_store::StoredObject> describe(const std::string& bucket, const std::string& key) const {
        const auto item = items.find(key);
        if (item == items.end()) {
            return Failure{.kind = FailureKind::kPermanent, .cause = Cause::kNotFound, .message = "no such key"};
        }
        object_store::StoredObject stored;
        stored.bucket = bucket;
        stored.key = key;
        stored.etag = item->second.etag;
        stored.size = item->second.body.size();
        stored.crc32c = item->second.crc32c;
        stored.metadata = item->second.metadata;
        return stored;
    }

    Result<> send(const Bytes& body, http::ByteSink& sink) const {
        for (std::size_t i = 0; i < body.size(); i += chunk) {
            const auto piece = std::span{body}.subspan(i, std::min(chunk, body.size() - i));
            if (sink.accept(piece) != http::ByteSink::Accept::kTaken) {
                return Failure{.kind = FailureKind::kTransient, .cause = Cause::kCancelled, .message = "aborted"};
            }
        }
        return {};
    }
};

inline crypto::NamedKey audit_key(std::string id = "2026-11", char fill = 'k') {
    return {.id = std::move(id), .bytes = Secret{std::string(32, fill)}};
}

inline std::string crc32c_of(std::span<const std::byte> bytes) {
    crypto::Crc32c crc;
    crc.update(bytes);
    return crc.base64();
}

/// `plain` as the worker stores it; the store says its checksum.
inline FakeStore::Item sealed_item(crypto::Format format, std::string_view plain,
                                   const crypto::NamedKey& key = audit_key()) {
    CountingRandom random{42};
    crypto::Sealed sealed = crypto::seal(format, key, random);
    Bytes body(plain.size());
    sealed.cipher.update(as_bytes(plain), body.data());
    std::ranges::copy(sealed.cipher.finish(), std::back_inserter(body));
    return {.body = body, .metadata = sealed.metadata, .crc32c = crc32c_of(body)};
}

/// Finds one key by its id, and for objects that name none.
inline crypto::KeyLookup only_key(const crypto::NamedKey& key) {
    return [&key](std::string_view id) { return id.empty() || id == key.id ? &key : nullptr; };
}

}  // namespace strongroom::test
