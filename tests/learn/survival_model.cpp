// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/survival_model.hpp>

#include "support/small_world.hpp"

#include <attribution/policy/between.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace att = attribution;

namespace {

struct channel_of {
    char operator()(world::touch const& t) const { return t.channel; }
};

/// 'a' doubles the rate as long as it is younger than a unit of 10, 'b' then trebles it; 'c' halves
/// it.
auto model(att::survival_credit how) {
    using learned = att::detail::learned_survival<char>;
    auto what = std::make_shared<learned>();
    for (auto const one : {'a', 'b', 'c'})
        what->channels(one);
    what->added.assign(24, 0);
    what->without.assign(24, 1);
    auto const set = [&](std::size_t place, double added, double without) {
        what->added[place] = added;
        what->without[place] = without;
    };
    set(0, 1, 0.5);
    set(8, 2, 0.25);
    set(16, -1, 2);
    return att::survival_model<channel_of, char, std::int64_t>{{}, 10, how, std::move(what)};
}

auto credits(std::vector<world::touch> const& log, att::survival_credit how) {
    return world::split(840, log, model(how));
}

}  // namespace

TEST_CASE("survival_model: parts of what is caused") {
    using enum att::survival_credit;
    std::vector<world::touch> const both{{1, 95, 'a', 1}, {1, 100, 'b', 1}};
    // Of 8: 'a' adds 1 or 4, 'b' 3 or 6; backwards 1 and 6.
    CHECK(world::gives(credits(both, shapley), {300, 540}));
    CHECK(world::gives(credits(both, backwards), {120, 720}));
    CHECK(world::gives(credits(both, proportional), {280, 560}));
    // Too old, of a channel nobody learned, negative.
    CHECK(world::gives(credits({{1, 90, 'a', 1}, {1, 99, 'b', 1}}, shapley), {0, 840}));
    CHECK(world::gives(credits({{1, 99, 'x', 1}, {1, 99, 'b', 1}}, shapley), {0, 840}));
    CHECK(world::gives(credits({{1, 91, 'b', 1}, {1, 99, 'c', 1}}, shapley), {840, 0}));
    CHECK(world::gives(credits({{1, 10, 'b', 1}}, shapley), {0}));
}

TEST_CASE("share_conversion: what is none of the ways gives nothing") {
    std::vector<double> const added{1, 2};
    std::vector<double> const without{0.5, 0.25};
    std::vector<double> shares{0, 0};
    att::detail::share_conversion(static_cast<att::survival_credit>(3), added, without, shares);
    CHECK(shares == std::vector<double>{0, 0});
}

TEST_CASE("survival_model: nothing after the conversion, and only the youngest 32") {
    using enum att::survival_credit;
    auto const after = att::between([](auto const&) { return std::int64_t{0}; },
                                    [](auto const&) { return std::int64_t{200}; });
    CHECK(world::gives(
        world::split(840, {{1, 99, 'a', 1}, {1, 101, 'b', 1}}, model(shapley), after), {840, 0}));
    std::vector<world::touch> many(40, {1, 99, 'a', 1});
    auto const parts = credits(many, shapley);
    for (std::size_t i = 0; i < 40; ++i)
        CHECK((parts[i] != 0) == (i >= 8));
}
