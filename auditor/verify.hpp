#pragma once

#include <random>
#include <utility>

#include "auditor/object_check.hpp"
#include "auditor/stores.hpp"
#include "auditor/verify_report.hpp"
#include "auditor/verify_targets.hpp"
#include "shared/runtime/event.hpp"
#include "shared/runtime/retry.hpp"
#include "shared/runtime/task_group.hpp"

namespace strongroom::auditor {

struct VerifyConfig {
    /// Objects read at once.
    std::size_t concurrency = 16;
    Backoff backoff{};
};

/// Verifies objects, several at once. Refers to what its creator owns and has to outlive its tasks; the loop's thread
/// only.
class Verifier {
  public:
    Verifier(const boost::asio::any_io_executor& executor, StoreLookup stores, crypto::KeyLookup keys, Sleeper& sleeper,
             std::mt19937_64& random, VerifyConfig config, VerifyReport& report)
        : executor_{executor},
          stores_{std::move(stores)},
          keys_{std::move(keys)},
          sleeper_{sleeper},
          random_{random},
          config_{config},
          report_{report},
          slot_free_{executor} {}

    /// Every object of `targets`, which outlives the call. The failure is the source's: what it had named until then
    /// has been verified and reported.
    Task<Result<>> run(TargetSource& targets);

  private:
    /// One of the readings at once; free again when it goes, however the reading ended.
    class Slot {
      public:
        explicit Slot(Verifier& verifier) : verifier_{&verifier} { ++verifier.running_; }
        Slot(Slot&& other) noexcept : verifier_{std::exchange(other.verifier_, nullptr)} {}
        Slot& operator=(Slot&&) = delete;
        ~Slot() {
            if (verifier_ == nullptr) return;
            --verifier_->running_;
            verifier_->slot_free_.notify();
        }

      private:
        Verifier* verifier_;
    };

    Task<Result<>> spawn_all(TaskGroup& group, TargetSource& targets);
    Task<> verify_one(Target target, Slot slot);
    Task<Result<Finding>> check(const Target& target);

    boost::asio::any_io_executor executor_;
    StoreLookup stores_;
    crypto::KeyLookup keys_;
    Sleeper& sleeper_;
    std::mt19937_64& random_;
    VerifyConfig config_;
    VerifyReport& report_;
    Event slot_free_;
    std::size_t running_ = 0;
};

}  // namespace strongroom::auditor
