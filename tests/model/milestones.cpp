// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/milestones.hpp>

#include "support/small_world.hpp"

#include <attribution/model/blend.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using world::gives, world::require, world::split, world::touch;

/// One letter per touchpoint: . none, l lead, d deal, b both.
static constexpr std::vector<touch> path(char const* marks) {
    std::vector<touch> log;
    for (std::int64_t at = 1; *marks != 0; ++marks)
        log.push_back(world::marked(at++, 'a', *marks == 'l' || *marks == 'b',
                                    *marks == 'd' || *marks == 'b'));
    return log;
}

static constexpr bool test() {
    auto const w = att::w_shaped(world::lead, world::deal);
    // 30 first, 30 lead, 30 deal, the others share 10.
    require(gives(split(100, path(".l.d."), w), {30, 30, 5, 30, 5}));
    // The deal is missing: its 30 go to first and lead, 45 each; not to the others.
    require(gives(split(100, path(".l.."), w), {45, 45, 5, 5}));
    require(gives(split(100, path("...."), w), {90, 4, 3, 3}));  // 90 to the only milestone
    // One touchpoint is both.
    require(gives(split(100, path("..b."), w), {30, 5, 60, 5}));
    require(gives(split(100, path("b.."), w), {90, 5, 5}));
    // No others: 30, 30, 30 of 90.
    require(gives(split(90, path(".ld"), w), {30, 30, 30}));
    require(gives(split(90, path(".b"), w), {30, 60}));
    require(gives(split(90, path("."), w), {90}));
    // The earliest that satisfies a predicate is the milestone.
    require(gives(split(100, path(".lld"), w), {30, 30, 10, 30}));

    // 22.5 each, the others share 10.
    auto const full = att::full_path(world::lead, world::deal);
    require(gives(split(1000, path(".l.d.."), full), {225, 225, 50, 225, 50, 225}));
    require(gives(split(1000, path(".l.d"), full), {225, 225, 100, 450}));
    // Shares are reduced to the smallest whole numbers, so that large amounts are split exactly.
    constexpr std::int64_t large = 1'000'000'000'000'000;
    require(gives(split(8'640 * large, path(".l.d..."), full),
                  {1'944 * large, 1'944 * large, 288 * large, 1'944 * large, 288 * large,
                   288 * large, 1'944 * large}));

    // A policy, and none of the first touch: without milestones all share evenly.
    auto const only_lead = att::milestones(0.2, att::milestone(0.8, att::where(world::lead, true)));
    require(gives(split(100, path(".l."), only_lead), {10, 80, 10}));
    require(gives(split(90, path("..."), only_lead), {30, 30, 30}));

    // Reached at an instant of the conversion: the latest touchpoint until then.
    auto const at_two = att::milestones(
        0.2, att::milestone(0.8, att::reached_at([](world::sale const&) { return 2; })));
    require(gives(split(100, path("..."), at_two), {10, 80, 10}));
    auto const never =
        att::milestones(0.2, att::milestone(0.8, att::reached_at([](world::sale const&) {
                                                return std::optional<std::int64_t>{};
                                            })));
    require(gives(split(90, path("..."), never), {30, 30, 30}));
    auto const reached = [](std::optional<std::int64_t> at) {
        return att::milestones(
            0.2, att::milestone(0.8, att::reached_at([at](world::sale const&) { return at; })));
    };
    require(gives(split(100, path("..."), reached(1)), {80, 10, 10}));
    require(gives(split(100, path("..."), reached(99)), {10, 10, 80}));
    require(gives(split(90, path("..."), reached(0)), {30, 30, 30}));  // before all of them

    // The smallest whole shares, 1 and 1; and a milestone that is worth nothing
    auto const halves = att::milestones(0.5, att::milestone(0.5, att::first_touch));
    require(gives(split(100, path("..."), halves), {50, 25, 25}));
    auto const worthless = att::milestones(1, att::milestone(0, att::first_touch));
    require(gives(split(90, path("..."), worthless), {30, 30, 30}));
    return true;
}
static_assert(test());

TEST_CASE("milestones") {
    CHECK(test());
    CHECK_THROWS_AS(static_cast<void>(att::milestones(0.1, att::milestone(1.1, att::first_touch))),
                    std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(att::milestones(-0.1, att::milestone(0.5, att::first_touch))),
                    std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(att::milestones(0, att::milestone(0, att::first_touch))),
                    std::invalid_argument);
}

/// The definition in exact fractions: share_i = milestones' shares + an even part of the others'.
static std::vector<double> by_definition(std::vector<touch> const& log) {
    std::vector<double> got(log.size(), 0.0);
    double present = 0;
    auto const give = [&](std::size_t i) {
        if (i < log.size()) {
            got[i] += 0.3;
            present += 0.3;
        }
    };
    auto const find = [&](auto const& mark) {
        std::size_t i = 0;
        while (i < log.size() && !mark(log[i]))
            ++i;
        return i;
    };
    give(0);
    give(find(world::lead));
    give(find(world::deal));
    std::size_t others = 0;
    for (double const part : got)
        others += part == 0 ? 1U : 0U;
    for (auto& part : got)
        part =
            part > 0 ? part / present * (others == 0 ? 1 : 0.9) : 0.1 / static_cast<double>(others);
    return got;
}

TEST_CASE("law: milestones: as defined, over random paths") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::vector<touch> log;
        auto const n = random.between(1, 9);
        for (int i = 0; i < n; ++i) {
            auto const is_lead = random.between(0, 3) == 0;
            log.push_back(world::marked(i, 'a', is_lead, random.between(0, 3) == 0));
        }
        auto const expected = by_definition(log);
        auto const parts = split(1'000'000'000, log, att::w_shaped(world::lead, world::deal));
        for (std::size_t i = 0; i < log.size(); ++i)
            if (std::abs(static_cast<double>(parts[i]) - expected[i] * 1e9) > 1.001)
                return false;
        return true;
    });
}

TEST_CASE("milestones: reached_at refuses a NaN, naming the conversion") {
    struct order {
        double at;
        std::optional<double> opened;
    };
    std::vector<double> const log{1, 2, 3};
    auto const key = [](auto const&) { return 1; };
    auto const split_of = [&](std::vector<order> const& book) {
        return att::attribute(
            att::conversions(book, key, &order::at, [](order const&) { return 100; }),
            att::touchpoints(log, key, [](double at) { return at; }),
            att::milestones(0, att::milestone(1, att::reached_at(&order::opened))));
    };
    CHECK(split_of({{3, 2.5}})[0].touchpoint == 1);
    CHECK(split_of({{3, std::nullopt}}).size() == 3);
    CHECK_THROWS_WITH_AS((void)split_of({{3, 2.5}, {3, std::numeric_limits<double>::quiet_NaN()}}),
                         "milestones: the instant of conversion row 1 is not a number",
                         std::domain_error);
}

TEST_CASE("milestones: reached_at takes instants of any clock") {
    struct deal {
        int user;
        date::sys_seconds at;
        date::sys_time<std::chrono::nanoseconds> opened;
        std::optional<date::sys_days> created;
    };
    struct click {
        int user;
        date::sys_time<std::chrono::nanoseconds> at;
    };
    using namespace std::chrono_literals;
    date::sys_days const day{date::days{20'000}};
    std::vector<click> const log{{1, day - 1ns}, {1, day}, {1, day + 1ns}, {1, day + 24h}};
    auto const reached = [&](auto const& projection, deal const& one) {
        std::vector<deal> const book{one};
        auto const ledger =
            att::attribute(att::conversions(book, &deal::user, &deal::at),
                           att::touchpoints(log, &click::user, &click::at),
                           att::milestones(0, att::milestone(1, att::reached_at(projection))));
        return ledger.size() == 1 ? ledger[0].touchpoint : att::no_row;
    };
    deal one{1, day + 48h, day, day};
    CHECK(reached(&deal::created, one) == 1);
    one.created = date::sys_days{date::days{2'932'896}};  // a placeholder beyond nanoseconds
    CHECK(reached(&deal::created, one) == 3);
    one.created = date::sys_days{date::days{-4'000'000}};
    CHECK(reached(&deal::created, one) == att::no_row);  // missing: everybody shares
    one.opened = day + 2ns;
    CHECK(reached(&deal::opened, one) == 2);
    one.opened = date::sys_time<std::chrono::nanoseconds>::max();
    CHECK(reached(&deal::opened, one) == 3);
}

namespace {

/// The touchpoint after the longest pause.
struct came_back_milestone : att::milestone_tag {
    constexpr std::size_t operator()(auto const& steps) const {
        auto place = steps.size();
        std::int64_t longest = 0;
        for (std::size_t i = 1; i < steps.size(); ++i)
            if (auto const pause = steps[i].at() - steps[i - 1].at(); pause > longest) {
                longest = pause;
                place = i;
            }
        return place;
    }
};
struct newest_fn : att::model_tag {
    static constexpr att::path_end picks = att::path_end::last;
    constexpr auto shape(std::size_t n) const {
        return std::array{att::level{n - 1, 0}, att::level{1, 1}};
    }
    constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
};

}  // namespace

TEST_CASE("milestones of your own") {
    auto const came_back = att::milestones(0, att::milestone(0.6, came_back_milestone{}),
                                           att::milestone(0.4, newest_fn{}));
    CHECK(world::split(100, world::at_times({1, 2, 9, 10}), came_back) ==
          std::vector<std::int64_t>{0, 0, 60, 40});
    CHECK(world::split(100, world::at_times({5, 5}), came_back) ==
          std::vector<std::int64_t>{0, 100});
}
