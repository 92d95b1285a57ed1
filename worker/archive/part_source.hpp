#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "shared/http/byte_stream.hpp"
#include "shared/runtime/event.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::archive {

/// The next `length` bytes of a longer stream, as a body of their own. The stream outlives it; one part at a time.
class PartSource final : public http::ByteSource {
  public:
    PartSource(http::ByteSource& stream, std::uint64_t length);
    ~PartSource() override;
    PartSource(const PartSource&) = delete;
    PartSource& operator=(const PartSource&) = delete;

    Read read(std::span<std::byte> buffer) override;

  private:
    http::ByteSource& stream_;
    std::uint64_t left_;
};

/// Bytes in memory as a body; they outlive it.
class MemorySource final : public http::ByteSource {
  public:
    explicit MemorySource(std::span<const std::byte> bytes) : left_{bytes} {}
    Read read(std::span<std::byte> buffer) override;

  private:
    std::span<const std::byte> left_;
};

/// Collects up to `most` bytes of `stream` into `part` (replacing its content). False when the stream was aborted; a
/// part shorter than `most` is the last. `stream` and `part` outlive the task.
Task<bool> collect_part(http::ByteSource& stream, std::size_t most, std::vector<std::byte>& part);

}  // namespace strongroom::archive
