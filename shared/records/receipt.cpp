#include "shared/records/receipt.hpp"

namespace strongroom::records {
namespace {

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::string_view to_string(ReceiptStatus status) {
    switch (status) {
        case ReceiptStatus::kUnspecified:
            return "unspecified";
        case ReceiptStatus::kArchived:
            return "archived";
        case ReceiptStatus::kAlreadyArchived:
            return "already_archived";
        case ReceiptStatus::kArchivedUnlinked:
            return "archived_unlinked";
        case ReceiptStatus::kNothingToArchive:
            return "nothing_to_archive";
        case ReceiptStatus::kDiscovered:
            return "discovered";
        case ReceiptStatus::kDeadLettered:
            return "dead_lettered";
    }
    return "unspecified";
}

FailureReason reason_of(const Failure& failure) {
    std::string message = failure.message;
    if (message.size() > kMaxFailureMessageBytes) {
        std::size_t end = kMaxFailureMessageBytes;
        while (end > 0 && continues_character(message[end])) --end;
        message.resize(end);
    }
    return {std::string{strongroom::to_string(failure.kind)}, std::string{strongroom::to_string(failure.dependency)},
            std::string{strongroom::to_string(failure.stage)}, std::move(message)};
}

}  // namespace strongroom::records
