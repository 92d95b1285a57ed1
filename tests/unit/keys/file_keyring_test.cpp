#include "shared/keys/file_keyring.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"

namespace strongroom::keys {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kBytes = "0123456789abcdefghijklmnopqrstuv";

class FileKeyringTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = testing::TempDir() + "keyringXXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string write(const std::string& name, const std::string& content, mode_t mode = 0400) {
        const std::string path = folder_ / name;
        std::ofstream{path, std::ios::binary} << content;
        EXPECT_EQ(::chmod(path.c_str(), mode), 0);
        return path;
    }

    std::filesystem::path folder_;
};

std::string failure_of(const KeyringConfig& config) {
    const auto loaded = FileKeyring::load(config);
    EXPECT_FALSE(loaded);
    return loaded ? "" : loaded.error().message;
}

TEST_F(FileKeyringTest, ReadsRawHexadecimalAndBase64) {
    const std::string hex = hex_encode(as_bytes(kBytes));
    for (const std::string& content : {kBytes, hex, hex + "\n", " " + hex + "\r\n", base64_encode(as_bytes(kBytes)),
                                       base64_encode(as_bytes(kBytes)) + "\n"}) {
        const auto loaded = FileKeyring::load({.files = {{"k", write("k" + std::to_string(content.size()), content)}}});
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(loaded->keyring.active().bytes.reveal(), kBytes);
        EXPECT_EQ(loaded->keyring.active().id, "k");
        EXPECT_TRUE(loaded->warnings.empty());
    }
}

TEST_F(FileKeyringTest, FindsKeysByIdAndTheActiveOneByNone) {
    const std::string other(32, 'o');
    const auto loaded =
        FileKeyring::load({.active = "new", .files = {{"new", write("new", kBytes)}, {"old", write("old", other)}}});
    ASSERT_TRUE(loaded);
    const FileKeyring& keyring = loaded->keyring;
    EXPECT_EQ(keyring.active().id, "new");
    EXPECT_EQ(keyring.find("")->id, "new");
    EXPECT_EQ(keyring.find("old")->bytes.reveal(), other);
    EXPECT_EQ(keyring.find("older"), nullptr);
}

TEST_F(FileKeyringTest, NamesTheHexKeyDefaultUnlessItIsNamed) {
    const Secret hex{hex_encode(as_bytes(kBytes))};
    EXPECT_EQ(FileKeyring::load({.hex = hex})->keyring.active().id, "default");
    EXPECT_EQ(FileKeyring::load({.active = "2026-11", .hex = hex})->keyring.active().id, "2026-11");
}

TEST_F(FileKeyringTest, WarnsAboutAKeyThatEverybodyMayRead) {
    const auto loaded = FileKeyring::load({.files = {{"k", write("open.key", kBytes, 0644)}}});
    ASSERT_TRUE(loaded);
    EXPECT_THAT(loaded->warnings, testing::ElementsAre(AllOf(HasSubstr("open.key"), HasSubstr("everybody"))));
}

TEST_F(FileKeyringTest, ReportsEverythingThatIsWrongAtOnceAndNeverTheContent) {
    const std::string message = failure_of({.active = "c",
                                            .files = {{"a", write("a.key", "topsecret")},
                                                      {"b", folder_ / "missing.key"},
                                                      {std::string(65, 'x'), write("x.key", kBytes)},
                                                      {"d", folder_}}});
    EXPECT_THAT(message, AllOf(HasSubstr("keys.active: c is not among"), HasSubstr("key a: "),
                               HasSubstr("a.key holds 9 bytes; 32 raw bytes"), HasSubstr("missing.key: No such file"),
                               HasSubstr("1 to 64 printable"), HasSubstr("key d: "), HasSubstr("is a directory")));
    EXPECT_THAT(message, Not(HasSubstr("topsecret")));
}

TEST_F(FileKeyringTest, RefusesWhatCannotBeMeant) {
    const Secret hex{hex_encode(as_bytes(kBytes))};
    const std::string path = write("k", kBytes);
    EXPECT_THAT(failure_of({}), HasSubstr("no key is configured"));
    EXPECT_THAT(failure_of({.files = {{"k", path}}, .hex = hex}), HasSubstr("exclude each other"));
    EXPECT_THAT(failure_of({.files = {{"a", path}, {"b", path}}}), HasSubstr("keys.active: name the key"));
    EXPECT_THAT(failure_of({.files = {{"a\n", path}}}), HasSubstr("printable ASCII"));
    EXPECT_THAT(failure_of({.hex = Secret{"abc"}}), HasSubstr("found 3 characters"));
    EXPECT_THAT(failure_of({.hex = Secret{std::string(64, 'g')}}), HasSubstr("not all of them hexadecimal"));
    EXPECT_THAT(failure_of({.files = {{"k", write("long", std::string(9000, 'a'))}}}), HasSubstr("more than 4096"));
}

}  // namespace
}  // namespace strongroom::keys
