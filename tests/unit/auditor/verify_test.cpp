#include "auditor/verify.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "auditor/fake_store.hpp"
#include "auditor/receipt_targets.hpp"
#include "shared/records/receipt_codec.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::auditor {
namespace {

using crypto::Format;
using testing::HasSubstr;
using testing::Not;

class FakeReceipts final : public ReceiptSource {
  public:
    void add(const records::Receipt& receipt) { add_value(records::encode_receipt(receipt)); }
    void add_value(std::optional<std::string> value) {
        records_.push_back({.at = {"strongroom.receipts", 0},
                            .offset = static_cast<std::int64_t>(records_.size()),
                            .value = std::move(value)});
    }
    Task<Result<std::optional<kafka::Record>>> next() override {
        if (at_ == records_.size()) co_return std::nullopt;
        co_return std::optional{records_[at_++]};
    }

  private:
    std::vector<kafka::Record> records_;
    std::size_t at_ = 0;
};

class VerifyTest : public testing::Test {
  protected:
    Result<> run(TargetSource& targets, VerifyReport& report) {
        boost::asio::io_context context{1};
        Verifier verifier{context.get_executor(),
                          [this](const std::string&) -> object_store::ObjectStore& { return store_; },
                          test::only_key(key_),
                          time_,
                          random_,
                          {.concurrency = 3},
                          report};
        return test::run_task(context, verifier.run(targets));
    }
    VerifyReport make_report(bool json = false) { return {out_, progress_, time_, {.json = json}}; }
    void store(const std::string& key, std::string_view plain = "plain") {
        store_.items[key] = test::sealed_item(Format::kV3, plain);
    }
    records::Receipt receipt(records::ReceiptStatus status, const std::string& key) {
        const auto& item = store_.items.at(key);
        return {.event_id = "e-" + key,
                .tenant = "acme",
                .work_item = "media/" + key,
                .status = status,
                .objects = {{.bucket = "archive",
                             .key = key,
                             .stored_bytes = item.body.size(),
                             .crc32c = item.crc32c,
                             .envelope = item.metadata}}};
    }

