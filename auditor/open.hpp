#pragma once

#include <functional>
#include <random>
#include <string>

#include "auditor/object_check.hpp"
#include "shared/runtime/retry.hpp"

namespace strongroom::auditor {

/// Decrypts one object. Refers to what its creator owns; the loop's thread only.
class Opener {
  public:
    /// `wait` and `random` are for repetitions after transient failures.
    Opener(SealedSource& source, crypto::KeyLookup keys, Sleeper& sleeper, std::mt19937_64& random, Backoff backoff)
        : source_{source}, keys_{std::move(keys)}, sleeper_{sleeper}, random_{random}, backoff_{backoff} {}

    /// Into a file that gets its name only after the tag verified. Until then, and after a failure, there is none.
    Task<Result<Finding>> to_file(std::string path);
    /// Reads twice: verifies, then writes the very same version. Nothing is written unless it verified.
    Task<Result<Finding>> to_verified_stream(PlaintextOutput& output);
    /// Reads once and writes what is not verified yet: only a good finding at the end makes it trustworthy.
    Task<Result<Finding>> to_unverified_stream(PlaintextOutput& output);

  private:
    Task<Result<Finding>> file_attempt(std::string path);
    Task<Result<Finding>> repeat(std::function<Task<Result<Finding>>()> attempt);

    SealedSource& source_;
    crypto::KeyLookup keys_;
    Sleeper& sleeper_;
    std::mt19937_64& random_;
    Backoff backoff_;
};

}  // namespace strongroom::auditor
