#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "auditor/file_descriptor.hpp"
#include "shared/base/result.hpp"

namespace strongroom::auditor {

/// Where plaintext goes. Writes block. Failures are permanent and name the place and the system's reason.
class PlaintextOutput {
  public:
    virtual ~PlaintextOutput() = default;
    virtual Result<> write(std::span<const std::byte> plain) = 0;
};

/// A file that appears under its name only when `commit` was called: until then it is a partial file in the same
/// folder, mode 0600, which is removed when this object goes.
class PlaintextFile final : public PlaintextOutput {
  public:
    /// Refuses a `path` that exists and is no regular file (a rename would replace the device or folder).
    static Result<PlaintextFile> create(const std::string& path);

    PlaintextFile(PlaintextFile&&) noexcept = default;
    PlaintextFile& operator=(PlaintextFile&&) = delete;
    ~PlaintextFile() override;

    Result<> write(std::span<const std::byte> plain) override;
    /// Brings the content to the disk and gives the file its name, replacing what had it.
    Result<> commit();

  private:
    PlaintextFile(std::string path, std::string partial, FileDescriptor file)
        : path_{std::move(path)}, partial_{std::move(partial)}, file_{std::move(file)} {}

    std::string path_;
    std::string partial_;
    FileDescriptor file_;
};

/// An open descriptor that belongs to somebody else (standard output). A reader that went away is a failure.
class DescriptorOutput final : public PlaintextOutput {
  public:
    DescriptorOutput(int descriptor, std::string name) : descriptor_{descriptor}, name_{std::move(name)} {}
    Result<> write(std::span<const std::byte> plain) override;

  private:
    int descriptor_;
    std::string name_;
};

}  // namespace strongroom::auditor
