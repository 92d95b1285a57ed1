#pragma once

#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "auditor/object_location.hpp"
#include "auditor/verdict.hpp"
#include "shared/object_store/object_store.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::auditor {

/// One object to be verified, and what is known of it beforehand.
struct Target {
    ObjectLocation location;
    std::optional<Expectation> expected{};
    std::string work_item{};  ///< of the receipt, or empty
    std::string event_id{};   ///< of the receipt, or empty
};

/// Where the objects to be verified come from, one after the other, so that memory is bounded however many there are.
/// A failure ends the run. One call at a time.
class TargetSource {
  public:
    virtual ~TargetSource() = default;
    /// Nothing after the last.
    virtual Task<Result<std::optional<Target>>> next() = 0;
};

/// Objects named on the command line.
class NamedTargets final : public TargetSource {
  public:
    explicit NamedTargets(std::vector<ObjectLocation> locations) : locations_{std::move(locations)} {}
    Task<Result<std::optional<Target>>> next() override;

  private:
    std::vector<ObjectLocation> locations_;
    std::size_t at_ = 0;
};

/// Every archived object whose key starts with a prefix, page by page; the workers' index entries (`.items/`) are left
/// out. `store` outlives it.
class PrefixTargets final : public TargetSource {
  public:
    PrefixTargets(object_store::ObjectStore& store, ObjectLocation prefix)
        : store_{store}, prefix_{std::move(prefix)} {}
    Task<Result<std::optional<Target>>> next() override;

  private:
    object_store::ObjectStore& store_;
    ObjectLocation prefix_;
    std::vector<object_store::ListedObject> page_;
    std::size_t at_ = 0;
    std::string continuation_;
    bool last_page_ = false;
};

/// `s3://bucket/key` lines of a file; empty lines and lines that start with # are left out. A line that is none of
/// these ends the run with `file:line: what is wrong`.
class FileTargets final : public TargetSource {
  public:
    static Result<FileTargets> open(const std::string& path);
    Task<Result<std::optional<Target>>> next() override;

  private:
    FileTargets(std::string path, std::ifstream lines) : path_{std::move(path)}, lines_{std::move(lines)} {}

    std::string path_;
    std::ifstream lines_;
    int line_ = 0;
};

}  // namespace strongroom::auditor
