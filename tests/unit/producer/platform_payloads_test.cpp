#include <string>

#include <gtest/gtest.h>

#include "producer/normalise/normaliser.hpp"
#include "shared/base/units.hpp"

namespace strongroom::normalise {
namespace {

// What the platform and its integrations really send (official fixtures, captured traffic), in one line each.
constexpr std::string_view kCustomerEnd =
    R"json({"version":"0","id":"58fb5dac-f077-4eec-a25f-c638dbdd4368","detail-type":"v2.detail.events.conversat)json"
    R"json(ion.{id}.customer.end","source":"aws.partner/genesys.com.test/cloud/32aa07aa-db1b-4987-abd0-9483601e)json"
    R"json(c29d/test-event-bus","account":"123456789012","time":"2022-06-14T16:12:11.000Z","region":"us-east-1")json"
    R"json(,"resources":[],"detail":{"topicName":"v2.detail.events.conversation.2f7bf00a-0fc2-4d6a-9b56-9223819)json"
    R"json(1433e.customer.end","version":"2","eventBody":{"eventTime":1649237504949,"conversationId":"2f7bf00a-)json"
    R"json(0fc2-4d6a-9b56-92238191433e","participantId":"9fb2ca78-8389-4758-b76a-9b0300de1fce","sessionId":"c03)json"
    R"json(d300e-fa79-4353-9695-b97a71322785","mediaType":"CHAT","provider":"PureCloud Webchat v2","direction":)json"
    R"json("INBOUND","externalContactId":"12456349-b5c7-4d8f-9eb4-f4df18bce9a9","externalOrganizationId":"5846b)json"
    R"json(d38-fc14-4ee9-9bab-68a6818f4a9e","conversationExternalContactIds":["12456349-b5c7-4d8f-9eb4-f4df18bc)json"
    R"json(e9a9"],"interactingDurationMs":60000},"metadata":{"CorrelationId":"7272d362-23b2-4c14-9d40-dc7b76831)json"
    R"json(53a"},"timestamp":"2022-04-06T09:30:45.013Z"}})json";
constexpr std::string_view kOtherTopic =
    R"json({"version":"0","id":"adbcfa5b-0116-4baa-b66b-a3f5902e95bf","detail-type":"v2.something.but.conversat)json"
    R"json(ion.{id}.customer.start","source":"aws.partner/genesys.com.test/cloud/32aa07aa-db1b-4987-abd0-948360)json"
    R"json(1ec29d/test-event-bus","account":"123456789012","time":"2022-04-06T09:30:45Z","region":"us-east-1",")json"
    R"json(resources":[],"detail":{"topicName":"v2.detail.events.conversation.2f7bf00a-0fc2-4d6a-9b56-922381914)json"
    R"json(33e.customer.start","version":"2","eventBody":{"eventTime":1649237444949,"conversationId":"2f7bf00a-)json"
    R"json(0fc2-4d6a-9b56-92238191433e","participantId":"9fb2ca78-8389-4758-b76a-9b0300de1fce","sessionId":"c03)json"
    R"json(d300e-fa79-4353-9695-b97a71322785","mediaType":"CHAT","provider":"PureCloud Webchat v2","direction":)json"
    R"json("INBOUND","conversationExternalContactIds":["idk"]},"metadata":{"CorrelationId":"fe8a8579-b83f-4f07-)json"
    R"json(b371-2b39398f91a8"},"timestamp":"2022-04-06T09:30:45.013Z"}})json";
constexpr std::string_view kTranscription =
    R"json({"version":"0","id":"6efd5506-3fd6-09a1-5599-09ae48bd6dd8","detail-type":"v2.conversations.{id}.tran)json"
    R"json(scription","source":"aws.partner/genesys.com/cloud/00000000-0000-4000-8000-000000000001/EXAMPLE-SUFF)json"
    R"json(IX","account":"123456789012","time":"2026-03-19T22:04:48Z","region":"us-east-2","resources":[],"deta)json"
    R"json(il":{"topicName":"v2.conversations.97b9dcb3-c182-4d1f-8123-76a4b5cf1f5a.transcription","version":"2")json"
    R"json(,"eventBody":{"eventTime":"2026-03-19T22:04:48.128Z","organizationId":"00000000-0000-4000-8000-00000)json"
    R"json(0000001","conversationId":"97b9dcb3-c182-4d1f-8123-76a4b5cf1f5a","communicationId":"7dd98c4f-61ab-33)json"
    R"json(a2-9bc3-18eefd1a0824","sessionStartTimeMs":1773957594383,"transcriptionStartTimeMs":1773957594336,"t)json"
    R"json(ranscripts":[],"status":{"offsetMs":278620,"status":"SESSION_ONGOING"}},"metadata":{"CorrelationId":)json"
    R"json("d1ab36e9-af51-4b3c-ab96-98d7349e75b4"},"timestamp":"2026-03-19T22:04:48.128Z"}})json";
