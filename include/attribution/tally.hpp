// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/detail/exact_sum.hpp>
#include <attribution/detail/float_bits.hpp>
#include <attribution/detail/wide_integer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <type_traits>

namespace attribution {

namespace detail {

template <class Amount>
struct units_of {
    using type = Amount;
    static constexpr Amount count(Amount whole) { return whole; }
    static constexpr Amount make(Amount units) { return units; }
};
template <unit_amount Amount>
struct units_of<Amount> {
    using type = typename Amount::units_type;
    static constexpr type count(Amount const& whole) { return whole.units(); }
    static constexpr Amount make(type units) { return Amount::from_units(units); }
};

}  // namespace detail

/// A sum of amounts that does not depend on the order in which they are added or merged: exact for
/// integers and unit amounts, exact and rounded once when read for floating-point amounts.
///
/// A commutative monoid: a new one is the identity, `merge` adds two.
///
/// Errors:     `value` throws std::overflow_error if the sum does not fit into the amount's type.
/// Complexity: O(1) per amount; 16 bytes for integers, about 600 for floating-point amounts.
template <amount Amount>
class running_total {
  public:
    constexpr void add(Amount const& part) { add(addend(part)); }

    /// An amount made ready to be added many times.
    class addend {
      public:
        constexpr explicit addend(Amount const& part) : number_(count(part)) {}

        /// Can it be added as whole `units`, and many of those together?
        [[nodiscard]] constexpr bool whole() const {
            if constexpr (std::floating_point<Amount>)
                return number_.near();
            else
                return true;
        }
        [[nodiscard]] constexpr detail::int128 units() const {
            if constexpr (std::floating_point<Amount>)
                return number_.units();
            else
                return number_;
        }

      private:
        friend running_total;
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

    constexpr void add(addend const& part) {
        if constexpr (std::floating_point<Amount>)
            sum_.add(part.number_);
        else
            sum_ += part.number_;
    }

    /// Adds a sum of the `units` of whole addends.
    constexpr void add_units(detail::int128 units) {
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

    /// Exactly, before any rounding.
    [[nodiscard]] constexpr bool is_zero() const {
        if constexpr (std::floating_point<Amount>)
            return sum_.value() == 0;  // what is not 0 is at least the smallest double
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

    /// The sum as it is kept: exact, also where `value` would overflow.
    using sum_type =
        std::conditional_t<std::floating_point<Amount>, detail::exact_sum, detail::int128>;
    [[nodiscard]] constexpr sum_type const& sum() const& { return sum_; }
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
    double conversions = 0;   // sum of the shares: 0.5 for half a conversion
    std::size_t credits = 0;  // how many credits that are

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
/// Shares are added in units of 2^-62, so that also the number of conversions is the same bits in
/// any order.
template <amount Amount>
class tally {
  public:
    constexpr void add(credit<Amount> const& earned) { add(portion{earned.amount, earned.share}); }

    /// A credit's amount and share made ready to be added many times.
    struct portion {
        typename running_total<Amount>::addend amount;
        std::int64_t share;  // in units of 2^-62

        constexpr portion(Amount const& part, double share_of_conversion)
            : amount{part}, share{static_cast<std::int64_t>(share_of_conversion *
                                                            detail::power_of_two(62))} {}
    };

    constexpr void add(portion const& one) {
        amount_.add(one.amount);
        shares_ += one.share;
        ++credits_;
    }

    constexpr void add(portion_sum const& sum) {
        amount_.add_units(sum.amount_units);
        shares_ += sum.shares;
        credits_ += sum.credits;
    }

    constexpr void merge(tally const& other) {
        amount_.merge(other.amount_);
        shares_ += other.shares_;
        credits_ += other.credits_;
    }

    /// Has no credit been added?
    [[nodiscard]] constexpr bool empty() const { return credits_ == 0; }

    [[nodiscard]] constexpr cell<Amount> finish() const {
        return {amount_.value(), static_cast<double>(shares_) * detail::power_of_two(-62),
                credits_};
    }

    /// What it is made of; `shares` in units of 2^-62.
    struct parts {
        running_total<Amount> amount;
        detail::int128 shares = 0;
        std::size_t credits = 0;
    };
    [[nodiscard]] constexpr parts take_apart() const { return {amount_, shares_, credits_}; }
    [[nodiscard]] static constexpr tally from_parts(parts const& known) {
        tally whole;
        whole.amount_ = known.amount;
        whole.shares_ = known.shares;
        whole.credits_ = known.credits;
        return whole;
    }

  private:
    running_total<Amount> amount_;
    detail::int128 shares_ = 0;
    std::size_t credits_ = 0;
};

}  // namespace attribution
