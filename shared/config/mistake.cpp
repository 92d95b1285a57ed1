#include "shared/config/mistake.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace strongroom::config {
namespace {

/// Levenshtein distance.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({changed, row[j] + 1, row[j - 1] + 1}));
        }
    }
    return row.back();
}

}  // namespace

std::string format_mistakes(std::string_view file, std::vector<Mistake> mistakes) {
    std::ranges::sort(mistakes, {}, [](const Mistake& mistake) { return std::tie(mistake.line, mistake.path); });
    std::string text;
    for (const Mistake& mistake : mistakes) {
        text.append(file);
        if (mistake.line > 0) text.append(":").append(std::to_string(mistake.line));
        text.append(": ");
        if (!mistake.path.empty()) text.append(mistake.path).append(": ");
        text.append(mistake.what).append("\n");
    }
    return text;
}

std::string_view closest(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t kLongestWord = 64;
    if (word.size() > kLongestWord) return {};
    std::size_t best = std::max<std::size_t>(2, word.size() / 3) + 1;
    std::string_view found;
    for (const std::string& candidate : candidates) {
        const std::size_t apart = distance(word, candidate);
        if (apart >= best || apart >= candidate.size()) continue;
        best = apart;
        found = candidate;
    }
    return found;
}

}  // namespace strongroom::config
