// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstdint>

namespace attribution::inline v0_1::detail {

/// A sum of many 64-bit integers in 128 bits, which the caller keeps from overflowing. Two additions
/// each, where compilers make more of adding to an `int128`.
class wide_sum {
  public:
    constexpr wide_sum() = default;
    constexpr explicit wide_sum(int128 value)
        : low_{static_cast<std::uint64_t>(value)}, high_{static_cast<std::int64_t>(value >> 64)} {}

    constexpr void add(std::int64_t one) {
        auto const before = low_;
        low_ += static_cast<std::uint64_t>(one);
        high_ += low_ < before ? 1 : 0;
        if (one < 0) [[unlikely]]
            borrow();
    }

    constexpr void add(int128 many) {
        auto const digits = static_cast<std::uint64_t>(many);
        low_ += digits;
        high_ += low_ < digits ? 1 : 0;
        high_ += static_cast<std::int64_t>(many >> 64);
    }

    [[nodiscard]] constexpr int128 value() const {
        return static_cast<int128>(uint128{static_cast<std::uint64_t>(high_)} << 64 | low_);
    }

  private:
    // Inline, the rare case would become four instructions of every addition instead of a branch.
    ATTRIBUTION_OUT_OF_LINE constexpr void borrow() { --high_; }

    std::uint64_t low_ = 0;
    std::int64_t high_ = 0;
};

}  // namespace attribution::detail
