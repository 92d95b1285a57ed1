#include "worker/archive/archive_pipeline.hpp"

#include <gtest/gtest.h>

#include "archive/fake_source.hpp"
#include "archive/fake_store.hpp"
#include "shared/base/units.hpp"
#include "shared/records/event_codec.hpp"
#include "shared/records/receipt_codec.hpp"
#include "test_support/fake_claims.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::archive {
namespace {

using records::ReceiptStatus;

class OneKey final : public keys::KeyProvider {
  public:
    [[nodiscard]] const crypto::NamedKey& active() const override { return key_; }
    [[nodiscard]] const crypto::NamedKey* find(std::string_view) const override { return &key_; }

  private:
    crypto::NamedKey key_{"k1", Secret{std::string(32, 'k')}};
};

/// Answers in the order scripted, then always with success.
class ScriptedPlatform final : public genesys::MediaPlatform {
  public:
    std::deque<Failure> resolve_failures;
    std::deque<Failure> link_failures;
    std::optional<WallTime> started_at;
    int resolves = 0;
    std::vector<std::map<std::string, std::string>> links;

    Task<Result<genesys::MediaLocation>> resolve(std::string id) override {
        ++resolves;
        if (auto failure = next(resolve_failures)) co_return std::move(*failure);
        co_return genesys::MediaLocation{"http://media/" + id, "audio/wav", std::nullopt, started_at};
    }
    Task<Result<>> write_back(std::string, std::map<std::string, std::string> fields) override {
        if (auto failure = next(link_failures)) co_return std::move(*failure);
        links.push_back(std::move(fields));
        co_return Result<>{};
    }

  private:
    static std::optional<Failure> next(std::deque<Failure>& from) {
        if (from.empty()) return std::nullopt;
        Failure failure = std::move(from.front());
        from.pop_front();
        return failure;
    }
};

class Silent final : public ArchiveObserver {
  public:
    void stage_ended(Stage, std::chrono::steady_clock::duration) override {}
    void attempt_failed(const Failure&) override { ++failed_attempts; }
    void stored(const records::ArchivedObject&) override { ++stores; }
    void without_claim(const Failure&) override { ++unclaimed; }
    int failed_attempts = 0;
    int stores = 0;
    int unclaimed = 0;
};

class ArchivePipelineTest : public ::testing::Test {
  protected:
    ArchivePipelineTest() { source.answers = {{.body = "hello", .content_length = 5}}; }

    kafka::Record record(std::int64_t offset = 7, const std::string& media = "m-1",
                         const std::string& interaction = "i-1", const char* at = "2026-11-01T10:00:00Z") {
        records::Event event{.id = "e-" + std::to_string(offset),
                             .tenant = "acme",
                             .source = "test",
                             .occurred_at = parse_rfc3339(at).value(),
                             .subject = records::ArchivedMedia{media, interaction}};
        return {.at = {"t.events", 3},
                .offset = offset,
                .timestamp_ms = 5,
                .key = interaction,
                .value = records::encode_event(event)};
    }

    consume::HandlerResult handle(const kafka::Record& from, int attempt = 1, std::int64_t epoch = 1) {
        return strongroom::test::run_task(context, pipeline.handle({from, "group", epoch, attempt}));
    }

    /// The receipt of a settled record.
    records::Receipt settled(const consume::HandlerResult& result, std::size_t records = 2) {
        const auto* end = std::get_if<consume::Settled>(&result.end);
        if (end == nullptr) {
            ADD_FAILURE() << describe(std::get<consume::Failed>(result.end).failure);
            return {};
        }
        EXPECT_EQ(end->records.size(), records);
        return records::decode_receipt(*end->records.at(0).value).value();
    }
    Failure failed(const consume::HandlerResult& result) {
        const auto* end = std::get_if<consume::Failed>(&result.end);
        return end != nullptr ? end->failure : Failure{.message = "it did not fail"};
    }

    static object_store::KeyTemplate key(std::string_view text) {
        return object_store::KeyTemplate::parse(text).value();
    }

    boost::asio::io_context context;
    strongroom::test::FakeTime time;
    strongroom::test::CountingRandom random;
    std::mt19937_64 dice{1};
    test::FakeSource source;
    test::FakeStore store;
    ScriptedPlatform platform;
    strongroom::test::FakeClaimStore claimed;
    strongroom::test::FakeClaims claims{claimed, time, "me"};
    OneKey keys;
    Silent observer;
    RingPool rings{1U << 17U};
    Semaphore buffered{context.get_executor(), 1};
    Semaphore transfers{context.get_executor(), 2};
    Semaphore api_calls{context.get_executor(), 2};
    LeaseKeeper leases{claims, time, std::chrono::seconds{10}};
    Transfer transfer{{keys, random, rings, buffered}};
    ReceiptWriter receipts{records::TopicNames{"t"}, "pod-0/0", time};
    Tenants tenants = make_tenants();
    ArchivePipeline pipeline{
        {tenants, claims, leases, transfer, transfers, api_calls, keys, receipts, time, time, dice, observer}};

