// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>

namespace attribution::inline v0_1::detail {

/// The quotient of two non-negative lengths: a whole number, and a fraction in units of 2^-64.
struct times {
    std::uint64_t whole;
    std::uint64_t fraction;
};

/// Divides many non-negative lengths by one positive unit.
template <class Length, class Unit>
class length_divider {
    using L = measure<Length>;
    using U = measure<Unit>;
    static constexpr bool exact =
        !std::floating_point<typename L::rep> && !std::floating_point<typename U::rep>;

  public:
    constexpr explicit length_divider(Unit unit) : unit_{unit} {
        if constexpr (exact) {
            divisor_ = static_cast<uint128>(U::count(unit)) * ticks_per<Unit, Length>;
            if (divisor_ > 1 && divisor_ >> 64 == 0) {
                most_inverted_ = ~std::uint64_t{0} / static_cast<std::uint64_t>(divisor_);
                auto const inverse = ~uint128{0} / divisor_ + 1;
                inverse_high_ = static_cast<std::uint64_t>(inverse >> 64);
                inverse_low_ = static_cast<std::uint64_t>(inverse);
            }
        }
    }

    /// The whole number is limited to 4,096.
    constexpr times operator()(Length length) const {
        auto const found = at_least_limited(length);
        return {std::min(found.whole, most), found.fraction};
    }

    /// The same, but a whole number above 4,096 may also be that large.
    constexpr times at_least_limited(Length length) const {
        if constexpr (exact) {
            auto const dividend = static_cast<uint128>(L::count(length)) * ticks_per<Length, Unit>;
            if (dividend <= most_inverted_)
                return multiply_by_inverse(static_cast<std::uint64_t>(dividend));
            return divide_wide(dividend);
        } else {
            return divide_floating(length);
        }
    }

  private:
    static constexpr std::uint64_t most = 4096;

    /// dividend * 2^64 / divisor, rounded down. The inverse is less than 2^-128 too large, so the
    /// product is less than dividend * 2^-64 too large; as long as that is at most 1 / divisor, it
    /// does not reach the next whole number.
    constexpr times multiply_by_inverse(std::uint64_t dividend) const {
        uint128 const high = uint128{dividend} * inverse_high_;
        uint128 const low = uint128{dividend} * inverse_low_;
        auto const carried = static_cast<std::uint64_t>(low >> 64);
        auto const fraction = static_cast<std::uint64_t>(high) + carried;
        auto const whole = static_cast<std::uint64_t>(high >> 64) + (fraction < carried ? 1 : 0);
        return {whole, fraction};
    }

    constexpr times divide_wide(uint128 dividend) const {
        auto divisor = divisor_;
        auto const whole = std::min(dividend / divisor, uint128{most});
        auto rest = dividend % divisor;
        while (divisor >> 63 != 0) {  // leave room to shift the remainder; the loss is tiny
            divisor >>= 1;
            rest >>= 1;
        }
        constexpr uint128 nearly_one = ~std::uint64_t{0};
        auto const fraction = std::min((rest << 64) / divisor, nearly_one);
        return {static_cast<std::uint64_t>(whole), static_cast<std::uint64_t>(fraction)};
    }

    constexpr times divide_floating(Length length) const {
        double const ratio =
            static_cast<double>(L::count(length)) * static_cast<double>(ticks_per<Length, Unit>) /
            (static_cast<double>(U::count(unit_)) * static_cast<double>(ticks_per<Unit, Length>));
        if (!(ratio < static_cast<double>(most)))
            return {most, 0};
        auto const whole = static_cast<std::uint64_t>(ratio);
        return {whole, static_cast<std::uint64_t>((ratio - static_cast<double>(whole)) *
                                                  power_of_two(64))};
    }

    Unit unit_;
    uint128 divisor_ = 0;
    std::uint64_t most_inverted_ = 0;  // the largest dividend for multiply_by_inverse
    std::uint64_t inverse_high_ = 0;   // 2^128 / divisor, rounded up
    std::uint64_t inverse_low_ = 0;
};

}  // namespace attribution::detail
