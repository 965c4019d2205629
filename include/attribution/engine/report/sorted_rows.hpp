// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/merge_sort.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Which of two rows is first, whatever the rows are.
struct row_order {
    bool (*before)(void const* how, std::size_t a, std::size_t b);
    void const* how;

    bool operator()(std::size_t a, std::size_t b) const { return before(how, a, b); }
};

/// The numbers below `size` in that order. Compiled once, and not for every type of row.
inline std::vector<std::size_t> sorted_places(std::size_t size, row_order const& order) {
    std::vector<std::size_t> places(size);
    std::vector<std::size_t> spare(size);
    std::iota(places.begin(), places.end(), std::size_t{0});
    if (detail::merge_sort(places.data(), spare.data(), size, order) != places.data())
        places.swap(spare);
    return places;
}

/// The rows at these places, one after another.
template <class Row>
constexpr std::vector<Row> rows_at(std::vector<std::size_t> const& places, std::vector<Row> rows) {
    std::vector<Row> sorted;
    sorted.reserve(places.size());
    for (auto const place : places)
        sorted.push_back(std::move(rows[place]));
    return sorted;
}

/// The rows in the order of `less`, in which no two are equal.
///
/// Complexity: O(n log n) comparisons, a move of each row.
template <class Row, class Less>
constexpr std::vector<Row> sorted_rows(std::vector<Row> rows, Less const& less) {
    auto const before = [&](std::size_t a, std::size_t b) { return less(rows[a], rows[b]); };
    if (std::is_constant_evaluated()) {
        std::vector<std::size_t> places(rows.size());
        std::iota(places.begin(), places.end(), std::size_t{0});
        for (std::size_t i = 1; i < places.size(); ++i)
            for (auto j = i; j != 0 && before(places[j], places[j - 1]); --j)
                std::swap(places[j], places[j - 1]);
        return detail::rows_at(places, std::move(rows));
    }
    auto const places =
        detail::sorted_places(rows.size(), {[](void const* how, std::size_t a, std::size_t b) {
                                                return (*static_cast<decltype(before)*>(how))(a, b);
                                            },
                                            &before});
    return detail::rows_at(places, std::move(rows));
}

}  // namespace attribution::detail
