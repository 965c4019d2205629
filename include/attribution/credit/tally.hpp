// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/numeric/compact_sum.hpp>
#include <attribution/numeric/counted_units.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/numeric/wide_sum.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace attribution::inline v0_1 {

namespace detail {

/// How far a sum of floating parts may be from an amount of this size: each part is off by one or
/// two roundings. Subnormal numbers are no more precise than the smallest normal one.
template <std::floating_point Amount>
constexpr double rounding_of(double size) {
    constexpr double least = std::numeric_limits<Amount>::min();
    return (size < least ? least : size) * (sizeof(Amount) == 4 ? 1e-5 : 1e-12);
}

template <class Amount>
constexpr bool is_finite_amount(Amount const& part) {
    if constexpr (std::floating_point<Amount>)
        return is_finite(static_cast<double>(part));
    else
        return true;
}

/// Is this a share, earned or taken back, and not a NaN?
constexpr bool is_share(double share) {
    return share >= -1 && share <= 1;
}

}  // namespace detail

template <amount Amount>
class tally;

/// A sum of amounts that does not depend on the order in which they are added or merged: exact for
/// integers and unit amounts, exact and rounded once when read for floating-point amounts.
///
/// A commutative monoid: a new one is the identity, `merge` adds two.
///
/// Errors:     `value` throws std::overflow_error if the sum does not fit into the amount's type;
///             `add` throws std::domain_error if an amount is not a finite number.
/// Complexity: O(1) per amount; 16 bytes for integers, about 600 for floating-point amounts.
template <amount Amount>
class running_total {
  public:
    constexpr void add(Amount const& part) {
        if (!detail::is_finite_amount(part))
            throw std::domain_error{"running_total: an amount is not a finite number"};
        add(addend(part));
    }

    /// A finite amount, prepared for being added many times.
    class addend {
      public:
        ATTRIBUTION_INLINE constexpr explicit addend(Amount const& part) : number_(count(part)) {}

        /// Can this be added as whole `units`, many of them at a time?
        [[nodiscard]] constexpr bool whole() const {
            if constexpr (std::floating_point<Amount>)
                return number_.whole();
            else
                return true;
        }
        [[nodiscard]] constexpr bool is_zero() const {
            if constexpr (std::floating_point<Amount>)
                return number_.is_zero();
            else
                return number_ == 0;
        }
        [[nodiscard]] constexpr detail::int128 units() const {
            if constexpr (std::floating_point<Amount>)
                return number_.units();
            else
                return number_;
        }

      private:
        friend running_total;
        friend tally<Amount>;
        using number = std::conditional_t<std::floating_point<Amount>, detail::exact_sum::addend,
                                          detail::int128>;

        static constexpr auto count(Amount const& part) {
            if constexpr (std::floating_point<Amount>)
                return static_cast<double>(part);
            else
                return detail::int128{detail::units_of<Amount>::count(part)};
        }

        number number_;
    };

    ATTRIBUTION_INLINE constexpr void add(addend const& part) {
        if constexpr (std::floating_point<Amount>)
            sum_.add(part.number_);
        else
            sum_ += part.number_;
    }

    /// Adds a sum of the `units` of whole addends.
    ATTRIBUTION_INLINE constexpr void add_units(detail::int128 units) {
        if constexpr (std::floating_point<Amount>)
            sum_.add_units(units);
        else
            sum_ += units;
    }

    constexpr void merge(running_total const& other) {
        if constexpr (std::floating_point<Amount>)
            sum_.merge(other.sum_);
        else
            sum_ += other.sum_;
    }

    /// Is the exact sum, before any rounding, zero?
    [[nodiscard]] constexpr bool is_zero() const {
        if constexpr (std::floating_point<Amount>)
            return sum_.value() == 0;  // a sum other than 0 is at least the smallest double
        else
            return sum_ == 0;
    }

    [[nodiscard]] constexpr Amount value() const {
        using units = detail::units_of<Amount>;
        if constexpr (std::floating_point<Amount>) {
            auto const narrow = static_cast<Amount>(
                std::same_as<Amount, double> ? sum_.value() : sum_.value_to_odd());
            if (!detail::is_finite(static_cast<double>(narrow)))
                throw std::overflow_error{"running_total: the sum is too large for its type"};
            return narrow;
        } else {
            if (!detail::representable<typename units::type>(sum_))
                throw std::overflow_error{"running_total: the sum does not fit into the amount's "
                                          "type; use a wider type or "
                                          "a coarser unit"};
            return units::make(static_cast<typename units::type>(sum_));
        }
    }

    /// The sum as it is kept: exact, even where `value` would overflow.
    using sum_type =
        std::conditional_t<std::floating_point<Amount>, detail::exact_sum, detail::int128>;
    [[nodiscard]] constexpr sum_type const& sum() const& noexcept { return sum_; }
    [[nodiscard]] constexpr sum_type sum() const&& { return sum_; }
    [[nodiscard]] static constexpr running_total from_sum(sum_type const& sum) {
        running_total total;
        total.sum_ = sum;
        return total;
    }

  private:
    sum_type sum_{};
};

/// What one group has earned.
template <amount Amount>
struct cell {
    Amount amount{};
    double conversions =
        0;  // sum of the shares: 0.5 for half a conversion, less what refunds undid
    std::size_t credits = 0;

    friend constexpr bool operator==(cell const&, cell const&) = default;
};