    test::FakeStore store_;
    crypto::NamedKey key_ = test::audit_key();
    test::FakeTime time_;
    std::mt19937_64 random_{1};
    std::ostringstream out_;
    std::ostringstream progress_;
};

TEST_F(VerifyTest, LeavesTheWorkersIndexEntriesOfAPrefixOut) {
    store_.page = 2;
    for (const std::string key : {"a/.items/0f", "a/.items/1e", "a/.items/2d"}) store_.items[key].body = {};
    store("a/1");
    PrefixTargets targets{store_, {"archive", "a/"}};
    auto report = make_report();
    ASSERT_TRUE(run(targets, report));
    report.finish();
    EXPECT_THAT(out_.str(), HasSubstr("verified 1 of 1 objects"));
}

TEST_F(VerifyTest, VerifiesEveryObjectOfAPrefix) {
    for (const char* key : {"a/1", "a/2", "a/3", "a/4", "a/5", "b/1"}) store(key);
    store_.items["b/1"].body.clear();
    PrefixTargets targets{store_, {"archive", "a/"}};
    auto report = make_report();
    ASSERT_TRUE(run(targets, report));
    report.finish();
    EXPECT_TRUE(report.all_good());
    EXPECT_EQ(out_.str(), "verified 5 of 5 objects, 105 B in 0ms\n");
}

TEST_F(VerifyTest, TellsEveryObjectThatIsNotGood) {
    for (const char* key : {"1", "2", "3"}) store(key);
    store_.items["2"].body[0] ^= std::byte{1};
    NamedTargets targets{{{"archive", "1"}, {"archive", "2"}, {"archive", "3"}, {"archive", "no\nne"}}};
    auto report = make_report();
    ASSERT_TRUE(run(targets, report));
    report.finish();
    EXPECT_FALSE(report.all_good());
    EXPECT_THAT(out_.str(), HasSubstr("changed: s3://archive/2: the key is right"));
    EXPECT_THAT(out_.str(), HasSubstr("missing: s3://archive/no\\x0ane: "));
    EXPECT_THAT(out_.str(), HasSubstr("objects: 1 changed, 2 good, 1 missing\nverified 2 of 4 objects"));
}

TEST_F(VerifyTest, RepeatsWhatMayPassAndReportsWhatDoesNot) {
    store("1");
    store_.next_failures.assign(2, {.kind = FailureKind::kTransient, .message = "reset"});
    NamedTargets once{{{"archive", "1"}}};
    auto report = make_report();
    ASSERT_TRUE(run(once, report));
    EXPECT_TRUE(report.all_good());
    store_.next_failures.assign(9, {.kind = FailureKind::kTransient, .message = "connection reset"});
    NamedTargets again{{{"archive", "1"}}};
    ASSERT_TRUE(run(again, report));
    EXPECT_FALSE(report.all_good());
    EXPECT_THAT(out_.str(), HasSubstr("unreadable: s3://archive/1: connection reset"));
}

TEST_F(VerifyTest, ComparesReceiptsAndCountsThoseWithoutObjects) {
    store("1");
    store("2", "another");
    FakeReceipts receipts;
    receipts.add(receipt(records::ReceiptStatus::kArchived, "1"));
    receipts.add(receipt(records::ReceiptStatus::kAlreadyArchived, "1"));
    receipts.add(receipt(records::ReceiptStatus::kArchivedUnlinked, "2"));
    receipts.add({.event_id = "e", .status = records::ReceiptStatus::kDeadLettered});
    receipts.add_value(std::nullopt);
    store_.items["2"] = test::sealed_item(Format::kV3, "replaced by something else");
    auto report = make_report(true);
    ReceiptTargets targets{receipts, report};
    ASSERT_TRUE(run(targets, report));
    report.finish();
    EXPECT_FALSE(report.all_good());
    std::istringstream lines{out_.str()};
    std::string line;
    std::vector<boost::json::object> objects;
    while (std::getline(lines, line)) objects.push_back(boost::json::parse(line).as_object());
    ASSERT_EQ(objects.size(), 4U);
    const auto& summary = objects.back().at("summary").as_object();
    EXPECT_EQ(summary.at("checked"), 3);
    EXPECT_EQ(summary.at("good"), 2);
    EXPECT_EQ(summary.at("verdicts").at("replaced"), 1);
    EXPECT_EQ(summary.at("receipts").at("dead_lettered"), 1);
    EXPECT_EQ(summary.at("receipts").at("already_archived"), 1);
    objects.pop_back();
    for (const auto& object : objects) {
        EXPECT_EQ(object.at("good"), object.at("key") == "1");
        EXPECT_TRUE(object.contains("work_item"));
    }
}

TEST_F(VerifyTest, TakesAReceiptThatCannotBeUsedAsAFault) {
    FakeReceipts receipts;
    receipts.add_value("\xff\xff not protobuf");
    receipts.add({.work_item = "media/7", .status = records::ReceiptStatus::kArchived});
    auto report = make_report();
    ReceiptTargets targets{receipts, report};
    ASSERT_TRUE(run(targets, report));
    report.finish();
    EXPECT_FALSE(report.all_good());
    EXPECT_THAT(out_.str(), HasSubstr("receipt strongroom.receipts/0/0: "));
    EXPECT_THAT(out_.str(), HasSubstr("says archived and names no object (work item media/7)"));
    EXPECT_THAT(out_.str(), HasSubstr("cannot be used: 2"));
}

TEST_F(VerifyTest, ReadsAListAndStopsAtALineThatIsNone) {
    store("1");
    store("2");
    const std::string path = testing::TempDir() + "objects.txt";
    std::ofstream{path} << "# two objects\n\ns3://archive/1\r\ns3://archive/2\nhttp://archive/3\n";
    auto targets = FileTargets::open(path);
    ASSERT_TRUE(targets);
    auto report = make_report();
    const auto ended = run(*targets, report);
    std::remove(path.c_str());
    ASSERT_FALSE(ended);
    EXPECT_THAT(ended.error().message, HasSubstr("objects.txt:5: http://archive/3: expected s3://bucket/key"));
    report.finish();
    EXPECT_THAT(out_.str(), HasSubstr("verified 2 of 2"));
    EXPECT_FALSE(FileTargets::open(path));
}

TEST_F(VerifyTest, ShowsProgressInPlaceOnATerminalAndAsLinesElsewhere) {
    store("1");
    for (const bool terminal : {true, false}) {
        progress_.str("");
        VerifyReport report{out_, progress_, time_, {.terminal = terminal}};
        time_.advance(std::chrono::seconds{11});
        report.add({.location = {"archive", "1"}}, {.plain_bytes = 5});
        report.finish();
        EXPECT_THAT(progress_.str(), HasSubstr("verified 1 of 1 objects so far"));
        EXPECT_EQ(progress_.str().find("\r\x1b[K") != std::string::npos, terminal);
    }
}

TEST(ObjectLocation, ReadsBucketAndKeyAsTheyStand) {
    EXPECT_TRUE(*parse_object("s3://b/a/%20 c?d") == (ObjectLocation{"b", "a/%20 c?d"}));
    EXPECT_TRUE(*parse_prefix("s3://b") == (ObjectLocation{"b", ""}));
    EXPECT_TRUE(*parse_prefix("s3://b/") == (ObjectLocation{"b", ""}));
    for (const char* text : {"s3://", "s3:///k", "b/k", "", "https://b/k", "s3://b", "s3://b/"}) {
        EXPECT_FALSE(parse_object(text)) << text;
    }
    EXPECT_EQ(to_string(ObjectLocation{"b", "k/1"}), "s3://b/k/1");
}

}  // namespace
}  // namespace strongroom::auditor
