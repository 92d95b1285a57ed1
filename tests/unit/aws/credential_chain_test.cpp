#include "shared/aws/credential_chain.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "shared/aws/profile_file.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::aws {
namespace {

using Variables = std::map<std::string, std::string>;

config::Environment environment(const Variables& variables) {
    return [&variables](const std::string& name) -> std::optional<std::string> {
        const auto at = variables.find(name);
        if (at == variables.end()) return std::nullopt;
        return at->second;
    };
}

std::string write_file(const char* name, const char* text) {
    std::string path = testing::TempDir() + name;
    std::ofstream{path} << text;
    return path;
}

TEST(ReadProfile, FindsItsSectionInEitherFile) {
    const std::string_view text =
        "# comment\n[default]\naws_access_key_id = A ; note\n[profile  two]\nREGION=eu-west-1\ns3 =\n  region = "
        "nested\n"
        "aws_secret_access_key = a#b\n[three]\nregion = x\n";
    EXPECT_EQ(read_profile(text, "default"), (Profile{{"aws_access_key_id", "A"}}));
    EXPECT_EQ(read_profile(text, "two"),
              (Profile{{"region", "eu-west-1"}, {"s3", ""}, {"aws_secret_access_key", "a#b"}}));
    EXPECT_TRUE(read_profile(text, "four").empty());
}

TEST(DefaultChain, PrefersTheEnvironment) {
    const Variables variables{{"AWS_ACCESS_KEY_ID", "A"}, {"AWS_SECRET_ACCESS_KEY", "S"}, {"AWS_SESSION_TOKEN", "T"}};
    const test::FakeTime time;
    const auto chain = make_default_chain(time, environment(variables));
    const auto found = test::run_task(chain->get());
    ASSERT_TRUE(found) << describe(found.error());
    EXPECT_EQ(found->access_key, "A");
    EXPECT_EQ(found->secret_key.reveal(), "S");
    EXPECT_EQ(found->session_token.reveal(), "T");
}

TEST(DefaultChain, FindsAProfileAndReadsItAgainWhenItIsRefused) {
    const std::string path = write_file("credentials", "[ops]\naws_access_key_id=A\naws_secret_access_key=S\n");
    const Variables variables{
        {"AWS_PROFILE", "ops"}, {"AWS_SHARED_CREDENTIALS_FILE", path}, {"AWS_CONFIG_FILE", "/nowhere"}};
    const test::FakeTime time;
    const auto chain = make_default_chain(time, environment(variables));
    EXPECT_EQ(test::run_task(chain->get())->access_key, "A");
    write_file("credentials", "[ops]\naws_access_key_id=B\naws_secret_access_key=S\n");
    EXPECT_EQ(test::run_task(chain->get())->access_key, "A");
    chain->invalidate();
    EXPECT_EQ(test::run_task(chain->get())->access_key, "B");
}

TEST(DefaultChain, SaysWhereItLookedWhenThereIsNothing) {
    const std::string path = write_file("config", "[profile ops]\nrole_arn = arn\n");
    const Variables variables{{"AWS_PROFILE", "ops"}, {"AWS_CONFIG_FILE", path}, {"HOME", "/nowhere"}};
    const test::FakeTime time;
    const auto found = test::run_task(make_default_chain(time, environment(variables))->get());
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, FailureKind::kOutage);
    EXPECT_NE(found.error().message.find("AWS_ACCESS_KEY_ID"), std::string::npos);
    EXPECT_NE(found.error().message.find("profile ops assumes a role"), std::string::npos) << found.error().message;
}

struct CountingSource final : CredentialSource {
    explicit CountingSource(const test::FakeTime& clock, int& count) : time{clock}, calls{count} {}
    Task<Result<Credentials>> get() override {
        ++calls;
        Credentials made{.access_key = "A", .expiry = time.wall_now() + std::chrono::hours{1}};
        co_return made;
    }
    void invalidate() override {}
    const test::FakeTime& time;
    int& calls;
};

TEST(CredentialChain, AsksAgainShortlyBeforeTheExpiry) {
    test::FakeTime time;
    int calls = 0;
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::make_unique<CountingSource>(time, calls));
    CredentialChain chain{time, std::move(sources)};
    for (const int expected : {1, 1, 2}) {
        EXPECT_TRUE(test::run_task(chain.get()));
        EXPECT_EQ(calls, expected);
        time.advance(std::chrono::minutes{26});
    }
}

}  // namespace
}  // namespace strongroom::aws
