// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1 {

/// Rounds lines, see `round_together`.
struct round_together_fn {
    /// Rounds the lines of a table to a coarser unit so that the rounded lines add up to the rounded
    /// total: cents per channel that sum to the cents of the report.
    ///
    /// Shape:      n lines -> n lines; each is a multiple of `unit` and differs from the original
    ///             line by less than one `unit`.
    /// Units:      lines in fine units, for example 10^-6; `unit` is how many of them make a coarse
    ///             one.
    /// Edges:      the total is rounded half away from zero; every line is rounded down, and the
    ///             units left over go to the largest remainders, ties to the earlier line. Lines
    ///             may be negative or of an unsigned type. An empty table stays empty.
    /// Errors:     std::invalid_argument if `unit` is not positive; std::overflow_error, naming the
    ///             line, if a rounded line does not fit.
    /// Complexity: O(n log n), allocates.
    /// Source:     the largest-remainder method, as in `allocate`.
    template <std::ranges::contiguous_range Lines,
              std::integral Units = std::ranges::range_value_t<Lines>>
    [[nodiscard]] constexpr std::vector<Units> operator()(Lines const& table,
                                                          std::type_identity_t<Units> unit) const {
        auto const lines = std::span<Units const>{table};
        using detail::int128;
        if (unit <= 0)
            throw std::invalid_argument{"round_together: the unit must be positive"};
        int128 total = 0;
        int128 floors = 0;
        std::vector<std::size_t> order;
        order.reserve(lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            total += lines[i];
            floors += detail::floor_divide(lines[i], unit);
            order.push_back(i);
        }
        auto const remainder = [&](std::size_t i) {
            return lines[i] - detail::floor_divide(lines[i], unit) * unit;
        };
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return remainder(a) != remainder(b) ? remainder(a) > remainder(b) : a < b;
        });
        auto const magnitude = total < 0 ? -total : total;
        auto const rounded = (magnitude + unit / 2) / unit;
        auto const left = (total < 0 ? -rounded : rounded) - floors;
        std::vector<Units> result(lines.begin(), lines.end());
        for (std::size_t place = 0; place < order.size(); ++place) {
            auto const i = order[place];
            auto const units =
                detail::floor_divide(lines[i], unit) + (static_cast<int128>(place) < left ? 1 : 0);
            if (!detail::representable<Units>(units * unit))
                throw std::overflow_error{"round_together: line " + std::to_string(i) +
                                          ", rounded, does not fit into its type"};
            result[i] = static_cast<Units>(units * unit);
        }
        return result;
    }
};

/// Rounds lines so that they still add up. The arguments are those of `round_together_fn`.
inline constexpr round_together_fn round_together{};

}  // namespace attribution
