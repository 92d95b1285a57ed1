#include "shared/kafka/transactional_producer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>

#include "shared/kafka/client_conf.hpp"
#include "shared/kafka/kafka_failure.hpp"
#include "shared/kafka/outbound.hpp"
#include "shared/kafka/partition_list.hpp"

namespace strongroom::kafka {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

int to_ms(milliseconds duration) {
    return static_cast<int>(duration.count());
}

/// For the reports of records that failed while the offsets were sent.
constexpr int kReportWait = 200;

enum class Step { kBegin, kOffsets, kCommit, kAbort };

}  // namespace

struct TransactionalProducer::Impl {
    TransactionOutcome abort_because(TransactionOutcome why);
    TransactionOutcome classify(const rd_kafka_error_t* error, Step step, std::string_view what);
    std::optional<TransactionOutcome> repeat(Step step, std::string_view what,
                                             const std::function<rd_kafka_error_t*()>& call);
    std::optional<TransactionOutcome> enqueue_all(std::span<const OutboundRecord> records);
    std::optional<TransactionOutcome> send_offsets(std::span<const GroupOffsets> offsets);
    std::optional<TransactionOutcome> check_deliveries(std::span<const OutboundRecord> records);
    /// Of the deadline; some is always left, so that a call finds out how things stand.
    [[nodiscard]] int remaining_ms() const {
        return std::max(100, to_ms(std::chrono::ceil<milliseconds>(deadline - Clock::now())));
    }
    static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque) noexcept;

    TransactionalProducerOptions options;
    ClientHandle client;
    std::vector<rd_kafka_resp_err_t> deliveries;  ///< by index of the record; _IN_PROGRESS until reported
    std::uint32_t serial = 0;                     ///< of the transaction; part of every record's opaque
    Clock::time_point deadline;
};

namespace {

Settings guarantees_of(const TransactionalProducerOptions& options) {
    return {{"transactional.id", options.transactional_id},
            {"transaction.timeout.ms", std::to_string(to_ms(options.transaction_timeout))},
            {"enable.idempotence", "true"},
            {"acks", "all"},
            {"partitioner", "murmur2_random"}};
}

Settings defaults_of(const TransactionalProducerOptions& options) {
    return {{"client.id", options.transactional_id},
            {"retry.backoff.ms", "5"},
            {"linger.ms", "1"},
            {"message.max.bytes", "10000000"},
            {"topic.metadata.propagation.max.ms", "5000"}};
}

TransactionOutcome outcome(TransactionEnd end, Failure failure) {
    return TransactionOutcome{.end = end, .failure = std::move(failure)};
}

/// The transaction has failed before, and its commit will say why.
bool is_consequence(rd_kafka_resp_err_t code) {
    return code == RD_KAFKA_RESP_ERR__PURGE_QUEUE || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT;
}

/// What an abortable error means for the caller once the transaction is aborted.
TransactionEnd end_of(const Failure& failure) {
    return failure.kind == FailureKind::kOutage ? TransactionEnd::kOutage : TransactionEnd::kAborted;
}

}  // namespace

void TransactionalProducer::Impl::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) noexcept {
    auto& self = *static_cast<Impl*>(opaque);
    const auto tag = reinterpret_cast<std::uintptr_t>(message->_private);
    const auto index = tag & 0xffffffffU;
    // A report that an aborted transaction left behind must not be taken for one of this transaction.
    if (tag >> 32U == self.serial && index < self.deliveries.size()) self.deliveries[index] = message->err;
}

TransactionOutcome TransactionalProducer::Impl::classify(const rd_kafka_error_t* error, Step step,
                                                         std::string_view what) {
    int code = rd_kafka_error_code(error);
    std::string detail = rd_kafka_error_string(error);
    if (rd_kafka_error_is_fatal(error) != 0) {
        std::array<char, 512> text{};
        if (const auto fatal = rd_kafka_fatal_error(client.get(), text.data(), text.size())) {
            code = is_fencing(code) ? code : fatal;
            detail = text.data();
        }
        // A commit that was on its way may have taken place even though the producer is finished.
        auto result = outcome(step == Step::kCommit ? TransactionEnd::kInDoubt : TransactionEnd::kRecreate,
                              make_failure(code, what, detail));
        result.fenced = is_fencing(code);
        return result;
    }
    auto failure = make_failure(code, what, detail);
    if (rd_kafka_error_txn_requires_abort(error) != 0) {
        const auto end = end_of(failure);
        return outcome(end, std::move(failure));
    }
    return outcome(step == Step::kCommit ? TransactionEnd::kInDoubt : TransactionEnd::kRecreate, std::move(failure));
}

/// Retriable errors of a transactional call mean "call again, it goes on where it was".
std::optional<TransactionOutcome> TransactionalProducer::Impl::repeat(Step step, std::string_view what,
                                                                      const std::function<rd_kafka_error_t*()>& call) {
    for (;;) {
        const ErrorHandle error{call()};
        if (!error) return std::nullopt;
        const bool again = rd_kafka_error_is_retriable(error.get()) != 0 && Clock::now() < deadline;
        if (!again) {
            auto result = classify(error.get(), step, what);
            const bool gave_up = rd_kafka_error_is_retriable(error.get()) != 0;
            if (gave_up && step == Step::kOffsets) result.end = TransactionEnd::kAborted;
            return result;
        }
        rd_kafka_poll(client.get(), 20);
    }
}

