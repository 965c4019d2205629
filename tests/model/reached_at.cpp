// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/reached_at.hpp>

#include "model/marked_path.hpp"

#include <attribution/model/milestones.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using world::gives, world::marked_path, world::require, world::split;

static constexpr bool test() {
    // Reached at an instant of the conversion: the latest touchpoint until then.
    auto const at_two = att::milestones(
        0.2, att::milestone(0.8, att::reached_at([](world::sale const&) { return 2; })));
    require(gives(split(100, marked_path("..."), at_two), {10, 80, 10}));
    auto const never =
        att::milestones(0.2, att::milestone(0.8, att::reached_at([](world::sale const&) {
                                                return std::optional<std::int64_t>{};
                                            })));
    require(gives(split(90, marked_path("..."), never), {30, 30, 30}));
    auto const reached = [](std::optional<std::int64_t> at) {
        return att::milestones(
            0.2, att::milestone(0.8, att::reached_at([at](world::sale const&) { return at; })));
    };
    require(gives(split(100, marked_path("..."), reached(1)), {80, 10, 10}));
    require(gives(split(100, marked_path("..."), reached(99)), {10, 10, 80}));
    require(gives(split(90, marked_path("..."), reached(0)), {30, 30, 30}));  // before all of them
    return true;
}
static_assert(test());

TEST_CASE("reached_at") {
    CHECK(test());
}

TEST_CASE("reached_at refuses a NaN, naming the conversion") {
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

TEST_CASE("reached_at takes instants of any clock") {
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
