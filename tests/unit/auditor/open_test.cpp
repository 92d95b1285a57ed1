#include "auditor/open.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auditor/fake_store.hpp"
#include "auditor/metadata_file.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::auditor {
namespace {

using crypto::Format;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

class TextOutput final : public PlaintextOutput {
  public:
    Result<> write(std::span<const std::byte> plain) override {
        text.append(as_text(plain));
        return {};
    }
    std::string text;
};

class OpenTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = testing::TempDir() + "openXXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        store_.items["a.enc"] = test::sealed_item(Format::kV3, kPlain);
    }
    void TearDown() override { fs::remove_all(folder_); }

    Opener opener(SealedSource& source) {
        return {source, test::only_key(key_), time_, random_, Backoff{.transient_tries = 3}};
    }
    Opener opener() { return opener(source_); }
    std::string content(const fs::path& path) {
        std::ostringstream text;
        text << std::ifstream{path, std::ios::binary}.rdbuf();
        return text.str();
    }
    std::vector<std::string> files() {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{folder_}) names.push_back(entry.path().filename());
        return names;
    }

    inline static const std::string kPlain = "a whole recording";
    fs::path folder_;
    test::FakeStore store_;
    StoreSource source_{store_, {"archive", "a.enc"}};
    crypto::NamedKey key_ = test::audit_key();
    test::FakeTime time_;
    std::mt19937_64 random_{1};
};

TEST_F(OpenTest, WritesAFileOfItsOwnerAloneOnceTheTagHasVerified) {
    const auto finding = test::run_task(opener().to_file(folder_ / "a.wav"));
    ASSERT_TRUE(finding && finding->good());
    EXPECT_EQ(content(folder_ / "a.wav"), kPlain);
    struct stat status{};
    ASSERT_EQ(::stat((folder_ / "a.wav").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_THAT(files(), testing::ElementsAre("a.wav"));
}

TEST_F(OpenTest, LeavesNothingBehindWhenTheTagDoesNotVerify) {
    store_.items["a.enc"].body[2] ^= std::byte{1};
    const auto finding = test::run_task(opener().to_file(folder_ / "a.wav"));
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->judgement.verdict, Verdict::kChanged);
    EXPECT_THAT(files(), IsEmpty());
}

TEST_F(OpenTest, KeepsAnOlderFileWhenItFails) {
    std::ofstream{folder_ / "a.wav"} << "older";
    store_.items["a.enc"].body.back() ^= std::byte{1};
    test::run_task(opener().to_file(folder_ / "a.wav"));
    EXPECT_EQ(content(folder_ / "a.wav"), "older");
    store_.items["a.enc"].body.back() ^= std::byte{1};
    test::run_task(opener().to_file(folder_ / "a.wav"));
    EXPECT_EQ(content(folder_ / "a.wav"), kPlain);
}

TEST_F(OpenTest, StartsAFileAnewAfterATransientFailure) {
    store_.next_failures = {{.kind = FailureKind::kTransient, .message = "reset"},
                            {.kind = FailureKind::kTransient, .message = "reset"}};
    const auto finding = test::run_task(opener().to_file(folder_ / "a.wav"));
    ASSERT_TRUE(finding && finding->good());
    EXPECT_EQ(content(folder_ / "a.wav"), kPlain);
    EXPECT_EQ(store_.gets, 3);
}

TEST_F(OpenTest, RefusesToReplaceWhatIsNoRegularFile) {
    const auto finding = test::run_task(opener().to_file("/dev/null"));
    ASSERT_FALSE(finding);
    EXPECT_THAT(finding.error().message, HasSubstr("not a regular file"));
    EXPECT_FALSE(test::run_task(opener().to_file(folder_ / "missing" / "a.wav")));
}

TEST_F(OpenTest, WritesAStreamOnlyAfterAFirstReadingVerifiedTheSameVersion) {
    TextOutput output;
    const auto finding = test::run_task(opener().to_verified_stream(output));
    ASSERT_TRUE(finding && finding->good());
    EXPECT_EQ(output.text, kPlain);
    EXPECT_THAT(store_.if_matches, testing::ElementsAre("", "etag-1"));
}

TEST_F(OpenTest, WritesNothingToAStreamWhenTheTagDoesNotVerify) {
    store_.items["a.enc"].body[2] ^= std::byte{1};
    TextOutput output;
    const auto finding = test::run_task(opener().to_verified_stream(output));
    ASSERT_TRUE(finding);
    EXPECT_FALSE(finding->good());
    EXPECT_THAT(output.text, IsEmpty());
    EXPECT_EQ(store_.gets, 1);
}

TEST_F(OpenTest, RefusesTwoReadingsWithoutAnEtag) {
    store_.items["a.enc"].etag.clear();
    TextOutput output;
    const auto finding = test::run_task(opener().to_verified_stream(output));
    ASSERT_FALSE(finding);
    EXPECT_THAT(finding.error().message, HasSubstr("ETag"));
    EXPECT_THAT(output.text, IsEmpty());
}

TEST_F(OpenTest, WritesUnverifiedBytesOnlyWhenToldTo) {
    store_.items["a.enc"].body.back() ^= std::byte{1};
    TextOutput output;
    const auto finding = test::run_task(opener().to_unverified_stream(output));
    ASSERT_TRUE(finding);
    EXPECT_FALSE(finding->good());
    EXPECT_EQ(output.text, kPlain);
}

TEST_F(OpenTest, OpensALocalFileWithItsMetadata) {
    const auto item = test::sealed_item(Format::kOrigin, kPlain);
    std::ofstream{folder_ / "a.enc", std::ios::binary} << as_text(item.body);
    const auto stored =
        parse_metadata(R"({"x-amz-meta-Encryption":"aes-256-gcm","iv":")" + item.metadata.at("iv") + "\"}", "a.json");
    ASSERT_TRUE(stored) << stored.error().message;
    FileSource source{folder_ / "a.enc", *stored};
    TextOutput output;
    const auto finding = test::run_task(opener(source).to_verified_stream(output));
    ASSERT_TRUE(finding && finding->good());
    EXPECT_EQ(output.text, kPlain);
}

