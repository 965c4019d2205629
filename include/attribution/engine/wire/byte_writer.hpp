// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/wire/words.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace attribution::inline v0_1::detail {

/// Writes values as bytes that mean the same on every machine: counts and whole numbers in groups
/// of seven bits, the lowest first (LEB128, zigzag if signed); floating-point numbers as the 64
/// bits of a double, the lowest byte first; text and sequences after their length.
class byte_writer {
  public:
    /// Until something is written.
    [[nodiscard]] std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    void reserve(std::size_t size) { bytes_.reserve(size); }
    [[nodiscard]] std::string take() const { return std::string{bytes()}; }

    void raw(std::string_view some) {
        std::copy(some.begin(), some.end(), bytes_.append_for_overwrite(some.size()));
    }
    void fixed(std::uint64_t value) {
        auto const some = detail::bytes_of_word(value);
        std::copy(some.begin(), some.end(), bytes_.append_for_overwrite(some.size()));
    }
    /// Writes so many of the lowest bytes, at most eight.
    void fixed(std::uint64_t value, std::size_t width) {
        auto const some = detail::bytes_of_word(value);
        raw({some.data(), width});
    }
    /// Writes over the eight bytes at that place.
    void replace(std::size_t place, std::uint64_t value) {
        auto const some = detail::bytes_of_word(value);
        std::copy(some.begin(), some.end(), bytes_.begin() + place);
    }
    void count(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            byte(static_cast<unsigned char>(value | 0x80));
        byte(static_cast<unsigned char>(value));
    }
    void number(std::int64_t value) {
        auto const bits = static_cast<std::uint64_t>(value);
        count(bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }

  private:
    void byte(unsigned char one) { *bytes_.append_for_overwrite(1) = static_cast<char>(one); }

    buffer<char> bytes_;
};

}  // namespace attribution::detail
