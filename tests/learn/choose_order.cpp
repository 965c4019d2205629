// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/choose_order.hpp>

#include "learn/reference.hpp"

#include <doctest/doctest.h>

namespace att = attribution;
using doctest::Approx;
using letters::row;

TEST_CASE("choose_order: the area, by hand") {
    // Order 1, by last channel: A 3 of 4 convert, B 1 of 4. Pairs 4 * 4: right 3 * 3, ties 3 + 3,
    // wrong 1: (9 + 3) / 16. Transitions: start A, start B, A conversion, A null, B ..., A B: 7.
    std::vector<row> const paths{{"A", 3, 3, 1}, {"B", 0, 0, 1}, {"AB", 1, 1, 2}};
    auto const choice = att::choose_order(letters::rows(paths), att::markov(), 1);
    REQUIRE(choice.orders.size() == 1);
    CHECK(choice.best == 1);
    CHECK(choice.orders[0].auc == 0.75);
    CHECK(choice.orders[0].transitions == 7);
    CHECK(choice.orders[0].penalized_auc == 0);  // 8 paths cannot tell 7 numbers
    auto const longer = att::choose_order(letters::rows(paths), att::markov(), 3);
    CHECK(longer.orders[2].penalized_auc == 0);
    CHECK(longer.best_by_penalty == 1);  // of equal ones the first
    auto const more = att::choose_order(
        letters::rows({{"A", 300, 3, 100}, {"B", 0, 0, 100}, {"AB", 100, 1, 200}}), att::markov(),
        1);
    CHECK(more.orders[0].penalized_auc == Approx(1 - 0.25 * 799.0 / 792.0));
    CHECK(more.orders[0].validated_auc == Approx(0.75).epsilon(0.01));
    CHECK(more.best_by_penalty == 1);
    CHECK(more.best_by_combinations == 1);
    CHECK(more.orders[0].combinations == 2);
    CHECK(more.orders[0].auc_penalized_by_combinations == Approx(1 - 0.25 * 799.0 / 797.0));
    // Hanley & McNeil: A = 0.75: Q1 = 0.6, Q2 = 9/14, 400 of each.
    auto const a = more.orders[0].validated_auc;
    CHECK(more.orders[0].standard_error ==
          Approx(std::sqrt(
              (a * (1 - a) + 399 * (a / (2 - a) - a * a) + 399 * (2 * a * a / (1 + a) - a * a)) /
              160'000)));
}

TEST_CASE("choose_order: finds how far back matters") {
    // Converts with 80% if the channel two before the last is D, otherwise with 20%.
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        support::random_numbers random{seed};
        std::vector<row> paths;
        for (int i = 0; i < 20'000; ++i) {
            row one;
            auto const length = random.between(4, 7);
            for (int j = 0; j < length; ++j)
                one.path += static_cast<char>('A' + random.between(0, 3));
            bool const likely = one.path[one.path.size() - 3] == 'D';
            bool const converts = random.between(1, 10) <= (likely ? 8 : 2);
            one.conversions = converts ? 1 : 0;
            one.nulls = converts ? 0 : 1;
            paths.push_back(one);
        }
        auto const choice =
            att::choose_order(letters::rows(paths), att::markov({}, {.keep_repeats = true}), 5);
        CAPTURE(seed);
        CHECK(choice.best == 3);
        CHECK(choice.orders[4].auc > choice.orders[2].auc);
        CHECK(choice.orders[2].combinations == 20);  // C(4 + 2, 3)
        CHECK(choice.best_by_combinations >= 3);     // it is lenient
    }
}

TEST_CASE("choose_order: noise needs no memory") {
    int first = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        support::random_numbers random{seed};
        std::vector<row> paths;
        for (int i = 0; i < 2'000; ++i) {
            row one;
            for (auto length = random.between(2, 6); length > 0; --length)
                one.path += static_cast<char>('A' + random.between(0, 3));
            (random.between(1, 10) <= 3 ? one.conversions : one.nulls) = 1;
            paths.push_back(one);
        }
        auto const choice = att::choose_order(letters::rows(paths), att::markov(), 4);
        CHECK(choice.orders[3].auc > choice.orders[0].auc + 0.05);  // what it remembers
        for (auto const& one : choice.orders)
            CHECK(one.validated_auc < 0.53);
        first += choice.best == 1 ? 1 : 0;
    }
    CHECK(first >= 15);
}

TEST_CASE("choose_order: how often a path was seen costs nothing") {
    // A coin for each would take hours.
    constexpr std::int64_t often = std::int64_t{1} << 60;
    auto const choice = att::choose_order(
        letters::rows({{"A", often, 3, often / 3}, {"B", often / 3, 1, often}}), att::markov(), 3);
    CHECK(choice.best == 1);
    CHECK(choice.orders[0].validated_auc == Approx(0.75).epsilon(1e-6));
}

TEST_CASE("choose_order: errors") {
    auto const choose = [](std::vector<row> const& paths, std::size_t most) {
        static_cast<void>(att::choose_order(letters::rows(paths), att::markov(), most));
    };
    CHECK_THROWS_AS(choose({{"A", 1, 1, 0}}, 2), att::fit_error);
    CHECK_THROWS_AS(choose({{"A", 0, 0, 1}}, 2), att::fit_error);
    CHECK_THROWS_AS(choose({{"A", 1, 1, 1}}, 0), std::invalid_argument);
}
