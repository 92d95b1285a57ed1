#pragma once

#include <chrono>

#include "shared/base/failure.hpp"
#include "shared/records/receipt.hpp"

namespace strongroom::archive {

/// What is worth telling about archiving: one function per fact; log and metric are made together behind it. The
/// shards' threads.
class ArchiveObserver {
  public:
    virtual ~ArchiveObserver() = default;
    /// A stage was left, by success or failure.
    virtual void stage_ended(Stage stage, std::chrono::steady_clock::duration took) = 0;
    /// One attempt at a stage failed; it may be repeated.
    virtual void attempt_failed(const Failure& failure) = 0;
    /// Bytes of media went into the store.
    virtual void stored(const records::ArchivedObject& object) = 0;
    /// Redis could not be asked: work goes on without a claim.
    virtual void without_claim(const Failure& failure) = 0;
};

}  // namespace strongroom::archive
