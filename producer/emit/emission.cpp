#include "producer/emit/emission.hpp"

#include <utility>

#include "producer/normalise/normaliser.hpp"
#include "shared/records/event_codec.hpp"
#include "shared/records/record_headers.hpp"
#include "shared/records/work_item.hpp"

namespace strongroom::emit {
namespace {

constexpr std::chrono::milliseconds kServeInterval{100};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

kafka::OutboundRecord to_record(const records::Event& event, const std::string& topic) {
    kafka::OutboundRecord record{
        .topic = topic, .key = records::record_key_of(event), .value = records::encode_event(event)};
    records::set_header(record.headers, records::header::kTenant, event.tenant);
    records::set_header(record.headers, records::header::kWorkItem, records::work_item_of(event));
    records::set_header(record.headers, records::header::kEventId, event.id);
    return record;
}

}  // namespace

Emission::Emission(Parts parts, Target target, EmitLimits limits)
    : parts_{std::move(parts)}, target_{std::move(target)}, limits_{limits} {}

bool Emission::read(const std::string& name, LineReader::Read source) {
    LineReader reader{std::move(source), limits_.max_line};
    const LineReader::OnPiece keep = [this](std::string_view piece) {
        if (parts_.rejects != nullptr) *parts_.rejects << piece;
    };
    while (!is_broken_ && !parts_.is_stopping()) {
        const auto line = reader.next(keep);
        if (!line) {
            ++tally_.bad;
            parts_.progress.message(line.error().message);
            return true;
        }
        if (!*line) return !parts_.is_stopping();
        const std::string place = name + ":" + std::to_string((*line)->number);
        if ((*line)->is_too_long)
            reject(place, "", "longer than " + std::to_string(limits_.max_line.value) + " bytes");
        else if (!is_blank((*line)->text))
            take(place, (*line)->text);
        parts_.progress.show(tally_);
    }
    return false;
}

void Emission::take(const std::string& place, std::string_view text) {
    const auto normalised =
        normalise::normalise(text, {.tenant = target_.tenant, .source = "emit", .received_at = parts_.time.wall_now()});
    if (!normalised) return reject(place, text, normalised.error().message);
    ++tally_.lines;
    if (const auto* skipped = std::get_if<normalise::Skipped>(&*normalised)) {
        ++tally_.skipped[skipped->reason];
        return;
    }
    send(place, text, std::get<records::Event>(*normalised));
}

void Emission::send(const std::string& place, std::string_view text, const records::Event& event) {
    make_room();
    if (is_broken_) return keep_unsent(text);
    ++tally_.sent;
    bytes_in_flight_ += text.size();
    const auto queued =
        parts_.sink.send(to_record(event, target_.topic),
                         [this, place, kept = std::string{text}](const Result<>& end) { ended(place, kept, end); });
    if (!queued) ended(place, std::string{text}, queued);
}

void Emission::ended(const std::string& place, const std::string& text, const Result<>& end) {
    bytes_in_flight_ -= text.size();
    if (end) {
        ++tally_.acknowledged;
        return;
    }
    // A refused record says nothing about the next one; no answer does, and is told once for all that wait for it.
    const bool is_refused = end.error().kind == FailureKind::kPermanent;
    if (is_refused || !is_broken_) parts_.progress.message(place + ": not sent: " + end.error().message);
    is_broken_ = is_broken_ || !is_refused;
    keep_unsent(text);
}

void Emission::keep_unsent(std::string_view text) {
    ++tally_.failed;
    if (parts_.rejects != nullptr) *parts_.rejects << text << '\n';
}

void Emission::reject(const std::string& place, std::string_view text, std::string_view why) {
    ++tally_.lines;
    ++tally_.bad;
    parts_.progress.message(place + ": " + std::string{why});
    if (parts_.rejects != nullptr) *parts_.rejects << text << '\n';
}

void Emission::make_room() {
    parts_.sink.serve(std::chrono::milliseconds{0});
    while (parts_.sink.outstanding() > 0 && (parts_.sink.outstanding() >= limits_.records_in_flight ||
                                             bytes_in_flight_ >= limits_.bytes_in_flight.value)) {
        parts_.sink.serve(kServeInterval);
        parts_.progress.show(tally_);
    }
}

void Emission::finish() {
    while (parts_.sink.outstanding() > 0) {
        parts_.sink.serve(kServeInterval);
        parts_.progress.show(tally_);
    }
    parts_.progress.finish();
}

}  // namespace strongroom::emit
