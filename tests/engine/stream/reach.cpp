// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/reach.hpp>

#include "support/records.hpp"

#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <optional>
#include <vector>

using namespace support;

namespace {

struct ticks {
    std::vector<tick> all;
    std::size_t before(tick at) const {
        return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), at) - all.begin());
    }
};

template <class Policy>
constexpr bool ends(Policy const&) {
    return att::detail::reach<Policy, tick>::ends;
}
template <class Policy>
constexpr bool has_floor(Policy const&) {
    return att::detail::reach<Policy, tick>::has_floor;
}
/// The first of touchpoints at 1, 2, ..., 9 that a conversion at 8 or later can need.
template <class Policy>
tick first_needed(Policy const& p) {
    ticks const path{{1, 2, 3, 4, 5, 6, 7, 8, 9}};
    auto const begin = att::detail::reach<Policy, tick>::begin(p, tick{8}, path);
    return begin == path.all.size() ? 0 : path.all[begin];
}

constexpr auto a = att::where(&touch::channel, 'a');
constexpr auto week = att::lookback(7);

struct fortnight_of_ours : att::policy_tag {
    bool operator()(auto const& s) const { return s.age() <= 14; }
    tick earliest(tick at) const { return at - 14; }
};

static_assert(ends(week) && has_floor(week));
static_assert(ends(att::last_touches(2)) && !has_floor(att::last_touches(2)));
static_assert(!ends(att::always) && !ends(a) && !ends(!week) && !ends(att::minimum_age(3)));
static_assert(!ends(att::since_previous_conversion) && !ends(att::at_any_time));
static_assert(ends(a && week) && !ends(a || week));
static_assert(ends(att::last_touches(2) || week) && !has_floor(att::last_touches(2) || week));
static_assert(has_floor(att::last_touches(2) && week));
static_assert(ends(att::named("a week", week)) && !ends(!att::named("a week", week)));
static_assert(ends(!!week) && ends(!(!week || a)) && !ends(!(!week && a)));
static_assert(ends(!att::minimum_age(3)) && ends(!att::named("old", att::minimum_age(3))));
static_assert(ends(fortnight_of_ours{}) && ends(a && fortnight_of_ours{}));

template <class Policy>
constexpr bool closes(Policy const&) {
    return att::detail::closes<Policy, tick>;
}
constexpr auto ours = att::between(&sale::at, &sale::at);
static_assert(closes(ours) && closes(ours && a) && !closes(ours || a) && !closes(!ours));
static_assert(!closes(att::at_any_time) && closes(att::at_any_time && week));
static_assert(!closes(att::at_any_time && att::maximum_age(3)));
static_assert(closes(att::named("ours", ours)));

}  // namespace

TEST_CASE("the reach of a policy is read off its expression") {
    CHECK(first_needed(att::lookback(3)) == 5);
    CHECK(first_needed(att::maximum_age(3)) == 5);
    CHECK(first_needed(att::lookback(0)) == 8);
    CHECK(first_needed(att::last_touches(2)) == 6);  // 8 itself may still be followed by another
    CHECK(first_needed(att::last_touches(99)) == 1);
    CHECK(first_needed(att::lookback(3) && att::last_touches(2)) == 6);
    CHECK(first_needed(att::lookback(3) || att::last_touches(2)) == 5);
    CHECK(first_needed(att::lookback(3) || a) == 1);
    CHECK(first_needed(!(!att::lookback(3) || !att::lookback(5))) == 5);
    CHECK(first_needed(!(!att::lookback(3) && !att::lookback(5))) == 3);
    CHECK(first_needed(!att::minimum_age(4)) == 4);
    CHECK(first_needed(att::named("short", att::lookback(1))) == 7);
    CHECK(first_needed(fortnight_of_ours{}) == 1);
}

TEST_CASE("calendar windows of later conversions that look back further are within reach") {
    using namespace date::literals;
    using time = date::sys_seconds;
    auto const check = [](auto const& policy, time first) {
        using reach = att::detail::reach<std::remove_cvref_t<decltype(policy)>, time>;
        static_assert(reach::ends);
        CHECK(att::detail::possible_conversion<time>{first}.previous() == std::nullopt);
        for (auto at = first; at < first + date::days{8}; at += std::chrono::minutes{47})
            for (auto later = at; later < at + date::days{5}; later += std::chrono::minutes{61}) {
                att::detail::possible_conversion<time> const then{later};
                if (policy.window(then).from < reach::floor(policy, at))
                    FAIL("a later conversion reaches further back");
            }
    };
    check(att::calendar_lookback(date::months{1}), date::sys_days{2023_y / 3 / 26});
    check(att::calendar_lookback(date::years{1}), date::sys_days{2024_y / 2 / 26});
    check(att::calendar_lookback(date::days{2}, att::fixed_offset{std::chrono::minutes{330}}),
          date::sys_days{2024_y / 3 / 1});
}
