// SPDX-License-Identifier: BSL-1.0
#include <support/ordered_folds.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <vector>

using examples::ordered_folds;

namespace {

constexpr auto all = [](std::size_t, std::size_t) { return true; };
using rows = std::vector<std::size_t>;

}  // namespace

TEST_CASE("ordered_folds: tested parts follow each other and end with the last record") {
    // As TimeSeriesSplit(n_splits=5) of scikit-learn documents it for twelve records: 2 are tested.
    auto const folds = ordered_folds(12, 5, all);
    REQUIRE(folds.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(folds[i].first_tested == 2 + 2 * i);
        CHECK(folds[i].end_tested == 4 + 2 * i);
        CHECK(folds[i].training.size() == 2 + 2 * i);
    }
    CHECK(folds[0].training == rows{0, 1});
    // What does not divide goes to the first training.
    CHECK(ordered_folds(17, 5, all)[0].first_tested == 7);
    CHECK(ordered_folds(17, 5, all)[4].end_tested == 17);
}

TEST_CASE("ordered_folds: only what was known when the fold began is trained on") {
    constexpr std::array begins{0, 1, 2, 3, 4, 5};
    constexpr std::array ends{9, 2, 4, 4, 5, 6};
    auto const folds = ordered_folds(
        6, 2, [&](std::size_t row, std::size_t first) { return ends[row] < begins[first]; });
    REQUIRE(folds.size() == 2);
    CHECK(folds[0].first_tested == 2);
    CHECK(folds[0].training.empty());  // record 1 ends on the day the fold begins
    CHECK(folds[1].first_tested == 4);
    CHECK(folds[1].training == rows{1});
}

TEST_CASE("ordered_folds: too few records, no folds") {
    CHECK(ordered_folds(5, 5, all).empty());
    CHECK(ordered_folds(6, 5, all).size() == 5);
    CHECK(ordered_folds(0, 1, all).empty());
    CHECK_THROWS_AS(static_cast<void>(ordered_folds(6, 0, all)), std::invalid_argument);
}
