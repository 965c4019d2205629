// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstddef>

namespace attribution::inline v0_1::detail {

/// What `compact_sum` is for doubles, for whole units of any kind: how many, and of how many addends. The
/// caller keeps the sum from overflowing.
class counted_units {
  public:
    constexpr counted_units() = default;
    constexpr counted_units(int128 units, std::size_t count) : units_{units}, count_{count} {}

    ATTRIBUTION_INLINE constexpr void add(int128 one) { add_units(one, 1); }
    ATTRIBUTION_INLINE constexpr void add_units(int128 units, std::size_t count) {
        units_ += units;
        count_ += count;
    }
    constexpr void merge(counted_units const& other) { add_units(other.units_, other.count_); }
    constexpr void prepare_merge(counted_units const&) const {}

    [[nodiscard]] constexpr int128 exact() const { return units_; }
    [[nodiscard]] constexpr std::size_t count() const { return count_; }

  private:
    int128 units_ = 0;
    std::size_t count_ = 0;
};

}  // namespace attribution::detail