/// Several portions added together.
struct portion_sum {
    detail::int128 amount_units = 0;
    detail::int128 shares = 0;  // in units of 2^-62
    std::size_t credits = 0;
};

/// Adds up credits, whatever their order. A commutative monoid, like `running_total`.
///
/// Shares are added in units of 2^-62, so that the number of conversions, too, is the same bits in
/// any order.
///
/// Edges:      amounts of any sign and size; shares in [-1, 1], negative for what is taken back, so
///             that the number of conversions never exceeds the number of credits.
/// Complexity: O(1) per credit; 64 bytes or less. Floating-point amounts that are below 2^-24, from 2^44 on,
///             or add up to more than 2^49, take 600 more.
/// Errors:     std::domain_error, naming the conversion's row, if a share is not in [-1, 1] or an
///             amount is not a finite number; std::overflow_error if more than 2^48 credits are
///             merged, or if a sum does not fit into the amount's type when it is read.
template <amount Amount>
class tally {
  public:
    constexpr void add(credit<Amount> const& earned) {
        check(earned);
        add(portion{earned.amount, earned.share});
    }

    /// Can this credit be added? Errors: as `add`.
    static constexpr void check(credit<Amount> const& earned) {
        if (!detail::is_share(earned.share))
            refuse(earned.conversion, "a share that is not in [-1, 1]");
        if (!detail::is_finite_amount(earned.amount))
            refuse(earned.conversion, "an amount that is not a finite number");
    }

    /// A credit's amount and share, prepared for being added many times: the amount is finite, the
    /// share is in [-1, 1].
    struct portion {
        typename running_total<Amount>::addend amount;
        std::int64_t share;  // in units of 2^-62

        ATTRIBUTION_INLINE constexpr portion(Amount const& part, double share_of_conversion)
            : amount{part}, share{static_cast<std::int64_t>(share_of_conversion *
                                                            detail::power_of_two(62))} {}
    };

    ATTRIBUTION_INLINE constexpr void add(portion const& one) {
        amount_.add(one.amount.number_);
        shares_.add(one.share);
    }

    ATTRIBUTION_INLINE constexpr void add(portion_sum const& sum) {
        amount_.add_units(sum.amount_units, sum.credits);
        shares_.add(sum.shares);
    }

    constexpr void merge(tally const& other) {
        check_merge(other);
        amount_.merge(other.amount_);
        shares_.add(other.shares());
    }

    /// Can `other` be merged? Errors: std::overflow_error if there are too many credits together.
    constexpr void check_merge(tally const& other) const {
        check_merge(amount_.count(), other.amount_.count());
    }
    /// Can so many credits be merged with so many others?
    static constexpr void check_merge(std::size_t own, std::size_t others) {
        if (others > most_credits || own > most_credits - others)
            throw std::overflow_error{"tally: there are more than 2^48 credits in one group"};
    }
    /// The same, and makes room: until anything else is added, merging `other` throws nothing.
    constexpr void prepare_merge(tally const& other) {
        check_merge(other);
        amount_.prepare_merge(other.amount_);
    }

    /// The largest number of credits whose sums cannot overflow.
    static constexpr std::size_t most_credits = static_cast<std::size_t>(
        std::min<std::uint64_t>(std::uint64_t{1} << 48, std::numeric_limits<std::size_t>::max()));

    /// Has no credit been added?
    [[nodiscard]] constexpr bool empty() const noexcept { return amount_.count() == 0; }

    [[nodiscard]] constexpr cell<Amount> finish() const {
        auto const conversions = static_cast<double>(shares()) * detail::power_of_two(-62);
        if constexpr (std::same_as<Amount, double>)
            if (amount_.whole())  // far below the limit of a double
                return {amount_.value(), conversions, amount_.count()};
        auto const total = running_total<Amount>::from_sum(amount_.exact());
        return {total.value(), conversions, amount_.count()};
    }

    /// What a tally consists of; `shares` in units of 2^-62.
    struct parts {
        running_total<Amount> amount;
        detail::int128 shares = 0;
        std::size_t credits = 0;
    };
    [[nodiscard]] constexpr parts take_apart() const {
        return {running_total<Amount>::from_sum(amount_.exact()), shares(), credits()};
    }
    [[nodiscard]] static constexpr tally from_parts(parts const& known) {
        return from_sum(sum_type{known.amount.sum(), known.credits}, known.shares);
    }

    /// The same without making a `running_total` of the amounts, which are summed up and counted as this.
    using sum_type =
        std::conditional_t<std::floating_point<Amount>, detail::compact_sum, detail::counted_units>;
    [[nodiscard]] constexpr sum_type const& sum() const& noexcept { return amount_; }
    [[nodiscard]] constexpr sum_type sum() const&& { return amount_; }
    [[nodiscard]] constexpr detail::int128 shares() const noexcept { return shares_.value(); }
    [[nodiscard]] constexpr std::size_t credits() const noexcept { return amount_.count(); }
    [[nodiscard]] static constexpr tally from_sum(sum_type sum, detail::int128 shares) {
        tally whole;
        whole.amount_ = static_cast<sum_type&&>(sum);
        whole.shares_ = detail::wide_sum{shares};
        return whole;
    }

  private:
    [[noreturn]] static void refuse(std::size_t conversion, char const* what) {
        throw std::domain_error{"tally: a credit of conversion row " + std::to_string(conversion) +
                                " has " + what};
    }

    sum_type amount_{};
    detail::wide_sum shares_{};
};

}  // namespace attribution
