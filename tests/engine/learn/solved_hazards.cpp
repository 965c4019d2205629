// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/solved_hazards.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string>

namespace att = attribution;
using doctest::Approx;

namespace {

using parts = att::detail::timed_parts<char, std::int64_t>;

/// A and B side by side at age 0, twice; A alone at ages 1 and 5, without a conversion.
parts seen() {
    parts all;
    all.channels = {'A', 'B'};
    all.touches = {{0, 0, 2}, {0, 1, 1}, {0, 5, 1}, {1, 0, 2}};
    all.paths = {{{0, 3}, 2, {}}};
    std::get<2>(all.paths[0]).add(30);
    all.seen.conversions = 2;
    all.seen.nulls = 2;
    return all;
}

}  // namespace

TEST_CASE("counts become observations in the middle of their units") {
    auto const all = att::detail::observed(seen());
    CHECK(all.channels == 2);
    CHECK(all.all[1].age == 1.5);
    CHECK(all.all[3].touches == 2);
    CHECK(all.size() == 1);
    CHECK(all.path(0)[1] == 3);
    CHECK(all.total() == 2);
}

TEST_CASE("what is learned, and that a search may not settle") {
    auto const what = att::detail::solved(seen(), {});
    REQUIRE(what.effects.size() == 2);
    CHECK(what.effects[0].conversions + what.effects[1].conversions == Approx(2).epsilon(1e-14));
    CHECK(what.effects[0].value + what.effects[1].value == Approx(30).epsilon(1e-14));
    // B always converts, at once and with nothing to be seen after it: it earns more, and lasts.
    CHECK(what.effects[1].conversions > what.effects[0].conversions);
    CHECK(what.card.warnings.size() == 1);
    for (std::size_t i = 0; i < 2; ++i)
        if (what.hazards[i].strength > 0)
            CHECK(what.level[i] ==
                  Approx(std::log(what.hazards[i].strength * what.hazards[i].decay)));
    try {
        (void)att::detail::solved(seen(), {.most_steps = 1});
        FAIL("one step is not enough");
    } catch (att::fit_error const& error) {
        CHECK(error.reason() == att::fit_failure::not_settled);
        CHECK(std::string{error.what()}.find("in 1 steps") != std::string::npos);
    }
}

TEST_CASE("the card says of how many channels the effect does not decay, however weak it is") {
    for (std::uint64_t const touches : {std::uint64_t{20}, std::uint64_t{5000}}) {
        parts all;
        all.channels = {'A'};
        for (int age = 0; age < 4; ++age)
            all.touches.push_back({0, age, touches});
        for (std::uint32_t place = 0; place < 4; ++place)
            all.paths.push_back({{place}, 1, {}});
        all.seen.conversions = 4;
        all.seen.nulls = touches - 4;
        auto const what = att::detail::solved(all, {});
        CHECK((what.hazards[0].strength > 1) == (touches == 20));
        REQUIRE(what.card.warnings.size() == 1);
        CHECK(what.card.warnings[0].starts_with("the effects of 1 channels do not decay"));
    }
}
