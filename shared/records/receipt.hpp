#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/failure.hpp"
#include "shared/base/time_source.hpp"

namespace strongroom::records {

/// The final outcomes. kUnspecified is what an older program sees of a status that it does not know.
enum class ReceiptStatus {
    kUnspecified,
    kArchived,
    kAlreadyArchived,
    kArchivedUnlinked,
    kNothingToArchive,
    kDiscovered,
    kDeadLettered,
};

/// `archived`, `already_archived` …: for metrics, logs and people.
std::string_view to_string(ReceiptStatus status);

/// An object as it lies in the store.
struct ArchivedObject {
    std::string bucket;
    std::string key;
    std::string version_id{};
    std::string etag{};
    std::uint64_t plain_bytes = 0;
    std::uint64_t stored_bytes = 0;
    std::string crc32c{};  ///< base64, of the stored bytes; may be empty
    std::string content_type{};
    std::string format{};
    std::string key_id{};
    std::map<std::string, std::string> envelope{};  ///< metadata that a reader needs; no plain key
    std::optional<WallTime> stored_at{};
    friend bool operator==(const ArchivedObject&, const ArchivedObject&) = default;
};

struct StageTiming {
    Stage stage = Stage::kNone;
    std::chrono::milliseconds duration{};
    friend bool operator==(const StageTiming&, const StageTiming&) = default;
};

/// A record's first place on Kafka.
struct RecordOrigin {
    std::string topic{};
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::int64_t timestamp_ms = 0;
    friend bool operator==(const RecordOrigin&, const RecordOrigin&) = default;
};

/// The words of the `sr-failure-*` headers.
struct FailureReason {
    std::string kind{};
    std::string dependency{};
    std::string stage{};
    std::string message{};  ///< cut to kMaxFailureMessageBytes by reason_of
    friend bool operator==(const FailureReason&, const FailureReason&) = default;
};

inline constexpr std::size_t kMaxFailureMessageBytes = 1024;

/// A failure as it stands in receipts and headers; a long message is cut between characters.
FailureReason reason_of(const Failure& failure);

/// The proof of a final outcome: proto/strongroom/archive/v1/receipt.proto as a plain value; see there for the fields.
struct Receipt {
    std::string event_id{};
    std::string tenant{};
    std::string work_item{};
    ReceiptStatus status = ReceiptStatus::kUnspecified;
    std::vector<ArchivedObject> objects{};
    int attempts = 0;
    std::vector<StageTiming> timings{};
    RecordOrigin origin{};
    std::string worker{};
    std::optional<WallTime> settled_at{};
    std::optional<FailureReason> failure{};
    std::string interaction_id{};
    int discovered = 0;
    friend bool operator==(const Receipt&, const Receipt&) = default;
};

}  // namespace strongroom::records
