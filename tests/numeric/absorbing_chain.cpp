// SPDX-License-Identifier: BSL-1.0
#include <attribution/numeric/absorbing_chain.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace {

using attribution::detail::absorbing_chain, attribution::detail::group_effects;

/// A chain of `states`, each with some hops; every state may end.
absorbing_chain draw(support::random_numbers& random, std::size_t states, int leave_of_1000) {
    absorbing_chain chain;
    for (std::size_t i = 0; i < states; ++i) {
        chain.start.push_back(1.0 / static_cast<double>(states));
        chain.begins.push_back(chain.hops.size());
        auto const ends = random.between(1, leave_of_1000) / 1000.0;
        auto const count = random.between(1, 6);
        double rest = 1 - ends;
        for (int j = 0; j < count; ++j) {
            auto const part = j + 1 == count ? rest : rest * random.between(1, 9) / 10;
            rest -= part;
            chain.hops.push_back({static_cast<std::uint32_t>(random.bits() % states), part});
        }
        chain.ends.push_back({ends / 2, ends / 2, ends * random.between(1, 9)});
    }
    chain.begins.push_back(chain.hops.size());
    return chain;
}

/// Neither elimination nor sweeps take a chain for settled that has states nobody leaves.
void check_unsettled(absorbing_chain const& chain) {
    auto const first = [](std::size_t state, std::size_t low, std::size_t) {
        return state == 0 && low == 0;
    };
    group_effects exact{chain, 1, first};
    CHECK(!exact.eliminate());
    group_effects swept{chain, 1, first};
    CHECK(!swept.push(1000));
    CHECK(!swept.all(1000).settled);
}

}  // namespace

TEST_CASE("law: absorbing_chain: elimination and sweeps agree") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const states = static_cast<std::size_t>(random.between(1, 24));
        auto const groups = static_cast<std::size_t>(random.between(1, 7));
        auto const chain = draw(random, states, 900);
        auto const in_groups = [&](std::size_t state, std::size_t low, std::size_t high) {
            auto const a = state % groups;
            auto const b = state / groups % groups;
            return (low <= a && a < high) || (low <= b && b < high);
        };
        group_effects one{chain, groups, in_groups};
        group_effects other{chain, groups, in_groups};
        if (!one.eliminate() || !other.push(1'000'000))
            return false;
        for (std::size_t i = 0; i < groups; ++i)
            if (std::abs(one.effects()[i].converts - other.effects()[i].converts) >
                    1e-13 * one.effects()[i].converts ||
                std::abs(one.effects()[i].value - other.effects()[i].value) >
                    1e-12 * one.effects()[i].value)
                return false;
        return true;
    });
}

TEST_CASE("absorbing_chain: small parts keep their digits") {
    // State 1 is met once in 10^12 and converts always; state 0 converts always otherwise.
    absorbing_chain chain;
    chain.start = {1 - 1e-12, 1e-12};
    chain.begins = {0, 0, 0};
    chain.ends = {{1, 0, 1}, {1, 0, 1}};
    auto const is = [](std::size_t state, std::size_t low, std::size_t high) {
        return low <= state && state < high;
    };
    group_effects exact{chain, 2, is};
    REQUIRE(exact.eliminate());
    CHECK(exact.effects()[1].converts == 1e-12);
    group_effects swept{chain, 2, is};
    REQUIRE(swept.push(10));
    CHECK(swept.effects()[1].converts == 1e-12);
}

TEST_CASE("absorbing_chain: states that nobody leaves are noticed") {
    absorbing_chain chain;
    chain.start = {0.5, 0.5};
    chain.begins = {0, 1, 2};
    chain.hops = {{1, 1.0}, {0, 1.0}};
    chain.ends = {{}, {}};
    check_unsettled(chain);
}

TEST_CASE("absorbing_chain: a cycle that nobody leaves is noticed outside of every group, too") {
    absorbing_chain chain;  // 0 converts; 1 and 2 go round and round
    chain.start = {0.5, 0.5, 0};
    chain.begins = {0, 0, 1, 2};
    chain.hops = {{2, 1.0}, {1, 1.0}};
    chain.ends = {{1, 0, 1}, {}, {}};
    check_unsettled(chain);
}

TEST_CASE("absorbing_chain: where nobody converts, sweeps end all the same") {
    absorbing_chain chain;
    chain.start = {1};
    chain.begins = {0, 1};
    chain.hops = {{0, 0.5}};
    chain.ends = {{0, 0.5, 0}};
    group_effects swept{chain, 1, [](std::size_t, std::size_t, std::size_t) { return true; }};
    REQUIRE(swept.push(1000));
    CHECK(swept.effects()[0].converts == 0);
}

TEST_CASE("absorbing_chain: without states nothing converts, without groups nothing is asked") {
    auto const all = [](std::size_t, std::size_t, std::size_t) { return true; };
    absorbing_chain chain;
    chain.begins = {0};
    group_effects stateless{chain, 2, all};
    REQUIRE(stateless.eliminate());
    CHECK(stateless.effects()[1].converts == 0);
    chain.start = {1};
    chain.begins = {0, 0};
    chain.ends = {{1, 0, 1}};
    group_effects groupless{chain, 0, all};
    REQUIRE(groupless.eliminate());
    CHECK(groupless.effects().empty());
}
