// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/w_shaped.hpp>

#include "model/marked_path.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace att = attribution;
using world::gives, world::marked_path, world::require, world::split, world::touch;

static constexpr bool test() {
    auto const w = att::w_shaped(world::lead, world::deal);
    // 30 first, 30 lead, 30 deal, the others share 10.
    require(gives(split(100, marked_path(".l.d."), w), {30, 30, 5, 30, 5}));
    // The deal is missing: its 30 go to first and lead, 45 each; not to the others.
    require(gives(split(100, marked_path(".l.."), w), {45, 45, 5, 5}));
    require(gives(split(100, marked_path("...."), w), {90, 4, 3, 3}));  // 90 to the only milestone
    // One touchpoint is both.
    require(gives(split(100, marked_path("..b."), w), {30, 5, 60, 5}));
    require(gives(split(100, marked_path("b.."), w), {90, 5, 5}));
    // No others: 30, 30, 30 of 90.
    require(gives(split(90, marked_path(".ld"), w), {30, 30, 30}));
    require(gives(split(90, marked_path(".b"), w), {30, 60}));
    require(gives(split(90, marked_path("."), w), {90}));
    // The earliest that satisfies a predicate is the milestone.
    require(gives(split(100, marked_path(".lld"), w), {30, 30, 10, 30}));
    return true;
}
static_assert(test());

TEST_CASE("w_shaped") {
    CHECK(test());
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

TEST_CASE("law: w_shaped: as defined, over random paths") {
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
