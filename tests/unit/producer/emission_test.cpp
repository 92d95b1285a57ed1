#include "producer/emit/emission.hpp"

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/records/event_codec.hpp"
#include "shared/records/record_headers.hpp"
#include "test_support/fake_time.hpp"

namespace strongroom::emit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Acknowledges what it holds when served; records whose key has a failure end with that.
class FakeSink final : public EventSink {
  public:
    Result<> send(const kafka::OutboundRecord& record, OnEnd on_end) override {
        if (record.key == refused_at_once) return Failure{.kind = FailureKind::kPermanent, .message = "too large"};
        records.push_back(record);
        waiting.push_back(std::move(on_end));
        most_waiting = std::max(most_waiting, waiting.size());
        return {};
    }
    void serve(std::chrono::milliseconds wait) override {
        if (wait.count() == 0) return;
        for (const OnEnd& on_end : std::exchange(waiting, {})) on_end(end);
    }
    [[nodiscard]] std::size_t outstanding() const override { return waiting.size(); }

    std::vector<kafka::OutboundRecord> records;
    std::vector<OnEnd> waiting;
    std::size_t most_waiting = 0;
    std::optional<std::string> refused_at_once;
    Result<> end;
};

class EmissionTest : public testing::Test {
  protected:
    void emit(const std::string& text) {
        emission.read("f", [text, at = std::size_t{0}](char* into, std::size_t size) mutable -> Result<std::size_t> {
            const std::size_t count = std::min(size, text.size() - at);
            std::copy_n(text.data() + at, count, into);
            at += count;
            return count;
        });
        emission.finish();
    }
    static std::string line(int number) {
        const std::string id = std::to_string(number);
        return R"({"mediaId":"m-)" + id + R"(","interactionId":"i-)" + id + "\"}\n";
    }

    FakeSink sink;
    std::ostringstream told;
    std::ostringstream rejects;
    test::FakeTime time;
    bool is_stopping = false;
    Progress progress{told, false, time};
    Emission emission{{sink, progress, &rejects, time, [this] { return is_stopping; }},
                      {"acme", "sr.events"},
                      {.max_line = ByteCount{200}, .records_in_flight = 3}};
};

TEST_F(EmissionTest, SendsEachEventWithItsKeyAndHeaders) {
    emit(line(1) + "\n  \n" + line(2));
    ASSERT_EQ(sink.records.size(), 2U);
    const kafka::OutboundRecord& record = sink.records[0];
    EXPECT_EQ(record.topic, "sr.events");
    EXPECT_EQ(record.key, "i-1");
    const auto event = records::decode_event(*record.value).value();
    EXPECT_EQ(event.received_at, time.wall_now());
    EXPECT_EQ(records::find_header(record.headers, records::header::kEventId), event.id);
    EXPECT_EQ(records::find_header(record.headers, records::header::kWorkItem), "media/m-1");
    EXPECT_EQ(to_text(emission.tally(), false), "2 lines: 2 acknowledged");
    EXPECT_TRUE(emission.tally().is_clean());
    EXPECT_EQ(told.str(), "");
}

TEST_F(EmissionTest, TellsAndKeepsBadLinesAndGoesOn) {
    const std::string huge(100'000, 'x');
    emit("nonsense\r\n" + line(1) + huge + "\n" + R"({"mediaId":"m"})" + "\n" + R"({"eventType":"chat"})" + "\n" +
         line(2));
    EXPECT_EQ(rejects.str(), "nonsense\n" + huge + "\n" + R"({"mediaId":"m"})" + "\n");
    EXPECT_THAT(told.str(), HasSubstr("f:1: not valid JSON"));
    EXPECT_THAT(told.str(), HasSubstr("f:3: longer than 200 bytes\n"));
    EXPECT_THAT(told.str(), HasSubstr("f:4: interactionId is missing\n"));
    EXPECT_EQ(to_text(emission.tally(), false), "6 lines: 2 acknowledged, 1 skipped (1 eventType is not media), 3 bad");
    EXPECT_FALSE(emission.tally().is_clean());
}

TEST_F(EmissionTest, KeepsNoMoreInFlightThanAllowed) {
    std::string text;
    for (int i = 0; i < 50; ++i) text += line(i);
    emit(text);
    EXPECT_EQ(sink.most_waiting, 3U);
    EXPECT_EQ(emission.tally().acknowledged, 50U);
}

TEST_F(EmissionTest, ARefusedRecordIsKeptAndTheRestGoes) {
    sink.refused_at_once = "i-2";
    emit(line(1) + line(2) + line(3));
    EXPECT_EQ(rejects.str(), line(2));
    EXPECT_EQ(told.str(), "f:2: not sent: too large\n");
    EXPECT_EQ(to_text(emission.tally(), false), "3 lines: 2 acknowledged, 1 failed");
    EXPECT_FALSE(emission.is_broken());
}

TEST_F(EmissionTest, StopsReadingWhenTheBrokerDoesNotAnswer) {
    sink.end = Failure{.kind = FailureKind::kTransient, .message = "timed out"};
    std::string text;
    for (int i = 0; i < 50; ++i) text += line(i);
    emit(text);
    EXPECT_TRUE(emission.is_broken());
    EXPECT_EQ(emission.tally().failed, 4U);
    EXPECT_EQ(emission.tally().sent, 3U);
    EXPECT_EQ(rejects.str(), line(0) + line(1) + line(2) + line(3));
    EXPECT_EQ(told.str(), "f:1: not sent: timed out\n");
}

TEST_F(EmissionTest, AStopStillWaitsForAcknowledgements) {
    emission.read("f", [this](char* into, std::size_t) -> Result<std::size_t> {
        const std::string text = line(1) + line(2);
        std::ranges::copy(text, into);
        is_stopping = true;
        return text.size();
    });
    emission.finish();
    EXPECT_EQ(emission.tally().acknowledged, 1U);
}

TEST(Tally, IsShownAsJson) {
    Tally tally{.lines = 3, .sent = 1, .acknowledged = 1, .bad = 1};
    tally.skipped["status is not complete"] = 1;
    EXPECT_EQ(to_json(tally, "sr.events", true),
              R"({"topic":"sr.events","dry_run":true,"lines":3,"sent":1,"acknowledged":1,"failed":0,"bad":1,)"
              R"("skipped":{"status is not complete":1}})");
    EXPECT_EQ(to_text(tally, true), "3 lines: 1 would be sent, 1 skipped (1 status is not complete), 1 bad");
}

}  // namespace
}  // namespace strongroom::emit
