// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/ranked.hpp>

#include "support/model_suite.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <stdexcept>

namespace {

using namespace support;

constexpr std::array<touch, 3> with_priorities(int a, int b, int c) {
    return {touch{1, 1, 'a', a}, touch{1, 2, 'b', b}, touch{1, 3, 'c', c}};
}

constexpr bool test() {
    auto const last_two = att::ranked({6, 2});
    require(split(8, path_at(1), last_two) == gives(8, 0));
    require(split(8, path_at(1, 2), last_two) == gives(2, 6, 0));
    require(split(8, path_at(1, 2, 3), last_two) == gives(0, 2, 6, 0));
    require(split(8, path_at(1), att::ranked({0, 2})) == gives(0, 8));
    require(split(8, path_at(1, 2, 3), att::ranked({1, 2, 1})) == gives(2, 4, 2, 0));

    auto const by_priority = att::ranked({6, 2}, &touch::usage);
    // The scenario of W3C's draft: the second has the highest priority, the others are equal.
    require(split(8, with_priorities(200, 300, 200), by_priority) == gives(0, 6, 2, 0));
    require(split(8, with_priorities(3, 2, 1), by_priority) == gives(6, 2, 0, 0));
    require(split(8, path_at(5, 5, 5), by_priority) == gives(0, 2, 6, 0));  // by row
    require(split(8, with_priorities(-1, 0, -1), att::ranked({1}, &touch::usage)) ==
            gives(0, 8, 0, 0));

    static_assert(att::shape_model<decltype(last_two)>);
    return model_suite(last_two) && model_suite(by_priority) && model_suite(att::ranked({1}));
}
static_assert(test());

template <class Weights>
void refused(Weights const& weights, char const* why) {
    CHECK_THROWS_WITH_AS((void)att::ranked(weights), why, std::invalid_argument);
}

}  // namespace

TEST_CASE("ranked") {
    CHECK(test());
    double const negative[] = {1, -1};
    double const none[] = {0, 0};
    double const infinite[] = {std::numeric_limits<double>::infinity()};
    refused(negative, "ranked: weights must be finite and at least 0");
    refused(infinite, "ranked: weights must be finite and at least 0");
    refused(none, "ranked: a weight must be above 0");
}

TEST_CASE("of many equal priorities the latest comes first") {
    // More than a sort moves one by one, so that it would mix up what it takes for equal.
    constexpr std::size_t many = 60;
    std::array<touch, many> log{};
    std::array<cents, many + 1> expected{};
    for (std::size_t i = 0; i < many; ++i)
        log[i] = {1, static_cast<tick>(i), 'a', static_cast<int>(i % 3)};
    for (std::size_t rank = 0; rank < 25; ++rank)  // 20 of priority 2, then 5 of priority 1
        expected[rank < 20 ? 59 - 3 * rank : 58 - 3 * (rank - 20)] = static_cast<cents>(25 - rank);
    double weights[25];
    for (std::size_t rank = 0; rank < 25; ++rank)
        weights[rank] = static_cast<double>(25 - rank);
    CHECK(split(25 * 26 / 2, log, att::ranked(weights, &touch::usage)) == expected);
}

TEST_CASE("a missing priority is the lowest, one that is not a number is refused") {
    auto const log = with_priorities(1, 2, 3);
    auto const maybe = [](touch const& t) {
        return t.usage == 3 ? std::nullopt : std::optional{-t.usage};
    };
    CHECK(split(8, log, att::ranked({6, 2}, maybe)) == gives(6, 2, 0, 0));
    auto const wrong = [](touch const& t) {
        return t.usage == 2 ? std::numeric_limits<double>::quiet_NaN() : 1.0;
    };
    CHECK_THROWS_WITH_AS(split(8, log, att::ranked({1}, wrong)),
                         doctest::Contains("ranked: the priority of touchpoint row 1"),
                         std::domain_error);
}

TEST_CASE("priorities that are texts are compared by their characters") {
    char const texts[] = "b\0a\0b";
    auto const log = with_priorities(0, 2, 4);
    auto const by_text = [&](touch const& t) -> char const* {
        return &texts[static_cast<std::size_t>(t.usage)];
    };
    CHECK(split(9, log, att::ranked({6, 2, 1}, by_text)) == gives(2, 1, 6, 0));
    auto const maybe = [&](touch const& t) {
        return t.usage == 0 ? std::nullopt : std::optional{by_text(t)};
    };
    CHECK(split(9, log, att::ranked({6, 2, 1}, maybe)) == gives(1, 2, 6, 0));
}

TEST_CASE("law: ranks are found by counting who comes before") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = att::ranked({5, 3, 0, 1}, &touch::usage);
        double const weights[] = {5, 3, 0, 1};
        auto const counts = [&](auto const& steps, att::weights out) {
            for (std::size_t i = 0; i < steps.size(); ++i) {
                std::size_t before = 0;
                for (std::size_t j = 0; j < steps.size(); ++j) {
                    auto const mine = steps[i].touchpoint().usage;
                    auto const other = steps[j].touchpoint().usage;
                    before += other > mine || (other == mine && j > i) ? 1u : 0u;
                }
                out[i] = before < 4 ? weights[before] : 0;
            }
        };
        auto const found = att::attribute(sales(w.book), touches(w.log), model, att::lookback(9));
        auto const expected =
            att::attribute(sales(w.book), touches(w.log), counts, att::lookback(9));
        holds(std::equal(found.begin(), found.end(), expected.begin(), expected.end()));
    });
}
