#include "shared/object_store/crc32c_combine.hpp"

#include <array>
#include <cstddef>

namespace strongroom::object_store {
namespace {

/// A linear map over GF(2): the image of each of the 32 bits of a checksum register.
using Matrix = std::array<std::uint32_t, 32>;
constexpr std::uint32_t kPolynomial = 0x82f63b78;  // Castagnoli, reflected

std::uint32_t image_of(const Matrix& matrix, std::uint32_t vector) {
    std::uint32_t image = 0;
    for (std::size_t bit = 0; vector != 0; ++bit, vector >>= 1U) {
        if ((vector & 1U) != 0) image ^= matrix[bit];
    }
    return image;
}

Matrix squared(const Matrix& matrix) {
    Matrix square{};
    for (std::size_t bit = 0; bit < square.size(); ++bit) square[bit] = image_of(matrix, matrix[bit]);
    return square;
}

/// What one zero bit behind a message does to its checksum.
Matrix one_zero_bit() {
    Matrix matrix{};
    matrix[0] = kPolynomial;
    for (std::size_t bit = 1; bit < matrix.size(); ++bit) matrix[bit] = 1U << (bit - 1);
    return matrix;
}

}  // namespace

std::uint32_t crc32c_combine(std::uint32_t first, std::uint32_t second, std::uint64_t second_length) {
    Matrix zeros = squared(squared(squared(one_zero_bit())));  // one zero byte
    for (; second_length != 0; second_length >>= 1U) {
        if ((second_length & 1U) != 0) first = image_of(zeros, first);
        zeros = squared(zeros);
    }
    return first ^ second;
}

}  // namespace strongroom::object_store
