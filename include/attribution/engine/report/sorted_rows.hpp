// SPDX-License-Identifier: BSL-1.0
#pragma once

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

/// std::sort is many functions: here they are compiled once, and not for every type of row.
inline void sort_places(std::vector<std::size_t>& places, row_order const& order) {
    std::sort(places.begin(), places.end(), order);
}

/// The rows in the order of `less`, in which no two are equal.
///
/// Complexity: O(n log n) comparisons, a move of each row.
template <class Row, class Less>
constexpr std::vector<Row> sorted_rows(std::vector<Row> rows, Less const& less) {
    // Filled with a value: clang cannot evaluate libstdc++ 12 when it fills with none.
    std::vector<std::size_t> places(rows.size(), std::size_t{0});
    std::iota(places.begin(), places.end(), std::size_t{0});
    auto const before = [&](std::size_t a, std::size_t b) { return less(rows[a], rows[b]); };
    if (std::is_constant_evaluated()) {
        for (std::size_t i = 1; i < places.size(); ++i)
            for (auto j = i; j != 0 && before(places[j], places[j - 1]); --j)
                std::swap(places[j], places[j - 1]);
    } else {
        sort_places(places, {[](void const* how, std::size_t a, std::size_t b) {
                                 return (*static_cast<decltype(before)*>(how))(a, b);
                             },
                             &before});
    }
    std::vector<Row> sorted;
    sorted.reserve(rows.size());
    for (auto const place : places)
        sorted.push_back(std::move(rows[place]));
    return sorted;
}

}  // namespace attribution::detail
