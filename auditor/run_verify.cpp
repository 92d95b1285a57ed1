#include <unistd.h>

#include <ostream>

#include <boost/asio/this_coro.hpp>

#include "auditor/commands.hpp"
#include "auditor/kafka_receipts.hpp"
#include "auditor/verify.hpp"
#include "shared/records/topics.hpp"

namespace strongroom::auditor {
namespace {

/// What the run reads from, kept together: receipts are a source of their own behind the targets.
struct Sources {
    std::unique_ptr<ReceiptSource> receipts;
    std::unique_ptr<TargetSource> targets;
};

Result<Sources> named_sources(Surroundings& around, const VerifyArguments& arguments) {
    std::vector<ObjectLocation> locations;
    for (const std::string& text : arguments.locations) {
        auto location = arguments.prefix ? parse_prefix(text) : parse_object(text);
        if (!location) return location.error();
        locations.push_back(std::move(*location));
    }
    Sources sources;
    if (arguments.prefix) {
        auto& store = around.store_of(locations.front().bucket);
        sources.targets = std::make_unique<PrefixTargets>(store, std::move(locations.front()));
    } else {
        sources.targets = std::make_unique<NamedTargets>(std::move(locations));
    }
    return sources;
}

Result<Sources> listed_sources(const std::string& path) {
    auto listed = FileTargets::open(path);
    if (!listed) return listed.error();
    Sources sources;
    sources.targets = std::make_unique<FileTargets>(std::move(*listed));
    return sources;
}

Result<Sources> receipt_sources(const boost::asio::any_io_executor& executor, Surroundings& around,
                                const VerifyArguments& arguments, VerifyReport& report) {
    const std::string topic =
        arguments.topic.empty() ? records::TopicNames{around.kafka.topic_prefix}.receipts() : arguments.topic;
    auto receipts = KafkaReceipts::open(executor, around.kafka, topic);
    if (!receipts) return receipts.error();
    Sources sources;
    sources.receipts = std::move(*receipts);
    sources.targets = std::make_unique<ReceiptTargets>(*sources.receipts, report);
    return sources;
}

}  // namespace

Task<int> run_verify(Surroundings& around, VerifyArguments arguments) {
    const auto executor = co_await boost::asio::this_coro::executor;
    VerifyReport report{
        around.out, around.err, around.time, {.json = arguments.json, .terminal = ::isatty(STDERR_FILENO) == 1}};
    const auto sources = arguments.receipts       ? receipt_sources(executor, around, arguments, report)
                         : arguments.list.empty() ? named_sources(around, arguments)
                                                  : listed_sources(arguments.list);
    if (!sources) {
        around.err << "strongroom-auditor: " << printable(sources.error().message) << '\n';
        co_return 1;
    }
    Verifier verifier{executor,       around.store_of, around.keys,
                      around.sleeper, around.random,   {.concurrency = arguments.concurrency},
                      report};
    const auto ended = co_await verifier.run(*sources->targets);
    report.finish();
    if (!ended) around.err << "strongroom-auditor: stopped early: " << printable(ended.error().message) << '\n';
    // A misspelt prefix must not pass for an archive in good order; that there are no receipts yet may be right.
    const bool found_none = ended.has_value() && report.checked() == 0 && !arguments.receipts;
    if (found_none) around.err << "strongroom-auditor: there is no object of that prefix or list\n";
    const bool good = ended.has_value() && report.all_good() && !found_none;
    co_return good ? 0 : 1;
}

}  // namespace strongroom::auditor
