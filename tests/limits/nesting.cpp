// SPDX-License-Identifier: BSL-1.0
// Expressions are types: how long they may be is a matter of the compilers. These compile with
// their default limits; twice as many terms are too deep for both; a blend of 64 models takes
// g++ 12 the better part of a minute.
#include "support/records.hpp"

#include <attribution/model/blend.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/stream/live.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <utility>

using namespace support;

namespace {

constexpr std::size_t terms = 64;  // of two policies each
constexpr std::size_t models = 16;

constexpr auto term(std::size_t i) {
    return att::where(&touch::usage, static_cast<int>(i)) && att::lookback(static_cast<tick>(i));
}

/// Admits a touchpoint that is no older than its usage.
template <std::size_t... I>
constexpr auto any_term(std::index_sequence<I...>) {
    return (... || term(I));
}
/// The same, the other way round.
template <std::size_t... I>
constexpr auto no_term_fails(std::index_sequence<I...>) {
    return !(... && !term(I));
}
template <std::size_t... I>
constexpr auto blend(std::index_sequence<I...>) {
    return (... + (static_cast<double>(I + 1) * att::linear));
}

constexpr auto all = std::make_index_sequence<terms>{};
constexpr std::array<touch, 4> journey{touch{1, 50, 'a', 49}, touch{1, 50, 'a', 50},
                                       touch{1, 90, 'a', 11}, touch{1, 100, 'a', terms - 1}};

}  // namespace

TEST_CASE("a policy of 128 parts") {
    auto const expected = gives(0, 34, 33, 33, 0);
    CHECK(split(100, journey, att::linear, any_term(all)) == expected);
    CHECK(split(100, journey, att::linear, no_term_fails(all)) == expected);
}

TEST_CASE("a policy of 128 parts can be explained") {
    std::array<sale, 1> const book{sale{1, 100, 100}};
    auto const audit =
        att::explain(att::join(sales(book), touches(journey)), att::linear, any_term(all));
    CHECK(audit.touchpoints()[0].what == att::outcome::refused);
    CHECK(audit.touchpoints()[1].what == att::outcome::credited);
}

TEST_CASE("a desk forgets by a policy of 128 parts") {
    struct seen : touch {
        int id = 0;
    };
    auto desk = att::live(att::conversion_stream<seen>(&seen::user, &seen::at, &seen::id),
                          att::touchpoint_stream<seen>(&seen::user, &seen::at, &seen::id),
                          att::linear, any_term(all));
    (void)desk.touch({{1, 1, 'a', 1}, 1});
    desk.advance(1 + static_cast<tick>(terms) - 1, [](auto const&) {});
    desk.tidy();
    CHECK(desk.counts().held_touchpoints == 1);
    desk.advance(1 + static_cast<tick>(terms), [](auto const&) {});
    desk.tidy();
    CHECK(desk.counts().held_touchpoints == 0);
}

TEST_CASE("a blend of 16 models") {
    CHECK(split(100, path_at(1, 2, 3, 4), blend(std::make_index_sequence<models>{})) ==
          gives(25, 25, 25, 25, 0));
}
