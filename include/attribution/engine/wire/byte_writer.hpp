// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
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
    void reserve(std::size_t size) { bytes_.reserve(size); }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

    void raw(std::string_view some) { bytes_ += some; }
    void fixed(std::uint64_t value, int width = 8) {
        std::array<char, 8> some{};
        for (std::size_t i = 0; i < some.size(); ++i)
            some[i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
        bytes_.append(some.data(), static_cast<std::size_t>(width));
    }
    void count(std::uint64_t value) {
        if (value < 0x80) {
            bytes_ += static_cast<char>(static_cast<unsigned char>(value));
            return;
        }
        std::array<char, 10> some{};
        std::size_t size = 0;
        for (; value >= 0x80; value >>= 7)
            some[size++] = static_cast<char>(static_cast<unsigned char>(value | 0x80));
        some[size++] = static_cast<char>(static_cast<unsigned char>(value));
        bytes_.append(some.data(), size);
    }
    void number(std::int64_t value) {
        auto const bits = static_cast<std::uint64_t>(value);
        count(bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }

  private:
    std::string bytes_;
};

}  // namespace attribution::detail
