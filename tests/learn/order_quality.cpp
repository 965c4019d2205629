// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/order_quality.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace att = attribution;

namespace {

using att::detail::quality_of;
using ends = std::vector<att::detail::ended_paths>;

constexpr att::detail::ended_paths likely{3, 1};
constexpr att::detail::ended_paths unlikely{1, 3};

}  // namespace

TEST_CASE("the quality of an order") {
    auto const one = quality_of(2, 7, 2, ends{likely, {0, 0}, unlikely});
    CHECK(one.order == 2);
    CHECK(one.transitions == 7);
    CHECK(one.auc == 0.75);
    CHECK(one.penalized_auc == 0);  // 8 paths cannot tell 7 numbers
    CHECK(quality_of(2, 3, 2, ends{likely, unlikely}).penalized_auc == 1 - 0.25 * (7.0 / 4));
    CHECK(one.standard_error > 0);
    CHECK_THROWS_AS(static_cast<void>(quality_of(1, 1, 2, ends{{3, 0}})), att::fit_error);
    CHECK_THROWS_AS(static_cast<void>(quality_of(1, 1, 2, ends{{0, 3}})), att::fit_error);
}

TEST_CASE("the quality of as many paths as there can be") {
    constexpr auto quarter = std::uint64_t{1} << 61;
    auto const one = quality_of(1, 4, 2, ends{{3 * quarter, quarter}, {quarter, 3 * quarter - 1}});
    CHECK(one.auc == doctest::Approx(0.75));
    CHECK(one.validated_auc == doctest::Approx(0.75));
    CHECK(one.standard_error > 0);
    CHECK(one.standard_error < 1e-9);
}

TEST_CASE("the penalty by combinations, by hand") {
    using att::detail::combinations_of;
    CHECK(combinations_of(2, 1) == 2);
    CHECK(combinations_of(2, 2) == 3);  // aa, ab, bb
    CHECK(combinations_of(3, 2) == 6);
    CHECK(combinations_of(10, 4) == 715);
    CHECK(combinations_of(1, 9) == 1);
    CHECK(combinations_of(0, 2) == 0);
    CHECK(combinations_of(std::numeric_limits<std::uint64_t>::max(), 1) == 0x1p64);
    CHECK(combinations_of(1'000'000, 5) == std::numeric_limits<double>::infinity());
    // 8 paths, K = 3: 7 / (8 - 3 - 1).
    auto const one = quality_of(2, 7, 2, ends{likely, unlikely});
    CHECK(one.combinations == 3);
    CHECK(one.auc_penalized_by_combinations == 1 - 0.25 * (7.0 / 4));
    // K = 6: 7 / 1 is below 0. K = 10: nothing is left of 8 paths.
    CHECK(quality_of(2, 7, 3, ends{likely, unlikely}).auc_penalized_by_combinations == 0);
    CHECK(quality_of(2, 7, 4, ends{likely, unlikely}).auc_penalized_by_combinations == 0);
}
