// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/matching_rows.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <vector>

namespace {

template <std::size_t N>
struct numbers : std::array<int, N> {
    using reference = int const&;
};

}  // namespace

TEST_CASE("rows are matched by their ids") {
    using attribution::no_row;
    numbers<3> const before{{{7, 8, 9}}};
    numbers<3> const after{{{9, 5, 7}}};
    auto const rows = attribution::detail::match_rows(before, after, std::identity{}, "touchpoint");
    CHECK(rows.before_of == std::vector<std::size_t>{2, no_row, 0});
    CHECK(rows.after_of == std::vector<std::size_t>{2, no_row, 0});
    numbers<3> const twice{{{5, 6, 5}}};
    CHECK_THROWS_AS(
        (void)attribution::detail::match_rows(before, twice, std::identity{}, "touchpoint"),
        std::invalid_argument);
    CHECK_THROWS_AS(
        (void)attribution::detail::match_rows(twice, before, std::identity{}, "touchpoint"),
        std::invalid_argument);
}

TEST_CASE("of very many new rows, too, each id is there once") {
    numbers<1> const before{{{-1}}};
    numbers<1000> after{};
    for (std::size_t i = 0; i < after.size(); ++i)
        after[i] = static_cast<int>(i);
    auto const match = [&] {
        return attribution::detail::match_rows(before, after, std::identity{}, "touchpoint");
    };
    CHECK(match().after_of == std::vector<std::size_t>{attribution::no_row});
    after[999] = 998;
    CHECK_THROWS_WITH_AS((void)match(),
                         "difference: touchpoint row 999 has the id of an earlier row; leave "
                         "repeated records out, or make the id a pair of what tells them apart",
                         std::invalid_argument);
}
