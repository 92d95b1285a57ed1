#include "auditor/verify_report.hpp"

#include <ostream>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "shared/base/units.hpp"

namespace strongroom::auditor {
namespace {

namespace json = boost::json;

void add_text(json::object& object, std::string_view name, const std::string& value) {
    if (!value.empty()) object[name] = value;
}

json::object describe(const Target& target, const Finding& finding) {
    json::object object{{"bucket", target.location.bucket},
                        {"key", target.location.key},
                        {"good", finding.good()},
                        {"verdict", to_string(finding.judgement.verdict)}};
    add_text(object, "explanation", finding.judgement.explanation);
    add_text(object, "format", finding.format);
    add_text(object, "key_id", finding.key_id);
    add_text(object, "etag", finding.stored.etag);
    add_text(object, "work_item", target.work_item);
    add_text(object, "event_id", target.event_id);
    if (finding.judgement.verdict != Verdict::kMissing) object["stored_bytes"] = finding.stored.size;
    if (finding.good()) object["plain_bytes"] = finding.plain_bytes;
    return object;
}

json::object counts(const std::map<std::string, std::uint64_t, std::less<>>& by_word) {
    json::object object;
    for (const auto& [word, count] : by_word) object[word] = count;
    return object;
}

std::string listed(const std::map<std::string, std::uint64_t, std::less<>>& by_word) {
    std::string text;
    for (const auto& [word, count] : by_word) {
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + word;
    }
    return text;
}

}  // namespace

VerifyReport::VerifyReport(std::ostream& out, std::ostream& progress, const TimeSource& time, ReportOptions options)
    : out_{out}, progress_{progress}, time_{time}, options_{options}, started_{time.now()}, shown_{started_} {}

void VerifyReport::add(const Target& target, const Finding& finding) {
    ++checked_;
    if (finding.good()) ++good_;
    bytes_ += finding.stored.size;
    ++verdicts_[std::string{to_string(finding.judgement.verdict)}];
    if (options_.json || !finding.good()) {
        clear_progress();
        print_object(target, finding);
    }
    show_progress();
}

void VerifyReport::count_receipt(std::string_view status) {
    ++receipts_[std::string{status}];
}

void VerifyReport::bad_receipt(std::string_view where, std::string_view problem) {
    ++bad_receipts_;
    clear_progress();
    if (options_.json) {
        out_ << json::serialize(json::object{{"receipt", where}, {"good", false}, {"explanation", problem}}) << '\n';
    } else {
        out_ << "receipt " << printable(where) << ": " << printable(problem) << '\n';
    }
}

void VerifyReport::print_object(const Target& target, const Finding& finding) {
    if (options_.json) {
        out_ << json::serialize(describe(target, finding)) << '\n';
        return;
    }
    out_ << to_string(finding.judgement.verdict) << ": " << printable(to_string(target.location)) << ": "
         << printable(finding.judgement.explanation) << '\n';
}

void VerifyReport::show_progress() {
    const auto interval = options_.terminal ? options_.terminal_interval : options_.line_interval;
    const SteadyTime now = time_.now();
    if (now - shown_ < interval) return;
    shown_ = now;
    if (options_.terminal) progress_ << "\r\x1b[K";
    progress_ << "verified " << good_ << " of " << checked_ << " objects so far, " << format_bytes(bytes_);
    if (!options_.terminal) progress_ << '\n';
    line_open_ = options_.terminal;
    progress_.flush();
}

void VerifyReport::clear_progress() {
    if (!line_open_) return;
    progress_ << "\r\x1b[K" << std::flush;
    line_open_ = false;
}

void VerifyReport::finish() {
    clear_progress();
    print_summary();
    out_.flush();
}

void VerifyReport::print_summary() {
    if (options_.json) {
        json::object summary{{"checked", checked_},           {"good", good_},
                             {"failed", checked_ - good_},    {"stored_bytes", bytes_},
                             {"verdicts", counts(verdicts_)}, {"receipts", counts(receipts_)},
                             {"bad_receipts", bad_receipts_}};
        out_ << json::serialize(json::object{{"summary", std::move(summary)}}) << '\n';
        return;
    }
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(time_.now() - started_);
    if (!receipts_.empty()) out_ << "receipts: " << listed(receipts_) << '\n';
    if (bad_receipts_ != 0) out_ << "receipts that cannot be used: " << bad_receipts_ << '\n';
    if (good_ != checked_) out_ << "objects: " << listed(verdicts_) << '\n';
    out_ << "verified " << good_ << " of " << checked_ << " objects, " << format_bytes(bytes_) << " in "
         << format_duration(elapsed) << '\n';
}

}  // namespace strongroom::auditor