constexpr std::string_view kFlowOutcome =
    R"json({"version":"0","id":"test-eventbridge-id","detail-type":"v2.detail.events.conversation.{id}.flow.out)json"
    R"json(come","source":"aws.partner/genesys.com/cloud/00000000-0000-0000-0000-000000000000/genesys_acme","ac)json"
    R"json(count":"123456789012","time":"2025-12-12T15:02:30Z","region":"us-east-1","resources":[],"detail":{"t)json"
    R"json(opicName":"v2.detail.events.conversation.test-conversation-id.flow.outcome","version":"2","eventBody)json"
    R"json(":{"eventTime":1765551750107,"conversationId":"test-conversation-id","participantId":"test-participa)json"
    R"json(nt-id","sessionId":"test-session-id","mediaType":"VOICE","provider":"Edge","direction":"INBOUND","an)json"
    R"json(i":"tel:+15555550520","dnis":"tel:+15555550000","flowType":"INBOUNDCALL","flowId":"test-flow-id","di)json"
    R"json(visionId":"test-division-id","flowVersion":"7.0","flowOutcomeId":"test-flow-outcome-id","flowOutcome)json"
    R"json(StartTime":1765551656458,"flowOutcomeEndTime":1765551660853,"flowOutcomeValue":"SUCCESS","flowMilest)json"
    R"json(ones":[{"milestoneId":"test-milestone-id-1","milestoneTime":1765551656458}],"conversationExternalCon)json"
    R"json(tactIds":["test-external-contact-id"]},"metadata":{"CorrelationId":"test-correlation-id"},"timestamp)json"
    R"json(":"2025-12-12T15:02:30.395Z"}})json";
constexpr std::string_view kTrigger =
    R"json({"eventTime":10000,"conversationId":"conversationId","participantId":"participantId","sessionId":"se)json"
    R"json(ssionId","disconnectType":"ERROR","mediaType":"CHAT","externalOrganizationId":"externalOrganizationI)json"
    R"json(d","externalContactId":"externalContactId","provider":"provider","direction":"INBOUND","ani":"ani",")json"
    R"json(dnis":"dnis","addressTo":"addressTo","addressFrom":"addressFrom","callbackUserName":"callbackUserNam)json"
    R"json(e","callbackNumbers":["8675309","5882300"],"callbackScheduledTime":20000,"subject":"subject","messag)json"
    R"json(eType":"SMS","interactingDurationMs":500})json";
constexpr std::string_view kOpenMessage =
    R"json({"id":"d7d58935af65a45e5234ac77de017a0a","channel":{"id":"e6b352de-ecd0-49c7-94de-7787418869bc","pla)json"
    R"json(tform":"Open","type":"Private","to":{"id":"did:plc:sbgfuxxuytgb65bjytiijovp","idType":"Opaque"},"fro)json"
    R"json(m":{"nickname":"Bluesky - Open Social - DO","id":"e6b352de-ecd0-49c7-94de-7787418869bc","idType":"Op)json"
    R"json(aque"},"time":"2025-06-10T21:03:05.427Z","messageId":"d7d58935af65a45e5234ac77de017a0a"},"type":"Tex)json"
    R"json(t","text":"Hi","originatingEntity":"Human","direction":"Outbound","conversationId":"5d0d331e-d2a8-4f)json"
    R"json(b5-96f7-7021bef2a8ee"})json";

Result<Normalised> of(std::string_view json) {
    return normalise(json, {.tenant = "acme", .source = "emit", .received_at = {}});
}

TEST(PlatformPayloads, EventsOfOtherTopicsAreSkippedByTheirKind) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {kCustomerEnd, "another event: v2.detail.events.conversation.{id}.customer.end"},
        {kOtherTopic, "another event: v2.something.but.conversation.{id}.customer.start"},
        {kTranscription, "another event: v2.conversations.{id}.transcription"},
        {kFlowOutcome, "another event: v2.detail.events.conversation.{id}.flow.outcome"}};
    for (const auto& [json, reason] : cases) {
        const auto result = of(json);
        ASSERT_TRUE(result) << result.error().message;
        ASSERT_TRUE(std::holds_alternative<Skipped>(*result));
        EXPECT_EQ(std::get<Skipped>(*result).reason, reason);
    }
}

TEST(PlatformPayloads, OtherMessagesAreNoArchivingEvents) {
    for (const std::string_view json : {kTrigger, kOpenMessage}) {
        const auto result = of(json);
        ASSERT_FALSE(result);
        EXPECT_TRUE(result.error().message.starts_with("there is no mediaId"));
    }
}

TEST(PlatformPayloads, AnArchivingEventInARealEnvelopeIsTaken) {
    std::string json{kCustomerEnd};
    const std::string_view body = "\"eventBody\":";
    const std::size_t at = json.find(body);
    json.replace(
        at, body.size(),
        R"("eventType":"media","data":{"mediaId":"m-1","interactionId":"i-1","status":"complete"},"eventBody":)");
    const auto result = of(json);
    ASSERT_TRUE(result) << result.error().message;
    const auto& event = std::get<records::Event>(*result);
    EXPECT_EQ(event.id, "58fb5dac-f077-4eec-a25f-c638dbdd4368");
    EXPECT_EQ(format_rfc3339(*event.occurred_at), "2022-04-06T09:30:45.013Z");
}

}  // namespace
}  // namespace strongroom::normalise
