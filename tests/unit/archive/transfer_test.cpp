#include "worker/archive/transfer.hpp"

#include <gtest/gtest.h>

#include "archive/fake_source.hpp"
#include "archive/fake_store.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::archive {
namespace {

class OneKey final : public keys::KeyProvider {
  public:
    [[nodiscard]] const crypto::NamedKey& active() const override { return key_; }
    [[nodiscard]] const crypto::NamedKey* find(std::string_view) const override { return &key_; }

  private:
    crypto::NamedKey key_{"k1", Secret{std::string(32, 'k')}};
};

std::string pattern(std::size_t bytes) {
    std::string text(bytes, '\0');
    for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
    return text;
}

class TransferTest : public ::testing::Test {
  protected:
    Result<Transferred> run(crypto::Format format = crypto::Format::kV3, std::optional<std::uint64_t> announced = {}) {
        Transfer transfer{{keys, random, rings, buffered}};
        genesys::MediaLocation location{"http://media/x?signature=1", "audio/wav", announced, {}};
        object_store::NewObject object{.bucket = "b", .key = "k", .content_type = {}, .metadata = {{"sr-item", "i"}}};
        return strongroom::test::run_task(context,
                                          transfer.run(source, store, limits, format, location, std::move(object)));
    }

    /// Decrypts what lies in the store.
    std::string opened() {
        const auto& entry = store.objects.at("k");
        auto cipher = crypto::open(entry.head.metadata, [this](std::string_view) { return &keys.active(); });
        std::string plain(entry.body.size() - 16, '\0');
        cipher->update(as_bytes(entry.body).first(plain.size()), reinterpret_cast<std::byte*>(plain.data()));
        crypto::GcmTag tag;
        std::copy_n(as_bytes(entry.body).end() - 16, 16, tag.begin());
        EXPECT_TRUE(cipher->verify(tag));
        return plain;
    }

    boost::asio::io_context context;
    test::FakeSource source;
    test::FakeStore store;
    OneKey keys;
    strongroom::test::CountingRandom random;
    RingPool rings{1U << 17U};
    Semaphore buffered{context.get_executor(), 1};
    TransferLimits limits;
};

TEST_F(TransferTest, StoresBodiesOfAnyLengthInEveryWayAndFormat) {
    limits.single_put_max = {200'000};
    limits.part_size = {65'536};
    for (const crypto::Format format : {crypto::Format::kV3, crypto::Format::kOrigin}) {
        for (const std::size_t size : {0U, 1U, 16U, 131'072U, 199'984U, 199'985U, 300'000U}) {
            for (const bool known : {true, false}) {
                store.objects.clear();
                const std::string body = pattern(size);
                source.answers = {
                    {.body = body, .content_length = known ? std::optional{size} : std::nullopt, .chunk = 16'000}};
                const auto moved = run(format);
                ASSERT_TRUE(moved) << size << describe(moved.error());
                EXPECT_EQ(moved->plain_bytes, size);
                EXPECT_EQ(moved->stored_bytes, size + 16);
                EXPECT_EQ(opened(), body);
                EXPECT_EQ(store.objects.at("k").head.metadata.at("sr-item"), "i");
            }
        }
    }
}

TEST_F(TransferTest, CutsLongBodiesIntoParts) {
    limits.single_put_max = {1000};
    limits.part_size = {100'000};
    source.answers = {{.body = pattern(250'000), .content_length = 250'000}};
    ASSERT_TRUE(run());
    EXPECT_EQ(store.part_sizes, (std::vector<std::size_t>{100'000, 100'000, 50'016}));
}

TEST_F(TransferTest, LeavesNothingVisibleOfABodyThatWasWrong) {
    struct Case {
        test::SourceAnswer answer;
        std::optional<std::uint64_t> announced;
        Cause cause;
    };
    const Failure reset{.kind = FailureKind::kTransient, .cause = Cause::kConnect, .message = "reset"};
    const Case cases[] = {{{.body = pattern(900), .content_length = 1000}, {}, Cause::kTruncated},
                          {{.body = pattern(1100), .content_length = 1000}, {}, Cause::kTruncated},
                          {{.body = pattern(1000), .content_length = 1000}, 1001, Cause::kTruncated},
                          {{.body = pattern(900)}, 1000, Cause::kTruncated},
                          {{.body = pattern(300'000), .content_length = 400'000, .broken = reset}, {}, Cause::kConnect},
                          {{.body = pattern(300'000), .broken = reset}, {}, Cause::kConnect},
                          {{.status = 403}, {}, Cause::kUrlExpired},
                          {{.status = 404}, {}, Cause::kNotFound},
                          {{.status = 500}, {}, Cause::kOther}};
    for (const std::uint64_t single_put_max : {1'000'000U, 100U}) {
        limits.single_put_max = {single_put_max};
        limits.part_size = {65'536};
        for (const Case& c : cases) {
            source.answers = {c.answer};
            const auto moved = run(crypto::Format::kV3, c.announced);
            ASSERT_FALSE(moved);
            EXPECT_EQ(moved.error().cause, c.cause) << describe(moved.error());
            EXPECT_EQ(moved.error().dependency, Dependency::kSource);
            EXPECT_TRUE(store.objects.empty());
        }
    }
}

TEST_F(TransferTest, ReportsTheStoresRefusalAndEndsTheDownload) {
    for (const std::uint64_t size : {100U, 400'000U}) {
        store.refusals = {{.kind = FailureKind::kThrottled, .dependency = Dependency::kStore, .message = "SlowDown"}};
        source.answers = {{.body = pattern(size), .content_length = size}};
        const auto moved = run();
        ASSERT_FALSE(moved);
        EXPECT_EQ(moved.error().kind, FailureKind::kThrottled);
        EXPECT_EQ(moved.error().message, "SlowDown");
    }
}

TEST_F(TransferTest, AbortsAMultipartUploadThatCannotBeCompleted) {
    limits.single_put_max = {1000};
    limits.part_size = {100'000};
    store.objects["k"] = {};
    source.answers = {{.body = pattern(250'000), .content_length = 250'000}};
    const auto moved = run();
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().cause, Cause::kPreconditionFailed);
    EXPECT_EQ(store.aborted, 1);
}

}  // namespace
}  // namespace strongroom::archive
