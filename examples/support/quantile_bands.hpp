// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <stdexcept>
#include <utility>
#include <vector>

namespace examples {

/// The quantile `part`/`parts` by nearest rank: the least of the values such that at least that part
/// of all values is not above it. Always one of the values, never something between two of them.
///
/// Shape:      n values, sorted -> one of them. nearest_rank(v, 1, 2) of an even number of values is
///             the lower one of the two in the middle.
/// Edges:      no floating point in the rank: part * n / parts is rounded up exactly.
/// Errors:     std::invalid_argument if there are no values, or `part` is not in 1..parts.
/// Complexity: O(1).
/// Source:     Hyndman, Fan, "Sample Quantiles in Statistical Packages", 1996: definition 1.
template <std::ranges::random_access_range Sorted>
[[nodiscard]] constexpr std::ranges::range_value_t<Sorted>
nearest_rank(Sorted const& sorted, std::size_t part, std::size_t parts) {
    auto const size = static_cast<std::size_t>(std::ranges::size(sorted));
    if (size == 0)
        throw std::invalid_argument{"nearest_rank: there are no values"};
    if (part == 0 || part > parts)
        throw std::invalid_argument{"nearest_rank: the part is not one of the parts, count from 1"};
    // size * part / parts, rounded up, in two terms that do not overflow.
    auto const rank = size / parts * part + (size % parts * part + parts - 1) / parts;
    return std::ranges::begin(
        sorted)[static_cast<std::ranges::range_difference_t<Sorted>>(rank - 1)];
}

/// In which band is a value that equals a border?
enum class on_border {
    below,  ///< a band has all values up to its upper border, that one included
    above,  ///< a band begins with its lower border
};

/// Bands of values between borders: tertiles, quintiles, or borders that somebody chose. Equal values
/// are always in one band, so that bands of many equal values differ in size, and some may be empty.
///
/// Shape:  k borders -> bands 0..k, the lowest first.
/// Edges:  values outside of those that the borders were made of are in the first or the last band.
/// Errors: std::invalid_argument if the borders do not ascend (equal ones are fine), or for a value
///         without order, such as a NaN.
template <std::totally_ordered Value>
class quantile_bands {
  public:
    constexpr quantile_bands(std::vector<Value> borders, on_border side)
        : borders_{std::move(borders)}, side_{side} {
        std::ranges::for_each(borders_, ordered);
        if (!std::ranges::is_sorted(borders_))
            throw std::invalid_argument{"quantile_bands: the borders do not ascend, sort them"};
    }

    [[nodiscard]] constexpr std::vector<Value> const& borders() const { return borders_; }

    /// The number of the value's band, the lowest is 0.
    [[nodiscard]] constexpr std::size_t operator()(Value const& value) const {
        ordered(value);
        auto const at = side_ == on_border::below ? std::ranges::lower_bound(borders_, value)
                                                  : std::ranges::upper_bound(borders_, value);
        return static_cast<std::size_t>(at - borders_.begin());
    }

    /// A value without order would end up in any band, and spoil the sorting of the others.
    static constexpr void ordered(Value const& value) {
        if (!(value == value))
            throw std::invalid_argument{"quantile_bands: a value has no order, such as NaN"};
    }

  private:
    std::vector<Value> borders_;
    on_border side_;
};

/// As many bands as asked for, of about as many values each, with borders by nearest rank:
/// equal_bands(values, 5, side) are quintiles. The values need not be sorted.
///
/// Errors:     std::invalid_argument if there are no values or no bands, or for a NaN.
/// Complexity: O(n log n).
template <std::totally_ordered Value>
[[nodiscard]] constexpr quantile_bands<Value> equal_bands(std::vector<Value> values,
                                                          std::size_t bands, on_border side) {
    if (bands == 0)
        throw std::invalid_argument{"equal_bands: no bands, ask for at least one"};
    std::ranges::for_each(values, quantile_bands<Value>::ordered);
    std::ranges::sort(values);
    std::vector<Value> borders;
    for (std::size_t part = 1; part < bands; ++part)
        borders.push_back(nearest_rank(values, part, bands));
    return {std::move(borders), side};
}

}  // namespace examples
