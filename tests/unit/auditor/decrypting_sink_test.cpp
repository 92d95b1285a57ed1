#include "auditor/decrypting_sink.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "auditor/fake_store.hpp"

namespace strongroom::auditor {
namespace {

class TextOutput final : public PlaintextOutput {
  public:
    Result<> write(std::span<const std::byte> plain) override {
        if (fails) return Failure{.kind = FailureKind::kPermanent, .message = "disk full"};
        text.append(as_text(plain));
        return {};
    }
    std::string text;
    bool fails = false;
};

void feed(DecryptingSink& sink, std::span<const std::byte> body, std::size_t chunk) {
    for (std::size_t i = 0; i < body.size(); i += chunk) {
        ASSERT_EQ(sink.accept(body.subspan(i, std::min(chunk, body.size() - i))), http::ByteSink::Accept::kTaken);
    }
}

TEST(DecryptingSink, DecryptsHoweverTheBodyIsCut) {
    const crypto::NamedKey key = test::audit_key();
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 70'000U, 200'001U}) {
        const std::string plain(size, 'p');
        const auto item = test::sealed_item(crypto::Format::kV3, plain);
        for (const std::size_t chunk : {1U, 5U, 16U, 31U, 65'536U, 300'000U}) {
            if (size > 1000 && chunk < 31) continue;
            TextOutput output;
            DecryptingSink sink{&output};
            sink.start(*crypto::open(item.metadata, test::only_key(key)));
            feed(sink, item.body, chunk);
            const BodyEvidence expected{size + 16, test::crc32c_of(item.body), true};
            EXPECT_EQ(sink.finish(), expected) << size << ' ' << chunk;
            EXPECT_EQ(output.text, plain);
        }
    }
}

TEST(DecryptingSink, DoesNotVerifyABodyShorterThanATag) {
    const crypto::NamedKey key = test::audit_key();
    const auto item = test::sealed_item(crypto::Format::kV3, "");
    for (const std::size_t size : {0U, 1U, 15U}) {
        DecryptingSink sink{nullptr};
        sink.start(*crypto::open(item.metadata, test::only_key(key)));
        feed(sink, std::span{item.body}.first(size), 4);
        const BodyEvidence evidence = sink.finish();
        EXPECT_FALSE(evidence.tag_verified);
        EXPECT_EQ(evidence.stored_bytes, size);
    }
}

TEST(DecryptingSink, StopsWhenTheOutputCannotBeWritten) {
    const crypto::NamedKey key = test::audit_key();
    const auto item = test::sealed_item(crypto::Format::kV3, std::string(100, 'p'));
    TextOutput output;
    output.fails = true;
    DecryptingSink sink{&output};
    sink.start(*crypto::open(item.metadata, test::only_key(key)));
    EXPECT_EQ(sink.accept(item.body), http::ByteSink::Accept::kAbort);
    ASSERT_TRUE(sink.output_failure());
    EXPECT_EQ(sink.output_failure()->message, "disk full");
}

}  // namespace
}  // namespace strongroom::auditor
