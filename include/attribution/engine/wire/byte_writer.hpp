// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Writes values as bytes that mean the same on every machine: counts and whole numbers in groups
/// of seven bits, the lowest first (LEB128, zigzag if signed); floating-point numbers as the 64
/// bits of a double, the lowest byte first; text and sequences after their length.
class byte_writer {
  public:
    [[nodiscard]] std::string const& bytes() const { return bytes_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

    void raw(std::string_view some) { bytes_ += some; }
    void fixed(std::uint64_t value, int width = 8) {
        for (int i = 0; i < width; ++i)
            bytes_ += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
    }
    void count(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            bytes_ += static_cast<char>(static_cast<unsigned char>(value | 0x80));
        bytes_ += static_cast<char>(static_cast<unsigned char>(value));
    }
    void number(std::int64_t value) {
        auto const bits = static_cast<std::uint64_t>(value);
        count(bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }

  private:
    std::string bytes_;
};

}  // namespace attribution::detail
