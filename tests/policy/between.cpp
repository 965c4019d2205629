// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/between.hpp>

#include "support/policy_suite.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace {

using namespace support;

struct account {
    int user = 1;
    tick at = 100;
    std::optional<tick> paid;
    std::optional<tick> refunded;
};

constexpr auto paid_period = att::between(&account::paid, &account::refunded);

template <std::size_t N, class Policy>
constexpr std::array<cents, N + 1> split_account(account const& one,
                                                 std::array<touch, N> const& log, Policy const& p) {
    std::array<account, 1> const book{one};
    std::array<cents, N + 1> parts{};
    att::attribute(att::conversions(book, &account::user, &account::at,
                                    [](account const&) { return cents{12}; }),
                   touches(log), att::linear, p, [&](auto const& earned) {
                       parts[earned.attributed() ? earned.touchpoint : N] += earned.amount;
                   });
    return parts;
}

constexpr bool test() {
    // closed at both ends, and what comes after the conversion (at 100) counts
    constexpr auto log = path_at(9, 10, 150, 200, 201);
    require(split_account({1, 100, 10, 200}, log, paid_period) == gives(0, 4, 4, 4, 0, 0));
    require(split_account({1, 100, 10, {}}, log, paid_period) == gives(0, 3, 3, 3, 3, 0));
    require(split_account({1, 100, {}, 200}, log, paid_period) == gives(3, 3, 3, 3, 0, 0));
    require(split_account({1, 100, {}, {}}, log, paid_period) == gives(3, 3, 2, 2, 2, 0));
    require(split_account({1, 100, 150, 150}, log, paid_period) == gives(0, 0, 12, 0, 0, 0));
    require(split_account({1, 100, 200, 10}, log, paid_period) == gives(0, 0, 0, 0, 0, 12));
    require(split_account({1, 100, {}, {}}, path_at(INT64_MIN, INT64_MAX), paid_period) ==
            gives(6, 6, 0));
    // bounds that are always there
    constexpr auto whole_life = att::between([](account const&) { return tick{10}; }, &account::at);
    require(split_account({}, log, whole_life) == gives(0, 12, 0, 0, 0, 0));
    // an end that is always open
    auto const since_paid = att::between(&account::paid, att::no_limit);
    require(split_account({1, 100, 10, 150}, log, since_paid) == gives(0, 3, 3, 3, 3, 0));
    auto const until_refund = att::between(att::no_limit, &account::refunded);
    require(split_account({1, 100, 10, 150}, log, until_refund) == gives(4, 4, 4, 0, 0, 0));
    require(split_account({}, path_at(INT64_MIN, INT64_MAX), att::at_any_time) == gives(6, 6, 0));
    // it replaces the default for the whole expression it occurs in...
    constexpr auto any_channel = att::where(&touch::channel, 'a');
    require(split_account({1, 100, 10, 200}, log, paid_period && any_channel) ==
            gives(0, 4, 4, 4, 0, 0));
    require(split_account({1, 100, 10, 10}, log, paid_period || any_channel) ==
            gives(3, 3, 2, 2, 2, 0));
    require(split_account({1, 100, 10, 200}, log, !paid_period) == gives(6, 0, 0, 0, 6, 0));
    // ... but another window still ends where it ends
    require(split_account({1, 100, 10, 200}, log, paid_period && att::lookback(95)) ==
            gives(0, 12, 0, 0, 0, 0));
    require(split_account({1, 100, 200, {}}, log, paid_period || att::lookback(91)) ==
            gives(3, 3, 0, 3, 3, 0));
    return policy_suite(att::between([](sale const& s) { return s.at - 10; },
                                     [](sale const& s) { return s.at + 10; })) &&
           policy_suite(att::between([](sale const& s) { return s.at; },
                                     [](sale const& s) { return s.at - 10; })) &&
           policy_suite(!att::between(&sale::at, &sale::at));
}
static_assert(test());

}  // namespace

TEST_CASE("between") {
    CHECK(test());
}