TEST_F(OpenTest, FindsALocalFileMissing) {
    FileSource source{folder_ / "none", {}};
    const auto finding = test::run_task(opener(source).to_file(folder_ / "a.wav"));
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->judgement.verdict, Verdict::kMissing);
}

TEST(MetadataFile, ReadsWhatHeadObjectPrints) {
    const auto stored = parse_metadata(R"({"ContentLength": 33, "ETag": "\"abc\"", "ChecksumCRC32C": "4waSgw==",
        "ContentType": "audio/wav", "Metadata": {"iv": "AAECAwQFBgcICQoL", "encryption": "aes-256-gcm"}})",
                                       "head.json");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->size, 33U);
    EXPECT_EQ(stored->etag, "abc");
    EXPECT_EQ(stored->crc32c, "4waSgw==");
    EXPECT_EQ(stored->metadata.at("iv"), "AAECAwQFBgcICQoL");
    const auto composite =
        parse_metadata(R"({"ChecksumType":"COMPOSITE","ChecksumCRC32C":"4waSgw==-2","Metadata":{}})", "head.json");
    EXPECT_EQ(composite->crc32c, "");
}

TEST(MetadataFile, SaysWhatIsWrong) {
    for (const auto& [text, says] : std::vector<std::pair<std::string, std::string>>{
             {"", "not JSON"}, {"[1]", "expected a JSON object"}, {R"({"iv": 7})", "value of iv is not a string"}}) {
        const auto stored = parse_metadata(text, "m.json");
        ASSERT_FALSE(stored) << text;
        EXPECT_THAT(stored.error().message, HasSubstr("m.json: "));
        EXPECT_THAT(stored.error().message, HasSubstr(says));
    }
}

}  // namespace
}  // namespace strongroom::auditor
