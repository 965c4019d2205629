// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/index_iterator.hpp>
#include <attribution/engine/memory/merge_sort.hpp>

#include <cstddef>
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
inline buffer<std::size_t> sorted_places(std::size_t size, row_order const& order) {
    buffer<std::size_t> places;
    for (std::size_t place = 0; place < size; ++place)
        places.push_back(place);
    buffer<std::size_t> spare(size, 0);
    if (detail::merge_sort(places.data(), spare.data(), size, order) != places.data())
        places.swap(spare);
    return places;
}

/// Rows in the order of their places, to be moved from. A std::vector that is made of a range with a size
/// compiles less than one in which rows are exchanged.
template <class Row>
struct rows_at_places {
    Row* rows;
    buffer<std::size_t> places;

    constexpr Row&& operator[](std::size_t i) const { return std::move(rows[places[i]]); }
};

/// The rows in the order of `less`, in which no two are equal.
///
/// Complexity: O(n log n) comparisons, a move of each row.
template <class Row, class Less>
constexpr std::vector<Row> sorted_rows(std::vector<Row> rows, Less const& less) {
    auto const before = [&](std::size_t a, std::size_t b) { return less(rows[a], rows[b]); };
    rows_at_places<Row> sorted{rows.data(), {}};
    auto& places = sorted.places;
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            places.push_back(i);
            for (auto j = i; j != 0 && before(places[j], places[j - 1]); --j)
                std::swap(places[j], places[j - 1]);
        }
    } else {
        places = detail::sorted_places(rows.size(),
                                       {[](void const* how, std::size_t a, std::size_t b) {
                                            return (*static_cast<decltype(before)*>(how))(a, b);
                                        },
                                        &before});
    }
    return std::vector<Row>(index_iterator{sorted, 0}, index_iterator{sorted, places.size()});
}

}  // namespace attribution::detail
