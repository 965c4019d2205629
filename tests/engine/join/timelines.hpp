// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/records.hpp"

#include <attribution/engine/join/walking.hpp>
#include <attribution/records/sorted.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace support {

inline constexpr std::array<touch, 6> timeline_log{touch{1, 3}, touch{1, 5}, touch{1, 5},
                                                   touch{3, 1}, touch{3, 9}, touch{4, 2}};
inline constexpr std::array<sale, 5> timeline_book{sale{1, 4, 1}, sale{1, 6, 2}, sale{2, 5, 3},
                                                   sale{3, 9, 4}, sale{3, 9, 5}};

/// A key that is not a number.
inline constexpr auto as_pair = [](auto const& one) { return std::pair{one.user, 'x'}; };

/// What both kinds of time lines promise, on records in order (key, time).
template <class Timelines>
constexpr void timelines_suite(Timelines const& lines) {
    auto const rows = [&](std::size_t conversion, tick from, tick until, std::size_t hint) {
        auto const whose = lines.customer_of(conversion);
        std::vector<std::size_t> found;
        auto const first = lines.first_from(whose, from, hint);
        auto const last = lines.first_after(whose, until, first);
        for (auto position = first; position < last; ++position) {
            require(lines.holds(whose, position, {from, until}));
            found.push_back(lines.touch(position).row);
        }
        require(!lines.holds(whose, last, {from, until}));
        require(first == 0 || !lines.holds(whose, first - 1, {from, until}));
        return found;
    };
    using list = std::vector<std::size_t>;
    for (std::size_t hint = 0; hint <= 6; ++hint) {
        require(rows(0, 0, 4, hint) == list{0});
        require(rows(1, 4, 5, hint) == list{1, 2});
        require(rows(1, 3, 3, hint) == list{0});
        require(rows(2, -100, 100, hint).empty());
        require(lines.first_after(lines.customer_of(0), 2, hint) == 0);
        require(rows(3, 1, 9, hint) == list{3, 4});
    }
    for (auto const order : {att::detail::visiting::by_row, att::detail::visiting::by_customer}) {
        std::size_t next = 1;
        lines.for_each_conversion(
            order, 1, 5, [&](std::size_t row, tick at, auto const& before, auto const&) {
                auto const previous = before.get();
                require(row == next++ && at == timeline_book[row].at);
                // Rows 3 and 4 are at one instant, and so not before each other.
                require(previous == (row == 1 ? std::optional<tick>{4} : std::nullopt));
                require(lines.previous(row) == previous);
            });
        require(next == 5);
    }
}

}  // namespace support
