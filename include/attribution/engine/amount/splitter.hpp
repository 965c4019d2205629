// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/numeric/fixed_point.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/largest_remainder.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace attribution::inline v0_1::detail {

/// The parts of one amount for whole numbers of units out of a sum: whole * units / sum in double.
/// A large amount and the sum are scaled by a power of two, which is exact, so that the product cannot
/// overflow.
template <std::floating_point Amount>
class floating_parts {
  public:
    constexpr floating_parts(Amount whole, double sum)
        : whole_{static_cast<double>(whole)}, sum_{sum} {
        if (is_large(whole_)) [[unlikely]] {
            whole_ = made_small(whole_);
            sum_ = made_small(sum_);
        }
    }

    constexpr Amount operator()(double units) const {
        return static_cast<Amount>(whole_ * units / sum_);
    }

  private:
    static constexpr bool is_large(double value) {
        return std::bit_cast<std::uint64_t>(value) << 1 > std::uint64_t{1023 + 900} << 53;
    }
    // Inline, compilers would make a vector of both, and take it apart again.
    ATTRIBUTION_OUT_OF_LINE static constexpr double made_small(double value) {
        return value * power_of_two(-64);
    }

    double whole_;
    double sum_;
};

/// A sum of weights in double. Processors convert signed numbers in one step.
constexpr double real_sum(uint128 sum) {
    auto const low = static_cast<std::int64_t>(static_cast<std::uint64_t>(sum));
    return sum >> 63 == 0 ? static_cast<double>(low) : static_cast<double>(sum);
}

/// Splits many amounts into parts, one after the other, and reuses its buffers.
class splitter {
  public:
    /// Reads the weights. False if they are all 0, so that nothing can be split.
    constexpr bool weigh(std::span<double const> weights) {
        units_.resize_for_overwrite(weights.size());
        sum_ = to_units(weights, {units_.data(), units_.size()});
        real_sum_ = detail::real_sum(sum_);
        return sum_ != 0;
    }

    /// Takes whole numbers as weights, exactly as they are.
    constexpr void weigh_units(std::span<std::uint64_t const> weights) {
        units_.clear();
        sum_ = 0;
        for (auto const unit : weights) {
            units_.push_back(unit);
            sum_ += unit;
        }
        real_sum_ = detail::real_sum(sum_);
    }

    /// Takes `count` whole numbers as weights, exactly as they are: those that `unit_of(i)` gives,
    /// and then `last`. There is at least one.
    template <class UnitOf>
    ATTRIBUTION_INLINE constexpr void weigh_each(std::size_t count, UnitOf unit_of,
                                                 std::uint64_t last) {
        units_.resize_for_overwrite(count);
        auto* const units = units_.data();
        std::uint64_t low = last;  // of the sum
        std::uint64_t high = 0;
        for (std::size_t i = 0; i + 1 < count; ++i) {
            low += units[i] = unit_of(i);
            high += low < units[i] ? 1 : 0;
        }
        units[count - 1] = last;
        sum_ = uint128{high} << 64 | low;
        real_sum_ = detail::real_sum(sum_);
    }

    [[nodiscard]] constexpr bool counts(std::size_t i) const { return units_[i] != 0; }
    [[nodiscard]] constexpr double share(std::size_t i) const {
        return static_cast<double>(units_[i]) / real_sum_;
    }

    /// One part per weight of the last `weigh`, in its order. The sum of the weights must be above
    /// 0. Of n equal remainders, number `first_of_ties` modulo n is the first to get a unit left over.
    template <amount Amount>
    constexpr void split(Amount whole, std::span<Amount> parts, std::uint64_t first_of_ties = 0) {
        if constexpr (std::floating_point<Amount>) {
            floating_parts<Amount> const part_of{whole, real_sum_};
            for (std::size_t i = 0; i < parts.size(); ++i)
                parts[i] = part_of(static_cast<double>(units_[i]));
        } else if constexpr (std::integral<Amount>) {
            split_units(whole, first_of_ties, [&](std::size_t i, Amount part) { parts[i] = part; });
        } else {
            split_units(whole.units(), first_of_ties,
                        [&](std::size_t i, auto part) { parts[i] = Amount::from_units(part); });
        }
    }

    /// Calls `give(i, part, share)` for each weight that is not 0, in their order; ties as above.
    template <amount Amount, class Give>
    constexpr void split_each(Amount whole, Give give, std::uint64_t first_of_ties = 0) {
        if constexpr (std::floating_point<Amount>) {
            auto const* const units = units_.data();  // `give` does not change them
            auto const sum = real_sum_;
            floating_parts<Amount> const part_of{whole, sum};
            for (std::size_t i = 0, size = units_.size(); i < size; ++i)
                if (units[i] != 0) {
                    auto const own = static_cast<double>(units[i]);
                    give(i, part_of(own), own / sum);
                }
        } else {
            auto const counted = [&](std::size_t i, auto part) {
                if (counts(i))
                    give(i, units_of<Amount>::make(part), share(i));
            };
            split_units(units_of<Amount>::count(whole), first_of_ties, counted);
        }
    }

  private:
    template <std::integral Units, class Store>
    constexpr void split_units(Units whole, std::uint64_t first_of_ties, Store store) {
        bool const negative = whole < 0;
        auto const magnitude = magnitude_of(whole);
        quota_divider const quota_of{sum_};
        quotas_.resize(units_.size(), quota{});
        for (std::size_t i = 0; i < units_.size(); ++i)
            quotas_[i] = quota_of(magnitude, units_[i]);
        detail::hand_out(magnitude, {quotas_.data(), quotas_.size()}, chosen_, first_of_ties);
        for (std::size_t i = 0; i < units_.size(); ++i)
            store(i, with_sign<Units>(quotas_[i].floor, negative));
    }

    buffer<std::uint64_t> units_;
    uint128 sum_ = 0;
    double real_sum_ = 0;
    buffer<quota> quotas_;
    buffer<std::size_t> chosen_;
};

}  // namespace attribution::detail
