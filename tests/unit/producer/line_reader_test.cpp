#include "producer/emit/line_reader.hpp"

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::emit {
namespace {

using testing::ElementsAre;

/// Hands out `text` in pieces of at most `piece` bytes.
LineReader::Read reading(std::string text, std::size_t piece) {
    return [text = std::move(text), piece, at = std::size_t{0}](char* into,
                                                                std::size_t size) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({piece, size, text.size() - at});
        std::copy_n(text.data() + at, count, into);
        at += count;
        return count;
    };
}

struct Lines {
    std::vector<std::string> texts;
    std::string too_long;
};

Lines lines_of(const std::string& text, std::size_t piece, std::uint64_t max_line = 10) {
    Lines lines;
    LineReader reader{reading(text, piece), ByteCount{max_line}};
    while (true) {
        const auto line = reader.next([&](std::string_view part) { lines.too_long += part; }).value();
        if (!line) return lines;
        lines.texts.push_back(std::to_string(line->number) + (line->is_too_long ? "!" : ":") + std::string{line->text});
    }
}

TEST(LineReader, FindsLinesHoweverTheyArrive) {
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 100'000U}) {
        EXPECT_THAT(lines_of("a\nbb\r\n\n0123456789\nlast", piece).texts,
                    ElementsAre("1:a", "2:bb", "3:", "4:0123456789", "5:last"));
        EXPECT_THAT(lines_of("\xEF\xBB\xBF{}\n\xEF\xBB\xBF\n", piece).texts, ElementsAre("1:{}", "2:\xEF\xBB\xBF"));
        EXPECT_THAT(lines_of("", piece).texts, ElementsAre());
        EXPECT_THAT(lines_of("\n", piece).texts, ElementsAre("1:"));
        EXPECT_THAT(lines_of(std::string("a\0b\n", 4), piece).texts, ElementsAre("1:" + std::string("a\0b", 3)));
    }
}

TEST(LineReader, PassesATooLongLineOnInPieces) {
    const std::string huge(10'000'000, 'x');
    for (const std::size_t piece : {std::size_t{1} << 12U, std::size_t{1} << 20U}) {
        const Lines lines = lines_of("a\n" + huge + "\nb\n" + huge, piece);
        EXPECT_THAT(lines.texts, ElementsAre("1:a", "2!", "3:b", "4!"));
        EXPECT_EQ(lines.too_long, huge + huge);
    }
}

TEST(LineReader, TellsThatAReadFailed) {
    LineReader reader{[](char*, std::size_t) -> Result<std::size_t> { return Failure{.message = "gone"}; },
                      ByteCount{10}};
    EXPECT_EQ(reader.next({}).error().message, "gone");
}

}  // namespace
}  // namespace strongroom::emit
