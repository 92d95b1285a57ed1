#include "worker/consume/dead_letter.hpp"

#include <algorithm>

namespace strongroom::consume {
namespace {

namespace header = records::header;

constexpr std::size_t kKept = 1024;
constexpr int kFullLetter = 1;
constexpr int kShortLetter = 2;
constexpr int kBareLetter = 3;

void truncate_value(kafka::OutboundRecord& letter, std::size_t keep) {
    if (!letter.value || letter.value->size() <= keep) return;
    records::set_header(letter.headers, kValueTruncated, std::to_string(letter.value->size()));
    letter.value->resize(keep);
}

void drop_foreign(records::RecordHeaders& headers) {
    std::erase_if(headers, [](const auto& h) { return !h.first.starts_with("sr-"); });
}

void drop_large(kafka::OutboundRecord& letter) {
    if (letter.key && letter.key->size() > kKept) letter.key.reset();
    std::erase_if(letter.headers, [](const auto& h) { return h.second.size() > kKept; });
}

}  // namespace

DeadLetters::DeadLetters(std::string topic, WorkHandler& handler, std::string live_group)
    : topic_{std::move(topic)}, handler_{handler}, group_{std::move(live_group)} {}

kafka::OutboundRecord DeadLetters::receipt(const Outcome& outcome) const {
    const auto& item = *outcome.item;
    return handler_.dead_letter_receipt(
        Delivery{.record = item.record, .group = group_, .epoch = item.epoch, .attempt = item.attempt}, outcome.subject,
        outcome.failure);
}

kafka::OutboundRecord DeadLetters::letter(const Outcome& outcome, WallTime now) const {
    const auto& item = *outcome.item;
    auto headers = failure_headers(item, outcome.subject, outcome.failure, now);
    records::set_header(headers, header::kAttempt, std::to_string(item.attempt));
    records::remove_header(headers, header::kNotBefore);
    return {.topic = topic_, .key = item.record.key, .value = item.record.value, .headers = std::move(headers)};
}

OutcomePtr DeadLetters::dead_lettered(InFlightPtr item, Subject subject, Failure failure,
                                      std::vector<kafka::OutboundRecord> receipts, WallTime now) const {
    auto outcome = std::make_shared<Outcome>();
    outcome->item = std::move(item);
    outcome->kind = OutcomeKind::kDeadLettered;
    outcome->subject = std::move(subject);
    outcome->failure = std::move(failure);
    // The plain form is the first reduction already.
    outcome->reductions = receipts.empty() ? kFullLetter : 0;
    outcome->records = std::move(receipts);
    if (outcome->records.empty()) outcome->records.push_back(receipt(*outcome));
    outcome->records.push_back(letter(*outcome, now));
    return outcome;
}

bool DeadLetters::reduce(Outcome& outcome, const Failure& refusal, WallTime now) const {
    if (outcome.reductions >= kBareLetter) return false;
    ++outcome.reductions;
    if (outcome.kind != OutcomeKind::kDeadLettered) {
        outcome.kind = OutcomeKind::kDeadLettered;
        outcome.retry_delay.reset();
        outcome.failure = refusal;
        outcome.failure.stage = Stage::kReceipt;
    }
    outcome.records.clear();
    outcome.records.push_back(receipt(outcome));
    auto reduced = letter(outcome, now);
    if (outcome.reductions >= kShortLetter) {
        drop_foreign(reduced.headers);
        truncate_value(reduced, outcome.reductions >= kBareLetter ? 0 : kKept);
    }
    if (outcome.reductions >= kBareLetter) drop_large(reduced);
    outcome.records.push_back(std::move(reduced));
    return true;
}

}  // namespace strongroom::consume
