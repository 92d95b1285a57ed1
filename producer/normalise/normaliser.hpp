#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "shared/base/result.hpp"
#include "shared/base/time_source.hpp"
#include "shared/records/event.hpp"

namespace strongroom::normalise {

/// A well-formed message that announces nothing to archive; `reason` is one of few, for counting.
struct Skipped {
    std::string reason;
};

using Normalised = std::variant<records::Event, Skipped>;

/// What is known about a message beside its text.
struct Intake {
    std::string tenant;
    std::string source;
    WallTime received_at{};
};

/// Makes an event of one JSON object in any accepted shape (README.md). Its time is the message's own, or `received_at`
/// where the message has none. The failure (poison, stage decode) says what is wrong, in at most 200 printable
/// characters.
Result<Normalised> normalise(std::string_view json, const Intake& intake);

}  // namespace strongroom::normalise
