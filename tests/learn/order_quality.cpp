// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/order_quality.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

namespace att = attribution;

namespace {

using att::detail::quality_of;
using ends = std::vector<att::detail::ended_paths>;

constexpr att::detail::ended_paths likely{3, 1};
constexpr att::detail::ended_paths unlikely{1, 3};

}  // namespace

TEST_CASE("the quality of an order") {
    auto const one = quality_of(2, 7, ends{likely, {0, 0}, unlikely});
    CHECK(one.order == 2);
    CHECK(one.transitions == 7);
    CHECK(one.auc == 0.75);
    CHECK(one.penalized_auc == 0);  // 8 paths cannot tell 7 numbers
    CHECK(quality_of(2, 3, ends{likely, unlikely}).penalized_auc == 1 - 0.25 * (7.0 / 4));
    CHECK(one.standard_error > 0);
    CHECK_THROWS_AS(static_cast<void>(quality_of(1, 1, ends{{3, 0}})), att::fit_error);
    CHECK_THROWS_AS(static_cast<void>(quality_of(1, 1, ends{{0, 3}})), att::fit_error);
}

TEST_CASE("the quality of as many paths as there can be") {
    constexpr auto quarter = std::uint64_t{1} << 61;
    auto const one = quality_of(1, 4, ends{{3 * quarter, quarter}, {quarter, 3 * quarter - 1}});
    CHECK(one.auc == doctest::Approx(0.75));
    CHECK(one.validated_auc == doctest::Approx(0.75));
    CHECK(one.standard_error > 0);
    CHECK(one.standard_error < 1e-9);
}
