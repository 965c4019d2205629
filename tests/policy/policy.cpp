// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/policy.hpp>

#include "support/policy_suite.hpp"

#include <attribution/policy/always.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/credited_at_most.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

namespace {

using namespace support;

constexpr auto click = att::where(&touch::channel, 'c');
constexpr auto view = att::where(&touch::channel, 'v');
constexpr auto life = att::between(&sale::at, [](sale const&) { return tick{200}; });

static_assert(att::policy<decltype(click && !view)>);
static_assert(!att::detail::decides_time<decltype(click || att::lookback(1))>);
static_assert(!att::detail::decides_time<decltype(!(click && att::lookback(1)))>);
static_assert(att::detail::decides_time<decltype(life)>);
static_assert(att::detail::decides_time<decltype(click && life)>);
static_assert(att::detail::decides_time<decltype(life || click)>);
static_assert(att::detail::decides_time<decltype(!life)>);

// "and" ends where one of them does, "or" where both do.
constexpr auto endless = att::between(&sale::at, att::no_limit);
static_assert(att::detail::window_ends<decltype(endless && life)> &&
              !att::detail::window_ends<decltype(endless && click)>);
static_assert(att::detail::window_ends<decltype(life || life)> &&
              !att::detail::window_ends<decltype(life || endless)> &&
              !att::detail::window_ends<decltype(endless || life)>);

// All of them ask what a part of them asks, whichever part that is.
constexpr auto since = att::since_previous_conversion;
static_assert(att::detail::asks_previous<decltype(since && click)> &&
              att::detail::asks_previous<decltype(click && since)> &&
              att::detail::asks_previous<decltype(since || click)> &&
              att::detail::asks_previous<decltype(click || since)> &&
              att::detail::asks_previous<decltype(!since)> &&
              !att::detail::asks_previous<decltype(click && (view || !life))>);
constexpr auto rarely = att::credited_at_most(1);
static_assert(att::detail::asks_credited<decltype(rarely && click)> &&
              att::detail::asks_credited<decltype(click && rarely)> &&
              att::detail::asks_credited<decltype(rarely || click)> &&
              att::detail::asks_credited<decltype(click || rarely)> &&
              att::detail::asks_credited<decltype(!rarely)> &&
              !att::detail::asks_credited<decltype(since && click)>);

constexpr std::array<touch, 5> mixed{touch{1, 80, 'c'}, touch{1, 80, 'v'}, touch{1, 95, 'c'},
                                     touch{1, 95, 'v'}, touch{1, 101, 'c'}};

constexpr bool test() {
    // nothing after the conversion counts, whatever the expression...
    require(split(2, mixed, att::linear, click) == gives(1, 0, 1, 0, 0, 0));
    require(split(4, mixed, att::linear, click || att::lookback(5)) == gives(2, 0, 1, 1, 0, 0));
    require(split(4, mixed, att::linear, !att::lookback(5)) == gives(2, 2, 0, 0, 0, 0));
    require(split(4, mixed, att::linear, !(view && att::lookback(5))) == gives(2, 1, 1, 0, 0, 0));
    require(split(4, mixed, att::linear, !att::always) == gives(0, 0, 0, 0, 0, 4));
    // ... unless a policy decides about time itself
    require(split(4, mixed, att::linear, life) == gives(0, 0, 0, 0, 4, 0));
    require(split(4, mixed, att::linear, life || view) == gives(0, 2, 0, 1, 1, 0));
    require(split(4, mixed, att::linear, !life && click) == gives(2, 0, 2, 0, 0, 0));
    // 7-day click or 1-day view, in ticks
    require(
        split(3, mixed, att::linear, (click && att::lookback(20)) || (view && att::lookback(5))) ==
        gives(1, 0, 1, 1, 0, 0));
    require(
        split(3, mixed, att::linear, (click && att::lookback(19)) || (view && att::lookback(4))) ==
        gives(0, 0, 3, 0, 0, 0));
    return true;
}
static_assert(test());

static_assert(policy_suite((att::where(&touch::channel, 'a') && att::lookback(10)) ||
                           (att::where(&touch::channel, 'b') && att::lookback(3))));
static_assert(policy_suite(!att::lookback(3) && att::since_previous_conversion));

/// Everything, and how often it was asked.
struct counted_window : att::policy_tag {
    int* times;
    constexpr explicit counted_window(int& asked) : times{&asked} {}
    template <class Anchor>
    constexpr auto window(Anchor const&) const {
        ++*times;
        return att::interval<typename Anchor::time_type>::everything();
    }
};

constexpr bool windows_are_asked_once() {
    int times = 0;
    counted_window const all{times};
    require(split(4, mixed, att::linear, click && att::named("all", all && click)) ==
            gives(2, 0, 2, 0, 0, 0));
    require(times == 1);
    times = 0;  // what another operand admits may lie outside of it
    require(split(4, mixed, att::linear, click && (all || view)) == gives(2, 0, 2, 0, 0, 0));
    require(times == 3);
    return true;
}
static_assert(windows_are_asked_once());

constexpr bool boolean_algebra() {
    constexpr auto a = att::where(&touch::channel, 'a');
    constexpr auto near = att::lookback(4);
    require(same_credits(a && near, near && a));
    require(same_credits(a || near, near || a));
    require(same_credits(!(a && near), !a || !near));
    require(same_credits(!(a || near), !a && !near));
    require(same_credits(a || (a && near), a));
    require(same_credits(a && (a || near), a));
    require(!same_credits(a && near, a));
    require(!same_credits(a || near, near));
    return true;
}
static_assert(boolean_algebra());

/// A policy of one's own with a window and a test: the engine asks only within the window.
struct even_rows_of_late : att::policy_tag {
    int* asked;
    explicit even_rows_of_late(int& counter) : asked{&counter} {}
    bool operator()(auto const& step) const {
        ++*asked;
        return step.at() >= 90 && step.row() % 2 == 0;
    }
    att::interval<tick> window(auto const& anchor) const { return {90, anchor.at()}; }
};

}  // namespace

TEST_CASE("policy") {
    CHECK(test());
    CHECK(boolean_algebra());
}

TEST_CASE("a window spares the engine from looking") {
    int asked = 0;
    CHECK(split(4, mixed, att::linear, even_rows_of_late{asked}) == gives(0, 0, 4, 0, 0, 0));
    CHECK(asked == 2);
}
