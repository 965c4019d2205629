// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/calendar_lookback.hpp>

#include "support/small_world.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

namespace att = attribution;
using namespace std::chrono_literals;
using world::require;

using date::sys_seconds;

namespace {

struct visit {
    int user;
    sys_seconds at;
};
struct purchase {
    int user;
    sys_seconds at;
};

/// As much of an anchor as a window looks at.
template <class Time>
struct instant_of {
    using time_type = Time;
    Time when;
    constexpr Time at() const { return when; }
};

constexpr sys_seconds at(int year, unsigned month, unsigned day, std::chrono::seconds time = 12h) {
    return date::sys_days{date::year{year} / date::month{month} / date::day{day}} + time;
}

template <class Policy>
constexpr sys_seconds from(Policy const& p, sys_seconds conversion) {
    auto const window = p.window(instant_of<sys_seconds>{conversion});
    require(window.until == conversion);
    return window.from;
}

/// Clocks that went forward by an hour at 2026-03-29 01:00 UTC, as in Berlin.
struct spring {
    static constexpr sys_seconds change = at(2026, 3, 29, 1h);
    constexpr date::local_seconds to_local(sys_seconds t) const {
        return date::local_seconds{t.time_since_epoch() + (t < change ? 1h : 2h)};
    }
    constexpr sys_seconds to_sys(date::local_seconds t) const {
        sys_seconds const winter{t.time_since_epoch() - 1h};
        return winter < change ? winter : sys_seconds{t.time_since_epoch() - 2h};
    }
};

/// Clocks that are set back by an hour one minute after the beginning of a day, as in St. John's until 2011:
/// it is the day before once more.
struct autumn {
    date::sys_days day;
    sys_seconds to_sys(date::local_seconds t) const {
        sys_seconds const summer{t.time_since_epoch() - 1h};
        return summer < change() ? summer : sys_seconds{t.time_since_epoch()};
    }
    date::local_seconds to_local(sys_seconds t) const {
        return date::local_seconds{t.time_since_epoch() + (t < change() ? 1h : 0h)};
    }
    sys_seconds change() const { return day - 59min; }
};

// The units of std::chrono are those of date.
template <class Length>
using made = decltype(att::calendar_lookback(Length{1}));
static_assert(std::same_as<made<std::chrono::days>, made<date::days>>);
static_assert(std::same_as<made<std::chrono::months>, made<date::months>>);
static_assert(std::same_as<made<std::chrono::years>, made<date::years>>);
static_assert(
    std::same_as<made<std::chrono::duration<short, date::days::period>>, made<date::days>>);
static_assert(!att::detail::calendar_length<std::chrono::hours>);
static_assert(!att::detail::calendar_length<std::chrono::duration<double, date::days::period>>);
static_assert(!att::detail::calendar_length<int>);

static constexpr bool test() {
    auto const month = att::calendar_lookback(date::months{1});
    require(from(month, at(2026, 5, 15)) == at(2026, 4, 15));
    require(from(month, at(2026, 3, 31)) == at(2026, 2, 28));  // clamped
    require(from(month, at(2024, 3, 31)) == at(2024, 2, 29));
    require(from(month, at(2026, 1, 10)) == at(2025, 12, 10));
    require(from(att::calendar_lookback(date::months{13}), at(2026, 3, 31)) == at(2025, 2, 28));
    require(from(att::calendar_lookback(date::years{1}), at(2024, 2, 29)) == at(2023, 2, 28));
    require(from(att::calendar_lookback(date::days{30}), at(2026, 3, 31)) == at(2026, 3, 1));
    require(from(att::calendar_lookback(date::months{0}), at(2026, 3, 31)) == at(2026, 3, 31));
    require(from(month.from_midnight(), at(2026, 3, 31)) == at(2026, 2, 28, 0h));
    require(from(att::calendar_lookback(date::days{0}).from_midnight(), at(2026, 3, 31)) ==
            at(2026, 3, 31, 0h));

    // 23:30 UTC on 31 March is 1 April in a zone one hour ahead: a month back is 1 March there.
    auto const ahead = att::fixed_offset{1h};
    require(from(att::calendar_lookback(date::months{1}, ahead), at(2026, 3, 31, 23h + 30min)) ==
            at(2026, 2, 28, 23h + 30min));
    require(from(att::calendar_lookback(date::days{0}, ahead).from_midnight(), at(2026, 3, 31)) ==
            at(2026, 3, 30, 23h));

    // The day of the change has 23 hours: noon to noon.
    require(from(att::calendar_lookback(date::days{1}, spring{}), at(2026, 3, 29, 10h)) ==
            at(2026, 3, 28, 11h));

    // Beyond the calendar there is no limit.
    auto const end = sys_seconds{std::chrono::seconds{INT64_MAX}};
    require(from(month, end) == sys_seconds{std::chrono::seconds{INT64_MIN}});
    auto const as_if_1970 = sys_seconds{std::chrono::seconds{std::int64_t{86'400} << 32}};
    require(from(month, as_if_1970) == sys_seconds{std::chrono::seconds{INT64_MIN}});
    auto const too_early = sys_seconds{date::days{-5'900'001}};
    require(from(month, too_early) == sys_seconds{std::chrono::seconds{INT64_MIN}});
    // The last days that have a calendar, and the longest time back on it: in a year that has one
    require(from(att::calendar_lookback(date::days{1}), sys_seconds{date::days{5'900'000}}) ==
            sys_seconds{date::days{5'899'999}});
    require(from(att::calendar_lookback(date::days{1}), sys_seconds{date::days{-5'900'000}}) ==
            sys_seconds{date::days{-5'900'001}});
    require(from(att::calendar_lookback(date::months{1'000'000}), at(2026, 3, 31)) ==
            sys_seconds{std::chrono::seconds{INT64_MIN}});

    // The longest lengths that surely stay on the calendar, and one more of each
    auto const back = [](auto length) {
        return from(att::calendar_lookback(length), at(2026, 3, 15));
    };
    constexpr auto no_limit = sys_seconds{std::chrono::seconds{INT64_MIN}};
    require(back(date::days{5'900'000}) == at(2026, 3, 15) - date::days{5'900'000});
    require(back(date::days{5'900'001}) == no_limit);
    require(back(date::months{190'322}) == at(-13'834, 1, 15));
    require(back(date::months{190'323}) == no_limit);
    require(back(date::years{16'120}) == at(-14'094, 3, 15));
    require(back(date::years{16'121}) == no_limit);

    // Nor where the clock ends: in nanoseconds, in the years 1677 and 2262.
    using fine = date::sys_time<std::chrono::nanoseconds>;
    auto const begin = [](auto const& p, fine when) {
        return p.window(instant_of<fine>{when}).from;
    };
    for (auto const instant : {fine::max(), fine::min(), fine::min() + 50h})
        require(begin(att::calendar_lookback(date::days{1}, att::fixed_offset{2h}), instant) ==
                fine::min());
    require(begin(att::calendar_lookback(date::years{400}), fine{}) == fine::min());
    auto const own_day = att::calendar_lookback(date::days{0}).from_midnight();
    constexpr date::sys_days first_but_two{date::days{-106'750}};
    require(begin(own_day, first_but_two + 12h) == first_but_two);
    require(begin(own_day, first_but_two - 1h) == fine::min());
    require(begin(att::calendar_lookback(date::days{1}), fine::max() - 49h) == fine::max() - 73h);

    // Days as coarse times: the first day that does not begin before the window.
    auto const days = att::calendar_lookback(date::days{1}, att::fixed_offset{1h}).from_midnight();
    auto const window =
        days.window(instant_of<date::sys_days>{date::sys_days{date::year{2026} / 3 / 31}});
    require(window.from == date::sys_days{date::year{2026} / 3 / 30});
    return true;
}
static_assert(test());

// A length that no calendar has is one without a beginning, and never a short one.
constexpr bool test_long_lengths() {
    using days = std::chrono::duration<long long, date::days::period>;
    auto const conversion = at(2026, 3, 31);
    auto const longest = from(att::calendar_lookback(date::days{2'147'483'647}), conversion);
    require(longest == from(att::calendar_lookback(days{2'147'483'648}), conversion));
    require(longest == from(att::calendar_lookback(days{(1LL << 32) + 1}), conversion));
    require(longest < at(-30000, 1, 1));
    return true;
}
static_assert(test_long_lengths());

}  // namespace

TEST_CASE("calendar_lookback") {
    CHECK(test());
    CHECK(test_long_lengths());
    CHECK_THROWS_AS(static_cast<void>(att::calendar_lookback(date::months{-1})),
                    std::invalid_argument);
}

TEST_CASE("calendar_lookback: closed at both ends") {
    std::vector<visit> const log{{1, at(2026, 2, 28) - 1s},
                                 {1, at(2026, 2, 28)},
                                 {1, at(2026, 3, 31)},
                                 {1, at(2026, 3, 31) + 1s}};
    std::vector<purchase> const book{{1, at(2026, 3, 31)}};
    auto const ledger = att::attribute(att::conversions(book, &purchase::user, &purchase::at),
                                       att::touchpoints(log, &visit::user, &visit::at), att::linear,
                                       att::calendar_lookback(date::months{1}));
    REQUIRE(ledger.size() == 2);
    CHECK(ledger[0].touchpoint == 1);
    CHECK(ledger[1].touchpoint == 2);
}

TEST_CASE("law: calendar_lookback: in UTC, days are days of 24 hours") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const when = at(1970, 1, 1, 0h) + std::chrono::seconds{random.bits() % 4'000'000'000U};
        auto const days = date::days{random.between(0, 500)};
        instant_of<sys_seconds> const anchor{when};
        return att::calendar_lookback(days).window(anchor) == att::lookback(days).window(anchor);
    });
}

TEST_CASE("law: calendar_lookback: months are between the shortest and the longest") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const when = at(1970, 1, 1, 0h) + std::chrono::seconds{random.bits() % 4'000'000'000U};
        auto const months = random.between(1, 40);
        auto const back = when - from(att::calendar_lookback(date::months{months}), when);
        return back >= date::days{28 * months} && back <= date::days{31 * months};
    });
}

TEST_CASE("law: calendar_lookback: no later window begins before the earliest instant") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const first = random.chance(2);  // of a month
        autumn const zone{date::year{2000 + static_cast<int>(random.below(30))} /
                          static_cast<int>(1 + random.below(12)) /
                          static_cast<int>(first ? 1 : 1 + random.below(28))};
        auto const seconds = [&](int most) {
            return std::chrono::seconds{random.between(0, most)};
        };
        auto const when = zone.change() - seconds(120);  // half of these on the day itself
        auto const later = when + seconds(7200);
        auto const length = random.between(0, 30);
        auto const reaches = [&](auto const& policy) {
            return from(policy, later) >= policy.earliest(when) &&
                   from(policy.from_midnight(), later) >= policy.from_midnight().earliest(when);
        };
        return reaches(att::calendar_lookback(date::days{length}, zone)) &&
               reaches(att::calendar_lookback(date::months{length}, zone)) &&
               reaches(att::calendar_lookback(date::years{length}, zone));
    });
}
