#pragma once

#include <chrono>
#include <optional>
#include <random>

#include "shared/base/time_source.hpp"
#include "shared/fleet/claims.hpp"
#include "shared/keys/key_provider.hpp"
#include "shared/runtime/retry.hpp"
#include "shared/runtime/semaphore.hpp"
#include "worker/archive/archive_job.hpp"
#include "worker/archive/archive_observer.hpp"
#include "worker/archive/lease_keeper.hpp"
#include "worker/archive/receipt.hpp"
#include "worker/archive/tenant.hpp"
#include "worker/archive/transfer.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::archive {

struct ArchiveLimits {
    /// How long a record waits in memory for a claim that another partition's record holds.
    std::chrono::milliseconds claim_wait{30'000};
    /// A download URL older than this is resolved again before it is used.
    std::chrono::milliseconds url_max_age{60'000};
    /// Repetitions in place, per stage.
    Backoff backoff{.throttled_tries = 5};
};

/// The product's main path: claim → resolve → transfer → write back → receipt. One per shard; all it is given outlives
/// it.
class ArchivePipeline final : public consume::WorkHandler {
  public:
    struct Parts {
        const Tenants& tenants;
        fleet::Claims& claims;
        LeaseKeeper& leases;
        Transfer& transfer;
        Semaphore& transfers;
        /// Calls of the platform's API at once: libcurl slows down beyond some 64 exchanges on one loop.
        Semaphore& api_calls;
        const keys::KeyProvider& keys;
        const ReceiptWriter& receipts;
        const TimeSource& time;
        Sleeper& sleeper;
        std::mt19937_64& random;
        ArchiveObserver& observer;
        ArchiveLimits limits{};
    };

    explicit ArchivePipeline(Parts parts) : parts_{std::move(parts)} {}

    Task<consume::HandlerResult> handle(const consume::Delivery& delivery) override;
    kafka::OutboundRecord dead_letter_receipt(const consume::Delivery& delivery, const consume::Subject& subject,
                                              const Failure& failure) override;

  private:
    Task<Result<>> run_stages(ArchiveJob& job);

    Task<Result<>> claim(ArchiveJob& job);
    Task<Result<fleet::ClaimAttempt>> ask_for_claim(const ArchiveJob& job);
    Task<Result<>> store(ArchiveJob& job);
    Task<Result<records::ArchivedObject>> attempt_transfer(ArchiveJob& job);
    Task<Result<>> resolve(ArchiveJob& job);
    Task<Result<std::string>> choose_key(ArchiveJob& job);
    Task<Result<records::ArchivedObject>> adopt_existing(ArchiveJob& job, std::string key);
    Task<Result<>> link(ArchiveJob& job);
    Task<Result<>> write_back(ArchiveJob& job);
    Task<Result<>> remember(ArchiveJob& job, fleet::RecoveryPoint::State state);
    Task<consume::HandlerResult> conclude(ArchiveJob& job, Result<> end);

    Parts parts_;
};

}  // namespace strongroom::archive
