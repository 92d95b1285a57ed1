#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "shared/base/c_ptr.hpp"

struct evp_cipher_ctx_st;

namespace strongroom::simulator {

void free_cipher_context(evp_cipher_ctx_st* context);

/// Where media bytes come from.
enum class MediaMode {
    kKeystream,  ///< AES-256-CTR keystream, key SHA-256("<id>:<size>"), zero IV: any client can recompute it
    kPattern,    ///< one block of 1 MiB over and over, never copied: for benchmarks, where the source must not be the
                 ///< limit
};

/// Reads the bytes of one media item from an offset on. Holds at most one piece in memory.
class MediaBytes {
  public:
    /// Largest piece that `next` gives, in bytes.
    static constexpr std::size_t kPiece = 128U * 1024U;

    MediaBytes(MediaMode mode, std::string_view id, std::uint64_t size, std::uint64_t offset);

    /// The next bytes, at most `most`, at least one (there is no end: the caller knows the size). The view is good
    /// until the next call.
    std::span<const std::byte> next(std::size_t most);

  private:
    std::span<const std::byte> next_of_pattern(std::size_t most);
    std::span<const std::byte> next_of_keystream(std::size_t most);

    MediaMode mode_;
    std::uint64_t offset_;
    CPtr<evp_cipher_ctx_st, free_cipher_context> cipher_;
    std::vector<std::byte> piece_;
};

}  // namespace strongroom::simulator
