#include "producer/normalise/normaliser.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/base/units.hpp"
#include "shared/records/event_codec.hpp"

namespace strongroom::normalise {
namespace {

using testing::HasSubstr;

const Intake kIntake{
    .tenant = "acme", .source = "emit", .received_at = parse_rfc3339("2026-11-21T09:30:45.013Z").value()};

Result<Normalised> of(std::string_view json) {
    return normalise(json, kIntake);
}

records::Event event_of(std::string_view json) {
    const auto result = of(json);
    EXPECT_TRUE(result) << json << ": " << (result ? "" : result.error().message);
    return result ? std::get<records::Event>(*result) : records::Event{};
}

std::string reason_of(std::string_view json) {
    const auto result = of(json);
    if (!result) return "bad: " + result.error().message;
    const auto* skipped = std::get_if<Skipped>(&*result);
    return skipped == nullptr ? "an event" : skipped->reason;
}

TEST(Normaliser, AcceptsEveryShape) {
    for (const std::string_view json :
         {R"({"mediaId":"m-1","interactionId":"i-1"})",
          R"({"mediaId":"m-1","interactionId":"i-1","eventType":"media","status":"complete","more":[1,{"x":null}]})",
          R"({"data":{"mediaId":"m-1","interactionId":"i-1"}})",
          R"({"eventType":"media","data":{"mediaId":"m-1","interactionId":"i-1","status":"COMPLETE"}})",
          R"({"detail":{"data":{"mediaId":"m-1","interactionId":"i-1"}}})",
          R"({"detail":{"eventType":"media","status":"complete","data":{"mediaId":"m-1","interactionId":"i-1"}}})",
          R"({"detail-type":"archiving:events","id":"e-1","detail":{"mediaId":"m-1","interactionId":"i-1"}})",
          R"({"detail-type":"archiving:events","id":"e-1","detail":{"data":{"mediaId":"m-1","interactionId":"i-1"}}})",
          R"({"detail-type":"x","detail":{"detail":{"data":{"mediaId":"m-1","interactionId":"i-1"}}}})"}) {
        const records::Event event = event_of(json);
        EXPECT_EQ(std::get<records::ArchivedMedia>(event.subject), (records::ArchivedMedia{"m-1", "i-1"})) << json;
        EXPECT_EQ(event.tenant, "acme");
        EXPECT_EQ(event.id, json.find("e-1") == std::string_view::npos ? records::derived_event_id(event) : "e-1");
        EXPECT_TRUE(records::decode_event(records::encode_event(event)));
    }
}

TEST(Normaliser, SkipsWhatAnnouncesNothing) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {R"({"eventType":"chat","data":{"mediaId":"m","interactionId":"i"}})", "eventType is not media"},
        {R"({"detail":{"eventType":"chat"}})", "eventType is not media"},
        {R"({"detail":{"eventType":"chat","data":{}}})", "eventType is not media"},
        {R"({"eventType":"chat"})", "eventType is not media"},
        {R"({"mediaId":"m","interactionId":"i","status":"processing"})", "status is not complete"},
        {R"({"detail":{"eventType":"media","status":"","data":{"mediaId":"m","interactionId":"i"}}})",
         "status is not complete"},
        {R"({"detail":{"data":{"mediaId":"m","interactionId":"i","status":"pending"}}})", "status is not complete"},
        {R"({"detail-type":"v2.x","detail":{"eventBody":{}}})", "another event: v2.x"},
        {R"({"mediaId":"m","interactionId":"i","status":null})", "an event"}};
    for (const auto& [json, reason] : cases) EXPECT_EQ(reason_of(json), reason) << json;
}

TEST(Normaliser, TakesTheEventsOwnTime) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {R"({"mediaId":"m","interactionId":"i","occurredAt":"2026-01-02T03:04:05+01:00"})", "2026-01-02T02:04:05.000Z"},
        {R"({"mediaId":"m","interactionId":"i","eventTime":1649237504949})", "2022-04-06T09:31:44.949Z"},
        {R"({"detail-type":"x","time":"2022-06-14T16:12:11Z","detail":{"timestamp":"2022-04-06T09:30:45.013Z","data":{"mediaId":"m","interactionId":"i"}}})",
         "2022-04-06T09:30:45.013Z"},
        {R"({"detail-type":"x","time":"2022-06-14T16:12:11Z","detail":{"data":{"mediaId":"m","interactionId":"i"}}})",
         "2022-06-14T16:12:11.000Z"},
        {R"({"mediaId":"m","interactionId":"i"})", "2026-11-21T09:30:45.013Z"}};
    for (const auto& [json, time] : cases) EXPECT_EQ(format_rfc3339(*event_of(json).occurred_at), time) << json;
}