TransactionOutcome TransactionalProducer::Impl::abort_because(TransactionOutcome why) {
    if (why.end == TransactionEnd::kRecreate || why.end == TransactionEnd::kInDoubt) return why;
    deadline = Clock::now() + options.call_timeout / 2;
    auto failed = repeat(Step::kAbort, "abort a transaction",
                         [this] { return rd_kafka_abort_transaction(client.get(), remaining_ms()); });
    if (!failed) return why;
    why.end = TransactionEnd::kRecreate;
    why.fenced = failed->fenced;
    why.failure = std::move(failed->failure);
    return why;
}

std::optional<TransactionOutcome> TransactionalProducer::Impl::enqueue_all(std::span<const OutboundRecord> records) {
    for (std::size_t i = 0; i < records.size(); ++i) {
        void* const tag = reinterpret_cast<void*>(std::uintptr_t{serial} << 32U | i);
        auto code = enqueue(client.get(), records[i], tag);
        while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL && Clock::now() < deadline) {
            rd_kafka_poll(client.get(), 10);
            code = enqueue(client.get(), records[i], tag);
        }
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
        auto failure = make_failure(code, "produce to " + records[i].topic);
        const auto end = end_of(failure);
        auto result = outcome(end, std::move(failure));
        if (is_record_refusal(code)) {
            result.end = TransactionEnd::kRecordRefused;
            result.refused = {i};
        }
        return result;
    }
    return std::nullopt;
}

std::optional<TransactionOutcome> TransactionalProducer::Impl::send_offsets(std::span<const GroupOffsets> offsets) {
    for (const auto& group : offsets) {
        if (group.positions.empty()) continue;
        const auto list = make_list(group.positions);
        auto failed = repeat(Step::kOffsets, "send offsets to the transaction", [&] {
            return rd_kafka_send_offsets_to_transaction(client.get(), list.get(), group.group.get(), remaining_ms());
        });
        if (failed) return failed;
    }
    return std::nullopt;
}

std::optional<TransactionOutcome> TransactionalProducer::Impl::check_deliveries(
    std::span<const OutboundRecord> records) {
    TransactionOutcome result;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto code = deliveries[i];
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR || is_consequence(code)) continue;
        auto failure = make_failure(code == RD_KAFKA_RESP_ERR__IN_PROGRESS ? RD_KAFKA_RESP_ERR__MSG_TIMED_OUT : code,
                                    "produce to " + records[i].topic);
        if (is_record_refusal(code)) {
            result.end = TransactionEnd::kRecordRefused;
            result.refused.push_back(i);
            result.failure = std::move(failure);
        } else if (result.end == TransactionEnd::kCommitted) {
            const auto end = end_of(failure);
            result = outcome(end, std::move(failure));
        }
    }
    if (result.end == TransactionEnd::kCommitted) return std::nullopt;
    return result;
}

Result<std::unique_ptr<TransactionalProducer>> TransactionalProducer::create(
    const ClientConfig& config, const TransactionalProducerOptions& options) {
    auto impl = std::make_unique<Impl>();
    impl->options = options;
    auto conf = make_conf(config, defaults_of(options), guarantees_of(options), impl.get());
    if (!conf) return conf.error();
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &Impl::on_delivery);
    auto client = make_client(RD_KAFKA_PRODUCER, std::move(*conf));
    if (!client) return client.error();
    impl->client = std::move(*client);
    return std::unique_ptr<TransactionalProducer>{new TransactionalProducer{std::move(impl)}};
}

TransactionalProducer::TransactionalProducer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
TransactionalProducer::~TransactionalProducer() = default;

Result<> TransactionalProducer::init() {
    const ErrorHandle error{rd_kafka_init_transactions(impl_->client.get(), to_ms(impl_->options.call_timeout))};
    if (!error) return {};
    return make_failure(rd_kafka_error_code(error.get()), "start transactions as " + impl_->options.transactional_id,
                        rd_kafka_error_string(error.get()));
}

TransactionOutcome TransactionalProducer::transact(std::span<const OutboundRecord> records,
                                                   std::span<const GroupOffsets> offsets) {
    auto& impl = *impl_;
    impl.deadline = Clock::now() + impl.options.call_timeout;
    impl.deliveries.assign(records.size(), RD_KAFKA_RESP_ERR__IN_PROGRESS);
    ++impl.serial;
    if (const ErrorHandle error{rd_kafka_begin_transaction(impl.client.get())})
        return impl.classify(error.get(), Step::kBegin, "begin a transaction");
    // The records travel while the offsets are sent.
    if (auto failed = impl.enqueue_all(records)) return impl.abort_because(std::move(*failed));
    auto failed_offsets = impl.send_offsets(offsets);
    rd_kafka_flush(impl.client.get(), failed_offsets ? kReportWait : impl.remaining_ms());
    // A record's own error says more than the "must be aborted" that follows from it.
    auto refused = impl.check_deliveries(records);
    if (refused && (!failed_offsets || refused->end == TransactionEnd::kRecordRefused))
        return impl.abort_because(std::move(*refused));
    if (failed_offsets) return impl.abort_because(std::move(*failed_offsets));
    // Where records were purged nothing is in doubt: librdkafka refuses the commit itself and says why.
    const bool purged = std::ranges::any_of(impl.deliveries, is_consequence);
    auto failed = impl.repeat(purged ? Step::kOffsets : Step::kCommit, "commit a transaction",
                              [&impl] { return rd_kafka_commit_transaction(impl.client.get(), impl.remaining_ms()); });
    return failed ? impl.abort_because(std::move(*failed)) : TransactionOutcome{};
}

}  // namespace strongroom::kafka