  private:
    Tenants make_tenants() {
        Tenants made;
        made.emplace("acme", Tenant{"acme",
                                    platform,
                                    source,
                                    store,
                                    {.bucket = "b", .key = key("archive/{yyyy}/{mm}/{dd}/{media_id}.enc")}});
        return made;
    }
};

TEST_F(ArchivePipelineTest, ArchivesLinksAndLeavesAReceiptAndAnIndexEntry) {
    const auto result = handle(record());
    const auto receipt = settled(result);
    EXPECT_EQ(receipt.status, ReceiptStatus::kArchived);
    EXPECT_EQ(receipt.work_item, "media/m-1");
    EXPECT_EQ(receipt.origin, (records::RecordOrigin{"t.events", 3, 7, 5}));
    ASSERT_EQ(receipt.objects.size(), 1U);
    EXPECT_EQ(receipt.objects[0].key, "archive/2026/11/01/m-1.enc");
    EXPECT_EQ(receipt.objects[0].plain_bytes, 5U);
    EXPECT_EQ(receipt.objects[0].key_id, "k1");
    ASSERT_EQ(platform.links.size(), 1U);
    EXPECT_EQ(platform.links[0].at("s3_archive_key"), "archive/2026/11/01/m-1.enc");
    EXPECT_EQ(platform.links[0].at("encryption_algorithm"), "AES-256-GCM");
    EXPECT_EQ(platform.links[0].at("archive_timestamp"), format_rfc3339(*receipt.objects[0].stored_at));
    const auto& records = std::get<consume::Settled>(result.end).records;
    EXPECT_EQ(records[0].topic, "t.receipts");
    EXPECT_EQ(records[0].key, "acme/media/m-1");
    EXPECT_EQ(records[1].topic, "t.archive");
}

TEST_F(ArchivePipelineTest, SettlesASecondEventWithoutADownload) {
    settled(handle(record(7)));
    const auto receipt = settled(handle(record(8)), 1);
    EXPECT_EQ(receipt.status, ReceiptStatus::kAlreadyArchived);
    EXPECT_EQ(receipt.objects.at(0).key, "archive/2026/11/01/m-1.enc");
    EXPECT_EQ(source.urls.size(), 1U);
    EXPECT_EQ(platform.links.size(), 1U);
}

TEST_F(ArchivePipelineTest, RedeliveryOfTheSameRecordIsStillItsOwnWork) {
    settled(handle(record(7)));
    const auto receipt = settled(handle(record(7), 1, 2));
    EXPECT_EQ(receipt.status, ReceiptStatus::kArchived) << "the first outcome was never committed";
    EXPECT_EQ(source.urls.size(), 1U);
}

TEST_F(ArchivePipelineTest, LinksASecondInteractionOfTheSameMedia) {
    settled(handle(record(7)));
    EXPECT_EQ(settled(handle(record(8, "m-1", "i-2")), 1).status, ReceiptStatus::kAlreadyArchived);
    EXPECT_EQ(platform.links.size(), 2U);
    EXPECT_EQ(platform.links[0], platform.links[1]) << "a repeat is identical";
    EXPECT_EQ(source.urls.size(), 1U);
}

TEST_F(ArchivePipelineTest, WithoutRedisNothingIsArchivedTwice) {
    settled(handle(record(7)));
    claimed.records.clear();
    const auto again = settled(handle(record(8, "m-1", "i-1", "2026-11-05T10:00:00Z")), 1);
    EXPECT_EQ(again.status, ReceiptStatus::kAlreadyArchived);
    EXPECT_EQ(again.objects.at(0).key, "archive/2026/11/01/m-1.enc") << "another date is not another name";
    EXPECT_EQ(source.urls.size(), 1U);
    claimed.down = true;
    EXPECT_EQ(settled(handle(record(9)), 1).status, ReceiptStatus::kAlreadyArchived);
    EXPECT_EQ(settled(handle(record(7))).status, ReceiptStatus::kArchived);
    EXPECT_EQ(observer.unclaimed, 2);
    EXPECT_EQ(store.objects.size(), 2U) << "the object and its index entry";
}

TEST_F(ArchivePipelineTest, AnItemThatHasADateOfItsOwnNeedsNoIndexObject) {
    platform.started_at = parse_rfc3339("2025-01-02T03:04:05Z").value();
    EXPECT_EQ(settled(handle(record())).objects.at(0).key, "archive/2025/01/02/m-1.enc");
    EXPECT_EQ(store.objects.size(), 1U);
}

TEST_F(ArchivePipelineTest, ResumesAtTheWriteBack) {
    const Failure gone{.kind = FailureKind::kNotReady, .cause = Cause::kNotFound, .message = "no such interaction"};
    platform.link_failures = {gone};
    const auto first = handle(record());
    const Failure failure = failed(first);
    EXPECT_EQ(failure.stage, Stage::kWriteBack);
    EXPECT_EQ(failure.dependency, Dependency::kApi);
    const auto& if_dead = std::get<consume::Failed>(first.end).records_if_dead;
    ASSERT_EQ(if_dead.size(), 2U);
    const auto unlinked = records::decode_receipt(*if_dead[0].value).value();
    EXPECT_EQ(unlinked.status, ReceiptStatus::kArchivedUnlinked);
    EXPECT_EQ(unlinked.objects.size(), 1U);
    EXPECT_EQ(settled(handle(record(), 2)).status, ReceiptStatus::kArchived);
    EXPECT_EQ(source.urls.size(), 1U) << "nothing was transferred again";
    EXPECT_EQ(store.puts, 2) << "the index object and the object, once each";
}

TEST_F(ArchivePipelineTest, ResolvesAgainWhenTheUrlHasExpired) {
    source.answers = {{.status = 403}, {.body = "hello", .content_length = 5}};
    settled(handle(record()));
    EXPECT_EQ(platform.resolves, 2);
}

TEST_F(ArchivePipelineTest, RepeatsTransientFailuresInPlaceAndThenReportsThem) {
    source.answers = {{.status = 500}};
    const Failure failure = failed(handle(record()));
    EXPECT_EQ(failure.kind, FailureKind::kTransient);
    EXPECT_EQ(failure.dependency, Dependency::kSource);
    EXPECT_EQ(failure.stage, Stage::kTransfer);
    EXPECT_EQ(source.urls.size(), 3U);
}

TEST_F(ArchivePipelineTest, WaitsOutASlowDownFiveTimes) {
    const Failure slow{.kind = FailureKind::kThrottled, .dependency = Dependency::kStore, .message = "SlowDown"};
    store.refusals = {slow, slow, slow, slow};
    settled(handle(record()));
    store.refusals = {slow, slow, slow, slow, slow};
    EXPECT_EQ(failed(handle(record(8, "m-2"))).kind, FailureKind::kThrottled);
}

TEST_F(ArchivePipelineTest, AKeyThatBelongsToAnotherItemIsPermanent) {
    tenants.at("acme").destination.key = key("same/{media_id}");
    store.objects["same/m-1"].head = {.bucket = "b",
                                      .key = "same/m-1",
                                      .version_id = {},
                                      .etag = {},
                                      .size = 100,
                                      .crc32c = {},
                                      .content_type = {},
                                      .last_modified = {},
                                      .metadata = {{"sr-item", "other/media/m-1"}}};
    const Failure failure = failed(handle(record()));
    EXPECT_EQ(failure.kind, FailureKind::kPermanent);
    EXPECT_EQ(failure.dependency, Dependency::kStore);
    EXPECT_NE(failure.message.find("key collision"), std::string::npos);
}

TEST_F(ArchivePipelineTest, WaitsForAClaimOfAnotherWorkerAndThenLetsTheRecordCirculate) {
    claimed.records["acme/media/m-1"] = {.owner = "other",
                                         .fence = 1,
                                         .lease = time.now() + std::chrono::hours{1},
                                         .origin = {"group", "t.events", 0, 1},
                                         .point = {}};
    const Failure failure = failed(handle(record()));
    EXPECT_EQ(failure.kind, FailureKind::kNotReady);
    EXPECT_EQ(failure.stage, Stage::kClaim);
    EXPECT_EQ(source.urls.size(), 0U);
}

TEST_F(ArchivePipelineTest, RefusedRecordsStillGetAReceipt) {
    auto bad = record();
    bad.value = "\xff not an event";
    const auto result = handle(bad);
    const Failure failure = failed(result);
    EXPECT_EQ(failure.kind, FailureKind::kPoison);
    EXPECT_EQ(failure.stage, Stage::kDecode);
    const auto dead = pipeline.dead_letter_receipt({bad, "group", 1, 1}, result.subject, failure);
    EXPECT_EQ(dead.key, "@t.events/3/7");
    EXPECT_EQ(records::decode_receipt(*dead.value)->status, ReceiptStatus::kDeadLettered);
    auto stranger = record();
    stranger.value = records::encode_event({.id = "e", .tenant = "who", .subject = records::ArchivedMedia{"m", "i"}});
    EXPECT_EQ(failed(handle(stranger)).kind, FailureKind::kNotReady);
}

}  // namespace
}  // namespace strongroom::archive
