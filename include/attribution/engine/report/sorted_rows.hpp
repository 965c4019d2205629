// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/buffer.hpp>
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

/// Puts at each place i the row that is at places[i], which are all places. The places are used up.
template <class Row>
constexpr void rearrange(std::vector<Row>& rows, buffer<std::size_t>& places) {
    for (std::size_t first = 0; first < rows.size(); ++first) {
        if (places[first] == first)
            continue;
        auto kept = std::move(rows[first]);
        auto place = first;
        while (places[place] != first) {
            auto const next = places[place];
            rows[place] = std::move(rows[next]);
            places[place] = place;
            place = next;
        }
        rows[place] = std::move(kept);
        places[place] = place;
    }
}

/// The rows in the order of `less`, in which no two are equal.
///
/// Complexity: O(n log n) comparisons, a move of each row.
template <class Row, class Less>
constexpr std::vector<Row> sorted_rows(std::vector<Row> rows, Less const& less) {
    auto const before = [&](std::size_t a, std::size_t b) { return less(rows[a], rows[b]); };
    buffer<std::size_t> places;
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
    detail::rearrange(rows, places);
    return rows;
}

}  // namespace attribution::detail
