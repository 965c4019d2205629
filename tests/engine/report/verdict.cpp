// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/verdict.hpp>

#include "support/records.hpp"

#include <attribution/join.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using namespace support;
using att::outcome;
namespace detail = attribution::detail;

namespace {

constexpr auto on_a = att::where(&touch::channel, 'a');

/// A test of every touchpoint that says this of those that it refuses.
template <outcome Refusal>
struct refuses_with : att::policy_tag {
    static constexpr outcome refusal = Refusal;

    template <class Step>
    constexpr bool operator()(Step const&) const {
        return false;
    }
};

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

TEST_CASE("a nanosecond after its conversion, which knows days only, is too late") {
    using namespace std::chrono;
    struct deal {
        int user;
        time_point<system_clock, duration<int, days::period>> at;
    };
    struct click {
        int user;
        time_point<system_clock, nanoseconds> at;
    };
    deal const sold{1, decltype(deal::at){days{20'000}}};
    std::vector<deal> const deals{sold};
    std::vector<click> const clicks{{1, sold.at}, {1, sold.at + nanoseconds{1}}};
    auto const journeys = att::join(att::conversions(deals, &deal::user, &deal::at),
                                    att::touchpoints(clicks, &click::user, &click::at));
    auto const about = journeys.anchor_of(0);
    std::vector<outcome> found;
    journeys.for_each_candidate(0, [&](auto const& candidate) {
        found.push_back(detail::judge(att::always, att::step{about, candidate}).what);
    });
    CHECK(found == std::vector<outcome>{outcome::credited, outcome::after_window});
}

TEST_CASE("one part that refuses with less than a window says so for all parts") {
    using anchor =
        decltype(att::join(sales(std::declval<std::vector<sale> const&>()),
                           touches(std::declval<std::vector<touch> const&>())))::anchor_type;
    auto const in_order = [](auto const& p) { return detail::outside_of<anchor>(p).in_order; };
    refuses_with<outcome::no_such_key> const less;
    refuses_with<outcome::duplicate_id> const more;
    CHECK(in_order(more));
    CHECK_FALSE(in_order(less));
    CHECK_FALSE(in_order(more && less));
    CHECK_FALSE(in_order(less && more));
    CHECK(detail::outside_of<anchor>(less && more && att::lookback(20)).first_window == 2);
}