TEST(Normaliser, TellsWhatIsWrongInPrintableWords) {
    const std::string ids = R"("interactionId":"i","mediaId":)";
    const std::pair<std::string, std::string_view> cases[] = {
        {"", "not valid JSON"},
        {"nonsense", "not valid JSON"},
        {R"({"mediaId":"m","interactionId":"i")", "not valid JSON"},
        {R"({"mediaId":"m","interactionId":"i"} {})", "not valid JSON"},
        {R"({'mediaId':'m'})", "not valid JSON"},
        {"[" + std::string(100'000, '['), "not valid JSON"},
        {"{\"mediaId\":\"\xff\xfe\",\"interactionId\":\"i\"}", "not valid JSON"},
        {std::string("{\"mediaId\":\"a\0b\"}", 17), "not valid JSON"},
        {R"([{"mediaId":"m","interactionId":"i"}])", "not a JSON object"},
        {"null", "not a JSON object"},
        {"17", "not a JSON object"},
        {"{}", "there is no mediaId and interactionId"},
        {R"({"data":[]})", "there is no mediaId and interactionId"},
        {R"({"mediaId":"m"})", "interactionId is missing"},
        {R"({"interactionId":"i"})", "mediaId is missing"},
        {"{" + ids + "1}", "mediaId is not a text"},
        {"{" + ids + "null}", "mediaId is not a text"},
        {"{" + ids + "{\"id\":\"m\"}}", "mediaId is not a text"},
        {"{" + ids + "\"\"}", "mediaId is missing or empty"},
        {"{" + ids + "\"../../etc/passwd\"}", "mediaId begins with a dot"},
        {"{" + ids + "\"a\\u0000b\"}", "mediaId has 0x00 at position 2"},
        {"{" + ids + "\"a b\"}", "mediaId has 0x20 at position 2"},
        {"{" + ids + "\"Z\\u00fcrich\"}", "mediaId has 0xC3 at position 2"},
        {"{" + ids + "\"" + std::string(10'240, 'x') + "\"}", "mediaId has 10240 bytes; at most 255"},
        {R"({"mediaId":"m","interactionId":"i","status":1})", "status is not a text"},
        {R"({"mediaId":"m","interactionId":"i","eventTime":"yesterday"})", "eventTime is neither RFC 3339"},
        {R"({"mediaId":"m","interactionId":"i","eventTime":1e300})", "eventTime is neither RFC 3339"},
        {R"({"mediaId":"m","interactionId":"i","eventTime":-1})", "eventTime is neither RFC 3339"},
        {R"({"mediaId":"m","interactionId":"i","eventTime":18446744073709551615})", "eventTime is neither RFC 3339"},
        {R"({"detail-type":1,"detail":{}})", "detail-type is not a text"},
        {R"({"detail-type":"x","detail":"text"})", "detail is missing or not an object"},
        {R"({"detail-type":"x","id":7,"detail":{"mediaId":"m","interactionId":"i"}})", "id is not a text"},
        {R"({"detail-type":"x","id":"a/b","detail":{"mediaId":"m","interactionId":"i"}})",
         "event id has '/' at position 2"}};
    for (const auto& [json, reason] : cases) {
        const auto result = of(json);
        ASSERT_FALSE(result) << json.substr(0, 100);
        EXPECT_EQ(result.error().kind, FailureKind::kPoison);
        EXPECT_THAT(result.error().message, HasSubstr(reason));
        EXPECT_LT(result.error().message.size(), 200U);
        EXPECT_TRUE(std::ranges::all_of(result.error().message, [](char c) { return c >= ' ' && c <= '~'; }));
    }
}

TEST(Normaliser, EndsCleanlyOnEveryCutOfAGoodMessage) {
    const std::string whole =
        R"({"version":"0","id":"e","detail-type":"x","time":"2026-11-20T12:00:00Z","detail":{"eventType":"media","status":"complete","data":{"mediaId":"m","interactionId":"i"}}})";
    for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_FALSE(of(whole.substr(0, length))) << length;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char c : {'\0', '\xff', '"', '{', '}', '\\', '9'}) {
            std::string changed = whole;
            changed[at] = c;
            const auto result = of(changed);
            if (result) continue;
            EXPECT_FALSE(result.error().message.empty());
        }
    }
}

}  // namespace
}  // namespace strongroom::normalise
