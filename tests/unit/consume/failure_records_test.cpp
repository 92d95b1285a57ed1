#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_support/fake_time.hpp"
#include "worker/consume/dead_letter.hpp"
#include "worker/consume/retry_tiers.hpp"

namespace strongroom::consume {
namespace {

using namespace std::chrono_literals;
using records::find_header;
using records::find_number;

struct ReceiptsOnly final : WorkHandler {
    Task<HandlerResult> handle(const Delivery&) override { co_return HandlerResult{}; }
    kafka::OutboundRecord dead_letter_receipt(const Delivery& delivery, const Subject& subject,
                                              const Failure& failure) override {
        return {.topic = "p.receipts",
                .key = subject.work_item,
                .value = std::to_string(delivery.attempt) + " " + std::string{to_string(failure.kind)}};
    }
};

class FailureRecords : public testing::Test {
  protected:
    static InFlightPtr item(records::RecordHeaders headers = {}) {
        auto made = std::make_shared<InFlight>();
        made->record = {.at = {"p.events", 3},
                        .offset = 41,
                        .timestamp_ms = 1'000,
                        .key = "k",
                        .value = std::string{"\0\xffvalue", 7},
                        .headers = std::move(headers)};
        made->attempt = attempt_of(made->record);
        return made;
    }
    static Failure failure(FailureKind kind, Stage stage = Stage::kResolve) {
        return {.kind = kind, .dependency = Dependency::kApi, .stage = stage, .message = "500 of GET media"};
    }
    [[nodiscard]] std::string ms(std::chrono::milliseconds later = 0ms) const {
        return std::to_string((time_.wall_now() + later).time_since_epoch().count());
    }
    kafka::OutboundRecord retry(const InFlightPtr& from, const Failure& why, RetryTiers::Passage passage) {
        std::vector<kafka::OutboundRecord> records;
        append_records(*tiers_.retried(from, subject_, why, passage, time_.wall_now()), time_.wall_now(), records);
        return records.back();
    }

