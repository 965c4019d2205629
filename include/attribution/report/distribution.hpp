// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

/// The mean of chrono durations is a duration in double; other means are doubles.
template <class T>
struct mean_of {
    using type = double;
};
template <class Rep, class Period>
struct mean_of<std::chrono::duration<Rep, Period>> {
    using type = std::chrono::duration<double, Period>;
};

}  // namespace detail

/// Observed values: lengths of paths, time lags. A commutative monoid; the figures do not depend on
/// the order.
///
/// Errors:     std::domain_error if a value is a NaN.
template <class T>
class distribution {
  public:
    using value_type = T;
    using mean_type = typename detail::mean_of<T>::type;

    /// One observed value, and how often.
    struct bar {
        T value;
        std::size_t count;
        friend constexpr bool operator==(bar const&, bar const&) = default;
    };

    constexpr distribution() = default;
    constexpr explicit distribution(std::vector<T> values) : values_{std::move(values)} {
        if constexpr (detail::holds_floating<T>)
            if (!std::all_of(values_.begin(), values_.end(), detail::equals_itself<T>))
                throw std::domain_error{"distribution: a value is not a number; look for "
                                        "infinite times, whose difference is undefined"};
        std::sort(values_.begin(), values_.end());
    }

    constexpr void merge(distribution const& other) {
        auto both = values_;
        both.insert(both.end(), other.values_.begin(), other.values_.end());
        *this = distribution{std::move(both)};
    }

    [[nodiscard]] constexpr bool empty() const noexcept { return values_.empty(); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return values_.size(); }
    /// Every value, ascending.
    [[nodiscard]] constexpr std::vector<T> const& values() const& noexcept { return values_; }
    [[nodiscard]] constexpr std::vector<T> values() const&& { return values_; }

    /// The smallest observed value such that at least the fraction part / whole of all values are
    /// no larger: `quantile(9, 10)`. It is always a value that was observed, never an
    /// interpolation; with part 0 it is the smallest value.
    ///
    /// Errors:     std::invalid_argument if there are no values or part/whole is not in [0, 1].
    /// Source:     type 1 of Hyndman & Fan, 1996, "Sample Quantiles in Statistical Packages".
    [[nodiscard]] constexpr T quantile(std::size_t part, std::size_t whole) const {
        if (whole == 0 || part > whole)
            throw std::invalid_argument{
                "quantile: part / whole must lie in [0, 1], such as 9 / 10"};
        if (empty())
            throw std::invalid_argument{"quantile: there are no values"};
        auto const wanted = detail::uint128{part} * values_.size();
        auto const rank = static_cast<std::size_t>((wanted + whole - 1) / whole);
        return values_[rank == 0 ? 0 : rank - 1];
    }
    /// If the number of values is even, the lower of the two in the middle.
    [[nodiscard]] constexpr T median() const { return quantile(1, 2); }
    [[nodiscard]] constexpr T smallest() const { return quantile(0, 1); }
    [[nodiscard]] constexpr T largest() const { return quantile(1, 1); }

    /// The sum is exact. For whole numbers the mean is the double nearest to it; for floating-point
    /// numbers the sum is rounded before it is divided. For durations, a chrono duration in double.
    ///
    /// Errors:     std::invalid_argument if there are no values; std::domain_error if one is
    ///             infinite.
    [[nodiscard]] constexpr mean_type mean() const {
        if (empty())
            throw std::invalid_argument{"mean: there are no values"};
        using measure = detail::measure<T>;
        if constexpr (std::floating_point<typename measure::rep>) {
            detail::exact_sum sum;
            for (auto const& value : values_) {
                auto const number = static_cast<double>(measure::count(value));
                if (!detail::is_finite(number))
                    throw std::domain_error{"mean: a value is infinite"};
                sum.add(number);
            }
            return mean_type{sum.value() / static_cast<double>(size())};
        } else {
            detail::int128 sum = 0;
            for (auto const& value : values_)
                sum += measure::count(value);
            auto const size_of_mean =
                quotient(static_cast<detail::uint128>(sum < 0 ? -sum : sum), size());
            return mean_type{sum < 0 ? -size_of_mean : size_of_mean};
        }
    }

    /// How often each value was observed, ascending by value.
    [[nodiscard]] constexpr std::vector<bar> bars() const {
        std::vector<bar> result;
        for (auto const& value : values_) {
            if (result.empty() || result.back().value < value)
                result.push_back({value, 0});
            ++result.back().count;
        }
        return result;
    }

    friend constexpr bool operator==(distribution const&, distribution const&) = default;

  private:
    /// Rounded once; `number` of values that fit into memory.
    static constexpr double quotient(detail::uint128 sum, std::uint64_t number) {
        if (sum >> 53 == 0)  // two doubles, as they are
            return static_cast<double>(static_cast<std::int64_t>(static_cast<std::uint64_t>(sum))) /
                   static_cast<double>(number);
        // 1 or more, so that its 64 binary places end far below what is rounded.
        auto const rest = (sum % number) << 64;
        auto const places = (sum / number) << 64 | rest / number;
        auto const inexact = detail::uint128{rest % number != 0};
        return static_cast<double>(places | inexact) * detail::power_of_two(-64);
    }

    std::vector<T> values_;
};

}  // namespace attribution
