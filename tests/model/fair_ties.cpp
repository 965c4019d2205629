// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/fair_ties.hpp>

#include "support/model_suite.hpp"
#include "support/world.hpp"

#include <attribution/amount/allocate.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

using namespace support;

constexpr auto fair = att::fair_ties(att::linear, &sale::at);
static_assert(model_suite(fair));

struct journey {
    std::vector<touch> log;
    std::vector<sale> book;
};
/// 3,000 customers, three touchpoints each.
journey many(cents value) {
    journey all;
    for (int user = 0; user < 3000; ++user) {
        for (int i = 0; i < 3; ++i)
            all.log.push_back({user, i, static_cast<char>('a' + i)});
        all.book.push_back({user, 9, value});
    }
    return all;
}

}  // namespace

TEST_CASE("3,000 orders of one unit: about 1,000 to each touchpoint, instead of all to the first") {
    for (cents const value : {1, 2, 100, -1}) {
        auto const all = many(value);
        auto const lot = att::fair_ties(att::linear, &sale::user);
        auto const report =
            att::attribute(sales(all.book), touches(all.log), att::models(att::linear, lot),
                           att::always, att::by(&touch::channel));
        cents total = 0;
        for (auto const& row : report) {
            if (!row.attributed)
                continue;
            CHECK(std::abs(row[1].amount - 1000 * value) < 60);
            total += row[1].amount;
        }
        CHECK(total == 3000 * value);
        CHECK(std::abs(report[0][0].amount - 1000 * value) >= 1000);  // linear favours the first
    }
}

TEST_CASE("a tie of some is decided among these alone") {
    // Weights 2 1 1: of 2 units, the first has one, the others are tied for the second.
    std::array<int, 3> extra{};
    std::array<double, 3> const weights{2, 1, 1};
    for (std::uint64_t first = 0; first < 10; ++first) {
        auto const parts = att::allocate(2, weights, first);
        CHECK(parts[0] == 1);
        CHECK(parts[1] + parts[2] == 1);
        extra[1] += parts[1];
        extra[2] += parts[2];
    }
    CHECK(extra[1] == 5);
    CHECK(extra[2] == 5);
}

TEST_CASE("law: fair ties change no part by more than a unit, and none of an amount that divides") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        auto const model = some_model(random);
        auto const lot = att::fair_ties(model, &sale::value);
        auto const all = att::attribute(sales(w.book), touches(w.log), model, att::lookback(9));
        auto const found = att::attribute(sales(w.book), touches(w.log), lot, att::lookback(9));
        holds(all.size() == found.size());
        std::vector<att::detail::int128> sums(w.book.size(), 0);
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto const apart = att::detail::int128{found[i].amount} - all[i].amount;
            holds(apart >= -1 && apart <= 1);
            holds(found[i].touchpoint == all[i].touchpoint && found[i].share == all[i].share);
            sums[found[i].conversion] += apart;
        }
        for (auto const sum : sums)
            holds(sum == 0);
    });
}

TEST_CASE("law: the lot depends on the conversion alone, not on rows or other conversions") {
    for_all_worlds([](random_numbers& random) {
        world const w{random, true};
        auto const lot = att::fair_ties(att::linear, &sale::at);
        auto const whole = att::attribute(sales(w.book), touches(w.log), lot, att::lookback(9));
        for (std::size_t row = 0; row < w.book.size(); ++row) {
            std::vector<sale> const one{w.book[row]};
            auto const alone = att::attribute(sales(one), touches(w.log), lot, att::lookback(9));
            std::vector<cents> parts;
            for (auto const& credit : whole)
                if (credit.conversion == row)
                    parts.push_back(credit.amount);
            holds(std::equal(parts.begin(), parts.end(), alone.begin(), alone.end(),
                             [](cents part, auto const& credit) { return part == credit.amount; }));
        }
    });
}
