// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/area_under_curve.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace att = attribution;

namespace {

using att::detail::area_under_curve, att::detail::validated_area;
using ends = std::vector<att::detail::ended_paths>;

constexpr att::detail::ended_paths likely{3, 1};
constexpr att::detail::ended_paths unlikely{1, 3};

}  // namespace

TEST_CASE("the area under the curve counts pairs, ties half") {
    // Of 4 * 4 pairs, 3 * 3 are told apart, 3 + 3 are ties, 1 is the wrong way round.
    CHECK(area_under_curve({{likely, likely}, {unlikely, unlikely}}) == 0.75);
    CHECK(area_under_curve({{unlikely, unlikely}, {likely, likely}}) == 0.75);
    CHECK(area_under_curve({{likely, unlikely}, {unlikely, likely}}) == 0.25);
    CHECK(area_under_curve({{likely, likely}, {unlikely, likely}}) == 0.5);
    CHECK(area_under_curve({{{3, 0}, likely}, {{2, 0}, unlikely}}) == 0.5);  // no pair
    CHECK(area_under_curve({}) == 0.5);
    // Scores that no double could tell apart.
    constexpr auto many = std::uint64_t{1} << 60;
    CHECK(area_under_curve({{{1, 0}, {1, many}}, {{0, 1}, {1, many + 1}}}) == 1);
}

TEST_CASE("random halves are halves") {
    att::detail::sample_source random{1};
    CHECK(att::detail::half_of(0, random) == 0);
    bool none = false;
    bool one = false;
    for (int i = 0; i < 50; ++i)
        (att::detail::half_of(1, random) == 0 ? none : one) = true;
    CHECK((none && one));
    att::detail::sample_source by_coins{5};  // of 4096 still coin by coin
    att::detail::sample_source at_once = by_coins;
    CHECK(att::detail::half_of(4096, at_once) == att::detail::heads_of(4096, by_coins));
    CHECK(at_once.next() == by_coins.next());
    auto const half = att::detail::half_of(1'000'003, random);  // a standard deviation is 500
    CHECK(half > 497'000);
    CHECK(half < 503'000);
}

TEST_CASE("halves judge each other") {
    CHECK(validated_area(ends{{1000, 0}, {0, 1000}}) == 1);
    CHECK(validated_area(ends{{500, 700}}) == 0.5);
    // One path each: whichever half it falls into, the other knows nothing of it.
    CHECK(validated_area(ends{{1, 0}, {0, 1}}) == 0.5);
}

TEST_CASE("halves of many paths are drawn at once, with the spread of tosses") {
    auto const at_limits = [](std::uint64_t count) {
        att::detail::sample_source random{7};
        for (int i = 0; i < 100; ++i)
            CHECK(att::detail::half_of(count, random) <= count);
    };
    at_limits(4097);
    at_limits(std::uint64_t{1} << 63);
    at_limits(~std::uint64_t{0});
    for (double const count : {4000.0, 5000.0, 1e6, 1e10, 1e19}) {
        att::detail::sample_source random{3};
        constexpr int draws = 4000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; ++i) {
            auto const half = att::detail::half_of(static_cast<std::uint64_t>(count), random);
            double const off = (static_cast<double>(half) - count / 2) / (std::sqrt(count) / 2);
            sum += off;
            squares += off * off;
        }
        CAPTURE(count);
        CHECK(std::abs(sum / draws) < 4 / std::sqrt(draws));
        CHECK(std::abs(squares / draws - 1) < 4 * std::sqrt(2.0 / draws));
    }
}