TEST_CASE("between takes instants coarser than the time line") {
    using namespace std::chrono;
    struct order {
        int user;
        sys_seconds at;
        std::optional<sys_time<minutes>> until;
    };
    struct visit {
        int user;
        sys_time<milliseconds> at;
    };
    std::array<order, 1> const book{order{1, sys_seconds{0s}, sys_time<minutes>{1min}}};
    std::array<visit, 2> const log{visit{1, sys_time<milliseconds>{60'000ms}},
                                   visit{1, sys_time<milliseconds>{60'001ms}}};
    auto const ledger = att::attribute(att::conversions(book, &order::user, &order::at),
                                       att::touchpoints(log, &visit::user, &visit::at), att::linear,
                                       att::between(&order::at, &order::until));
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].touchpoint == 0);
    CHECK(ledger[0].amount == 1.0);
}

TEST_CASE("between admits nothing if its start is after all instants, or its end before them") {
    using namespace std::chrono;
    using namespace date::literals;
    struct order {
        date::sys_days from;
        date::sys_days until;
    };
    auto const key = [](auto const&) { return 1; };
    auto const itself = [](sys_time<nanoseconds> at) { return at; };
    std::vector<sys_time<nanoseconds>> const log{date::sys_days{1960_y / 3 / 5},
                                                 date::sys_days{2026_y / 3 / 5}};
    auto const attributed = [&](date::sys_days from, date::sys_days until) {
        std::vector<order> const book{{from, until}};
        auto const ledger =
            att::attribute(att::conversions(book, key, [&](order const&) { return log[0]; }),
                           att::touchpoints(log, key, itself), att::linear,
                           att::between(&order::from, &order::until));
        return ledger[0].attributed();
    };
    date::sys_days const never{date::year{-9999} / 1 / 1};
    date::sys_days const always{9999_y / 12 / 31};
    CHECK(attributed(never, always));
    CHECK(!attributed(always, always));
    CHECK(!attributed(never, never));
    CHECK(!attributed(always, never));
}

TEST_CASE("between refuses an end that is a NaN, naming the conversion") {
    struct order {
        double at;
        double from;
        std::optional<double> until;
    };
    double const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> const log{1, 2, 3};
    auto const key = [](auto const&) { return 1; };
    auto const credits = [&](std::vector<order> const& book) {
        return att::attribute(att::conversions(book, key, &order::at),
                              att::touchpoints(log, key, [](double at) { return at; }), att::linear,
                              att::between(&order::from, &order::until))
            .size();
    };
    CHECK(credits({{2, 1.5, std::nullopt}, {2, 0, 2}}) == 4);
    CHECK_THROWS_WITH_AS((void)credits({{2, 0, 2}, {2, nan, 2}}),
                         "between: the start of the interval of conversion row 1 is not a number",
                         std::domain_error);
    CHECK_THROWS_WITH_AS((void)credits({{2, 0, nan}}),
                         "between: the end of the interval of conversion row 0 is not a number",
                         std::domain_error);
}

TEST_CASE("between takes instants that the time line does not hold, as the instants they are") {
    using namespace std::chrono;
    struct order {
        int user;
        sys_seconds at;
        date::sys_days from;
        std::optional<date::sys_days> until;
    };
    struct visit {
        int user;
        sys_time<nanoseconds> at;
    };
    date::sys_days const day{days{20'000}};
    date::sys_days const placeholder{days{2'932'896}};  // 9999-12-31
    date::sys_days const long_ago{days{-4'000'000}};
    std::vector<visit> const log{{1, day - 1ns}, {1, day}, {1, day + 1h}};
    auto const earners = [&](date::sys_days from, std::optional<date::sys_days> until) {
        std::vector<order> const book{{1, day, from, until}};
        std::vector<std::size_t> rows;
        for (auto const& earned :
             att::attribute(att::conversions(book, &order::user, &order::at),
                            att::touchpoints(log, &visit::user, &visit::at), att::linear,
                            att::between(&order::from, &order::until)))
            if (earned.attributed())
                rows.push_back(earned.touchpoint);
        return rows;
    };
    using rows = std::vector<std::size_t>;
    CHECK(earners(day, placeholder) == rows{1, 2});
    CHECK(earners(long_ago, day) == rows{0, 1});
    CHECK(earners(long_ago, placeholder) == rows{0, 1, 2});
    CHECK(earners(placeholder, std::nullopt).empty());
    CHECK(earners(long_ago, long_ago).empty());
    CHECK(earners(placeholder, placeholder).empty());

    // Bounds finer than the time line are rounded inwards, numbers of any type compared as they are.
    constexpr auto window = [](auto from, auto until) {
        std::vector<sale> const book{{1, 100, 6}};
        std::vector<touch> const clicks{{1, 1}, {1, 2}, {1, 3}, {1, INT64_MAX}};
        std::vector<std::size_t> found;
        for (auto const& earned : att::attribute(sales(book), touches(clicks), att::linear,
                                                 att::between([=](sale const&) { return from; },
                                                              [=](sale const&) { return until; })))
            if (earned.attributed())
                found.push_back(earned.touchpoint);
        return found;
    };
    CHECK(window(1.5, 2.5) == rows{1});
    CHECK(window(-1e300, 1e300) == rows{0, 1, 2, 3});
    CHECK(window(std::uint64_t{2}, UINT64_MAX) == rows{1, 2, 3});
    CHECK(window(UINT64_MAX, UINT64_MAX).empty());
    CHECK(window(std::int8_t{-1}, std::uint8_t{2}) == rows{0, 1});
}
