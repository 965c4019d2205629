// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/allocate.hpp>
#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/numeric/fixed_point.hpp>
#include <attribution/numeric/largest_remainder.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace attribution::inline v0_1::detail {

/// Splits amounts among weights that are level over N stretches. The parts are those that
/// `splitter` gives, but a whole stretch at a time.
///
/// Equivalent to: `splitter` with every weight written out `lengths` times.
template <std::size_t N>
class level_splitter {
  public:
    /// Reads finite, non-negative weights. False if they are all 0, so that nothing can be split.
    constexpr bool weigh(std::array<std::size_t, N> const& lengths,
                         std::array<double, N> const& weights) {
        std::array<double, N> present{};  // a weight of no touchpoint must not set the scale
        for (std::size_t i = 0; i < N; ++i)
            present[i] = lengths[i] != 0 ? weights[i] : 0;
        std::array<std::uint64_t, N> units{};
        (void)to_units({present.data(), N}, {units.data(), N});
        sum_ = 0;
        for (std::size_t i = 0; i < N; ++i)
            sum_ += uint128{units[i]} * lengths[i];
        if (sum_ == 0)
            return false;
        real_sum_ = detail::real_sum(sum_);
        std::size_t first = 0;
        for (std::size_t i = 0; i < N; ++i) {
            auto const real = static_cast<double>(units[i]);
            levels_[i] = {first, lengths[i], units[i], real, real / real_sum_};
            first += lengths[i];
        }
        return true;
    }

    /// Calls `give(first, length, part, share)` for every stretch of equal parts whose weight is
    /// not 0, in their order; `first` is the position of its first part.
    template <amount Amount, class Give>
    ATTRIBUTION_INLINE constexpr void split(Amount whole, Give give) const {
        if constexpr (std::floating_point<Amount>) {
            floating_parts<Amount> const part_of{whole, real_sum_};
            for (auto const& one : levels_)
                if (one.units != 0)
                    give(one.first, one.length, part_of(one.real_units), one.share);
        } else if constexpr (std::integral<Amount>) {
            split_units(whole, give, [](Amount part) { return part; });
        } else {
            split_units(whole.units(), give, [](auto part) { return Amount::from_units(part); });
        }
    }

  private:
    struct weighed_stretch {
        std::size_t first;
        std::size_t length;
        std::uint64_t units;  // of each weight
        double real_units;
        double share;
    };

    /// Equal weights have equal remainders, and the earlier ones get one unit more: each level
    /// falls into at most two stretches.
    template <std::integral Units, class Give, class Make>
    constexpr void split_units(Units whole, Give give, Make make) const {
        bool const negative = whole < 0;
        auto const magnitude = magnitude_of(whole);
        std::array<quota, N> quotas{};
        quota_divider const quota_of{sum_};
        auto left = magnitude;
        for (std::size_t i = 0; i < N; ++i)
            if (levels_[i].units != 0) {
                quotas[i] = quota_of(magnitude, levels_[i].units);
                left -= quotas[i].floor * levels_[i].length;
            }
        std::array<std::size_t, N> extra{};
        while (left > 0) {
            std::size_t i = 0;  // of the largest remainder, the first of them
            for (std::size_t other = 1; other < N; ++other)
                if (quotas[i].remainder < quotas[other].remainder)
                    i = other;
            extra[i] = static_cast<std::size_t>(std::min<std::uint64_t>(left, levels_[i].length));
            left -= extra[i];
            quotas[i].remainder = 0;
        }
        auto const part = [&](std::uint64_t units) {
            return make(with_sign<Units>(units, negative));
        };
        for (std::size_t i = 0; i < N; ++i) {
            auto const& one = levels_[i];
            if (one.units == 0)
                continue;
            if (extra[i] != 0)
                give(one.first, extra[i], part(quotas[i].floor + 1), one.share);
            if (extra[i] != one.length)
                give(one.first + extra[i], one.length - extra[i], part(quotas[i].floor), one.share);
        }
    }

    std::array<weighed_stretch, N> levels_{};
    uint128 sum_ = 0;
    double real_sum_ = 0;
};

}  // namespace attribution::detail
