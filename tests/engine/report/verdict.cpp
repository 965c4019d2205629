// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/verdict.hpp>

#include "support/records.hpp"

#include <attribution/join.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

using namespace support;
using att::outcome;
namespace detail = attribution::detail;

namespace {

constexpr auto on_a = att::where(&touch::channel, 'a');

/// The verdict on a touchpoint of the customer who buys at 100.
template <class Policy>
constexpr detail::verdict judged(touch const& one, Policy const& p) {
    std::array<sale, 1> const book{sale{1, 100, 10}};
    std::array<touch, 1> const log{one};
    auto const journeys = att::join(sales(book), touches(log));
    auto const about = journeys.anchor_of(0);
    detail::verdict result;
    journeys.for_each_candidate(0, [&](auto const& candidate) {
        result = detail::judge(p, att::step{about, candidate});
    });
    return result;
}

template <class Policy>
constexpr bool is(touch const& one, Policy const& p, outcome what, std::size_t part) {
    auto const found = judged(one, p);
    return found.what == what && found.part == part;
}

static_assert(judged({1, 90, 'a'}, att::lookback(20) && on_a).admitted());
static_assert(is({1, 70, 'b'}, att::lookback(20) && on_a, outcome::before_window, 0),
              "windows come before tests");
static_assert(is({1, 70, 'a'}, on_a&& att::lookback(20), outcome::before_window, 1));
static_assert(is({1, 90, 'b'}, att::lookback(20) && (att::lookback(30) && on_a), outcome::refused,
                 2));
static_assert(is({1, 101, 'b'}, att::lookback(20) && on_a, outcome::after_window, 2),
              "the default window is numbered after the parts of the policy");
static_assert(is({1, 70, 'a'}, att::lookback(20) || on_a, outcome::credited, att::no_row),
              "what || says is one part");

static_assert(detail::count_parts(on_a) == 1 && detail::count_parts(on_a || on_a) == 1);
static_assert(detail::count_parts((on_a && on_a) && on_a) == 3);

constexpr bool test() {
    require(detail::further(outcome::lost_tie, 0, outcome::refused, 1));
    require(!detail::further(outcome::refused, 1, outcome::lost_tie, 0));
    require(detail::further(outcome::refused, 1, outcome::refused, 0));
    // As far is not further: the first is told.
    require(!detail::further(outcome::refused, 1, outcome::refused, 1));
    require(detail::further(outcome::refused, 0, outcome::refused, att::no_row));
    require(!detail::further(outcome::credited, att::no_row, outcome::credited, 0));
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("of two verdicts, the one that got further") {
    CHECK(test());
}

TEST_CASE("parts are named in the order in which a verdict numbers them") {
    std::vector<std::string> names;
    detail::name_parts(att::lookback(20) && (att::named("paid", on_a) && !on_a), names);
    CHECK(names == std::vector<std::string>{"lookback", "paid", "not where"});
}