    test::FakeTime time_;
    ReceiptsOnly handler_;
    Subject subject_{.tenant = "acme", .work_item = "media/1", .event_id = "e1"};
    RetryTiers tiers_{records::TopicNames{"p"}, {30s, 5min, 1h}};
    DeadLetters dead_letters_{"p.dead-letter", handler_, "g"};
};

TEST_F(FailureRecords, ARetryRecordKeepsKeyValueAndForeignHeadersAndSaysWhatFailed) {
    const auto record = retry(item({{"x", "1"}, {"x", "2"}}), failure(FailureKind::kTransient), {1, true, 0ms});
    EXPECT_EQ(record.topic, "p.retry.5m");
    EXPECT_EQ(record.key, "k");
    EXPECT_EQ(record.value, (std::string{"\0\xffvalue", 7}));
    EXPECT_EQ(record.headers[0], (std::pair<std::string, std::string>{"x", "1"}));
    EXPECT_EQ(record.headers[1], (std::pair<std::string, std::string>{"x", "2"}));
    const std::pair<const char*, std::string> expected[] = {{"sr-attempt", "1"},
                                                            {"sr-not-before", ms(5min)},
                                                            {"sr-first-failure-at", ms()},
                                                            {"sr-origin-topic", "p.events"},
                                                            {"sr-origin-partition", "3"},
                                                            {"sr-origin-offset", "41"},
                                                            {"sr-origin-timestamp", "1000"},
                                                            {"sr-failure-kind", "transient"},
                                                            {"sr-failure-dependency", "api"},
                                                            {"sr-failure-stage", "resolve"},
                                                            {"sr-failure-message", "500 of GET media"},
                                                            {"sr-tenant", "acme"},
                                                            {"sr-work-item", "media/1"},
                                                            {"sr-event-id", "e1"}};
    for (const auto& [name, value] : expected) EXPECT_EQ(find_header(record.headers, name), value) << name;
    EXPECT_EQ(record.headers.size(), 2 + std::size(expected));
}

TEST_F(FailureRecords, HeadersAreReplacedNeverAccumulatedAndTheOriginStays) {
    auto record = retry(item({{"x", "1"}}), failure(FailureKind::kTransient), {0, true, 0ms});
    const auto count = record.headers.size();
    const auto first_failure = ms();
    time_.advance(30s);
    for (int passage = 2; passage <= 5; ++passage) {
        auto again = item(record.headers);
        again->record.at = {"p.retry.30s", 0};
        record = retry(again, failure(FailureKind::kTransient), {0, true, 0ms});
        EXPECT_EQ(find_number(record.headers, "sr-attempt"), passage);
    }
    EXPECT_EQ(record.headers.size(), count);
    EXPECT_EQ(find_header(record.headers, "sr-origin-topic"), "p.events");
    EXPECT_EQ(find_header(record.headers, "sr-first-failure-at"), first_failure);
}

TEST_F(FailureRecords, UncountedPassagesLeaveTheAttemptAsItWas) {
    EXPECT_EQ(find_header(retry(item(), failure(FailureKind::kThrottled), {0, false, 0ms}).headers, "sr-attempt"),
              std::nullopt);
    EXPECT_EQ(find_number(retry(item({{"sr-attempt", "4"}}), failure(FailureKind::kOutage), {0, false, 0ms}).headers,
                          "sr-attempt"),
              4);
}

TEST_F(FailureRecords, NotReadyCountsFromTheFirstTimeAndWithoutOutages) {
    const auto since = ms();
    auto record = retry(item(), failure(FailureKind::kNotReady), {0, false, 0ms});
    EXPECT_EQ(find_header(record.headers, "sr-not-ready-since"), since);
    time_.advance(10min);
    record = retry(item(record.headers), failure(FailureKind::kNotReady), {1, false, 0ms});
    EXPECT_EQ(find_header(record.headers, "sr-not-ready-since"), since);
    const auto before = *find_number(record.headers, "sr-not-ready-since");
    record = retry(item(record.headers), failure(FailureKind::kOutage), {0, false, 60s});
    EXPECT_EQ(find_number(record.headers, "sr-not-ready-since"), before + 60'000 + 30'000);
}

TEST_F(FailureRecords, TheWriteBacksBudgetBeginsWithItsOwnFirstFailure) {
    auto record = retry(item(), failure(FailureKind::kNotReady), {0, false, 0ms});
    time_.advance(10h);
    const auto at_write_back = failure(FailureKind::kNotReady, Stage::kWriteBack);
    auto again = item(record.headers);
    EXPECT_EQ(not_ready_since(*again, at_write_back, time_.wall_now()), time_.wall_now());
    record = retry(again, at_write_back, {0, false, 0ms});
    const auto since = time_.wall_now();
    time_.advance(40min);
    EXPECT_EQ(not_ready_since(*item(record.headers), at_write_back, time_.wall_now()), since);
}

TEST_F(FailureRecords, LongMessagesAreCutAtACharacter) {
    auto why = failure(FailureKind::kTransient);
    why.message = std::string(1'023, 'a') + "\xc3\xa9 and more";
    EXPECT_EQ(find_header(retry(item(), why, {0, true, 0ms}).headers, "sr-failure-message"), std::string(1'023, 'a'));
}

TEST_F(FailureRecords, ADeadLetterHasTheRecordAsItCameAndOneReceipt) {
    const auto outcome = dead_letters_.dead_lettered(item({{"sr-attempt", "9"}, {"sr-not-before", "5"}}), subject_,
                                                     failure(FailureKind::kTransient), {}, time_.wall_now());
    ASSERT_EQ(outcome->records.size(), 2U);
    EXPECT_EQ(outcome->records[0].topic, "p.receipts");
    EXPECT_EQ(outcome->records[0].value, "10 transient");
    const auto& letter = outcome->records[1];
    EXPECT_EQ(letter.topic, "p.dead-letter");
    EXPECT_EQ(letter.key, "k");
    EXPECT_EQ(letter.value, (std::string{"\0\xffvalue", 7}));
    EXPECT_EQ(find_number(letter.headers, "sr-attempt"), 10);
    EXPECT_EQ(find_header(letter.headers, "sr-not-before"), std::nullopt);
}

TEST_F(FailureRecords, TheHandlersOwnReceiptsReplaceThePlainOne) {
    const auto outcome =
        dead_letters_.dead_lettered(item(), subject_, failure(FailureKind::kNotReady, Stage::kWriteBack),
                                    {{.topic = "p.receipts", .value = "unlinked"}}, time_.wall_now());
    ASSERT_EQ(outcome->records.size(), 2U);
    EXPECT_EQ(outcome->records[0].value, "unlinked");
}

TEST_F(FailureRecords, ARefusedOutcomeIsReducedStepByStepAndKeepsOneReceipt) {
    const auto from = item({{"foreign", std::string(5'000, 'f')}});
    from->record.value = std::string(3'000, 'v');
    from->record.key = std::string(2'000, 'k');
    Outcome outcome{
        .item = from, .records = {{.topic = "p.receipts", .value = std::string(9'000, 'r')}}, .subject = subject_};
    const Failure refusal{.kind = FailureKind::kPermanent, .dependency = Dependency::kKafka, .message = "too large"};
    const auto reduce = [&] { return dead_letters_.reduce(outcome, refusal, time_.wall_now()); };

    ASSERT_TRUE(reduce());
    EXPECT_EQ(outcome.kind, OutcomeKind::kDeadLettered);
    ASSERT_EQ(outcome.records.size(), 2U);
    EXPECT_EQ(outcome.records[0].value, "1 permanent");
    EXPECT_EQ(outcome.records[1].value, from->record.value);
    EXPECT_EQ(find_header(outcome.records[1].headers, "sr-failure-message"), "too large");
    EXPECT_TRUE(find_header(outcome.records[1].headers, "foreign"));

    ASSERT_TRUE(reduce());
    ASSERT_EQ(outcome.records.size(), 2U);
    EXPECT_EQ(outcome.records[1].value->size(), 1'024U);
    EXPECT_EQ(find_number(outcome.records[1].headers, kValueTruncated), 3'000);
    EXPECT_FALSE(find_header(outcome.records[1].headers, "foreign"));

    ASSERT_TRUE(reduce());
    EXPECT_EQ(outcome.records[1].value, "");
    EXPECT_EQ(outcome.records[1].key, std::nullopt);
    EXPECT_EQ(find_number(outcome.records[1].headers, kValueTruncated), 3'000);
    EXPECT_FALSE(reduce());
}

TEST_F(FailureRecords, NonsenseInHeadersIsTakenForNothing) {
    EXPECT_EQ(attempt_of(item({{"sr-attempt", "many"}})->record), 1);
    EXPECT_EQ(attempt_of(item({{"sr-attempt", "-5"}})->record), 1);
    EXPECT_EQ(not_before(item({{"sr-not-before", "soon"}})->record), std::nullopt);
}

}  // namespace
}  // namespace strongroom::consume
