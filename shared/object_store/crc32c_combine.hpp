#pragma once

#include <cstdint>

namespace strongroom::object_store {

/// The CRC-32C of two byte strings one after the other, from their checksums and the length of the second.
std::uint32_t crc32c_combine(std::uint32_t first, std::uint32_t second, std::uint64_t second_length);

}  // namespace strongroom::object_store
