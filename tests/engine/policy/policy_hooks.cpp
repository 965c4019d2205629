// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/policy/policy_hooks.hpp>

#include "support/records.hpp"

#include <attribution/policy/always.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/policy/without_duplicates.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>
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
    return att::detail::reach_ends<Policy, tick>;
}
template <class Policy>
constexpr bool has_earliest(Policy const&) {
    return att::detail::says_earliest<Policy, tick>;
}
/// The first of touchpoints at 1, 2, ..., 9 that a conversion at 8 or later can need.
template <class Policy>
tick first_needed(Policy const& p) {
    ticks const path{{1, 2, 3, 4, 5, 6, 7, 8, 9}};
    auto const begin = att::detail::first_needed(p, tick{8}, path);
    return begin == path.all.size() ? 0 : path.all[begin];
}

constexpr auto a = att::where(&touch::channel, 'a');
constexpr auto week = att::lookback(7);

struct fortnight_of_ours : att::policy_tag {
    bool operator()(auto const& s) const { return s.age() <= 14; }
    tick earliest(tick at) const { return at - 14; }
};

static_assert(ends(week) && has_earliest(week));
static_assert(ends(att::last_touches(2)) && !has_earliest(att::last_touches(2)));
static_assert(!ends(att::always) && !ends(a) && !ends(!week) && !ends(att::minimum_age(3)));
static_assert(!ends(att::since_previous_conversion) && !ends(att::at_any_time));
static_assert(ends(a && week) && !ends(a || week));
static_assert(ends(att::last_touches(2) || week) && !has_earliest(att::last_touches(2) || week));
static_assert(has_earliest(att::last_touches(2) && week));
static_assert(ends(att::named("a week", week)) && !ends(!att::named("a week", week)));
static_assert(ends(!!week) && ends(!(!week || a)) && !ends(!(!week && a)));
static_assert(ends(!att::minimum_age(3)) && ends(!att::named("old", att::minimum_age(3))));
static_assert(ends(fortnight_of_ours{}) && ends(a && fortnight_of_ours{}));

/// All but the latest so many, by what a user's own policy may say of itself.
struct all_but_ours : att::policy_tag {
    std::size_t count;
    static constexpr bool names_rows = true;

    constexpr explicit all_but_ours(std::size_t n) : count{n} {}
    bool operator()(auto const& s) const { return s.recency() > count; }
    [[nodiscard]] constexpr auto complement() const { return att::last_touches(count); }
};
static_assert(!ends(all_but_ours{2}) && ends(!all_but_ours{2}) && !has_earliest(!all_but_ours{2}));
static_assert(ends(!(all_but_ours{2} || a)) && !ends(!(all_but_ours{2} && a)));
static_assert(ends(!att::named("ours", all_but_ours{2})) && ends(!!!all_but_ours{2}));

template <class Policy>
constexpr bool names_rows(Policy const&) {
    return att::detail::names_rows<Policy>;
}
static_assert(names_rows(all_but_ours{1}) && names_rows(!all_but_ours{1}) && !names_rows(a));
static_assert(names_rows(a && all_but_ours{1}) && names_rows(all_but_ours{1} || a));
static_assert(names_rows(att::named("ours", all_but_ours{1})));
static_assert(att::detail::names_rows<att::without_duplicates_policy>);

template <class Policy>
constexpr bool closes(Policy const&) {
    return att::detail::window_ends<Policy>;
}
constexpr auto ours = att::between(&sale::at, &sale::at);
static_assert(closes(ours) && closes(ours && a) && !closes(ours || a) && !closes(!ours));
static_assert(!closes(att::at_any_time) && closes(att::at_any_time && week));
static_assert(!closes(att::at_any_time && att::maximum_age(3)));
static_assert(closes(att::named("ours", ours)));
static_assert(closes(att::at_any_time && att::minimum_age(3)) && !closes(att::always));
static_assert(closes(att::at_any_time && att::since_previous_conversion));

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
    CHECK(first_needed(!all_but_ours{2}) == 6);
    CHECK(first_needed(!all_but_ours{2} && att::lookback(1)) == 7);
    CHECK(first_needed(a) == 1);
}

TEST_CASE("calendar windows of later conversions that look back further are within reach") {
    using namespace date::literals;
    using time = date::sys_seconds;
    struct conversion {
        using time_type = time;
        time instant;
        [[nodiscard]] time at() const { return instant; }
    };
    auto const check = [](auto const& policy, time first) {
        static_assert(att::detail::says_earliest<std::remove_cvref_t<decltype(policy)>, time>);
        for (auto at = first; at < first + date::days{8}; at += std::chrono::minutes{47})
            for (auto later = at; later < at + date::days{5}; later += std::chrono::minutes{61})
                if (policy.window(conversion{later}).from < policy.earliest(at))
                    FAIL("a later conversion reaches further back");
    };
    check(att::calendar_lookback(date::months{1}), date::sys_days{2023_y / 3 / 26});
    check(att::calendar_lookback(date::years{1}), date::sys_days{2024_y / 2 / 26});
    check(att::calendar_lookback(date::days{2}, att::fixed_offset{std::chrono::minutes{330}}),
          date::sys_days{2024_y / 3 / 1});
}
