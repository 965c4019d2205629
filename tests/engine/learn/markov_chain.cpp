// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/markov_chain.hpp>

#include "learn/reference.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;
using doctest::Approx;
using letters::row;

namespace {

/// 2 paths A and one A B A that converted, worth 40 and 20; one B that did not.
struct example {
    att::evidence<std::int64_t> seen;
    att::running_total<std::int64_t> value;
    att::detail::counted_chain<char, std::int64_t> chain{
        {'A', 'B'},
        {{{0}, 3, 3, 0, 4, &value}, {{1}, 1, 0, 1, 2, nullptr}},
        {{0, 1, 1}, {1, 0, 1}},
        seen};

    example() {
        seen.conversions = 3;
        seen.nulls = 1;
        seen.value.add(60);
        value.add(60);
    }
};

}  // namespace

TEST_CASE("counts become probabilities") {
    example const one;
    auto const chain = att::detail::probabilities(one.chain);
    CHECK(chain.start == std::vector<double>{0.75, 0.25});
    REQUIRE(chain.hops_from(0).size() == 1);
    CHECK(chain.hops_from(0)[0].to == 1);
    CHECK(chain.hops_from(0)[0].probability == 0.25);
    REQUIRE(chain.hops_from(1).size() == 1);
    CHECK(chain.hops_from(1)[0].to == 0);
    CHECK(chain.hops_from(1)[0].probability == 0.5);
    CHECK(chain.ends[0].converts == 0.75);
    CHECK(chain.ends[0].value == 15);
    CHECK(chain.ends[1].lost == 0.5);
    CHECK(chain.ends[1].value == 0);
}

TEST_CASE("effects, and what they are credited with") {
    // Without B only 3/4 * 3/4 of all paths convert, not 3/4.
    example const one;
    auto const effects = att::detail::removal_effects(one.chain, 1);
    REQUIRE(effects.size() == 2);
    CHECK(effects[0].converts == Approx(1).epsilon(1e-15));
    CHECK(effects[1].converts == Approx(0.25).epsilon(1e-15));
    auto const credited = att::detail::credited(effects, one.chain);
    CHECK(credited[0].credited_conversions == Approx(2.4).epsilon(1e-15));
    CHECK(credited[1].credited_value == Approx(12).epsilon(1e-15));
}

TEST_CASE("effects that nothing can be weighed with") {
    using effects = std::vector<att::removal_effect<char>>;
    auto const weights = [](effects const& all, bool by_value) {
        return att::detail::weights_of(all, by_value);
    };
    CHECK(weights({{'A', 1, -2, 0, 0}, {'B', 0.5, 3, 0, 0}}, false) == std::vector<double>{1, 0.5});
    CHECK_THROWS_AS(weights({{'A', 1, -2, 0, 0}, {'B', 0.5, 3, 0, 0}}, true), att::fit_error);
    CHECK_THROWS_AS(weights({{'A', 1, 0, 0, 0}}, true), att::fit_error);
}

TEST_CASE("a cycle that nearly nobody leaves keeps its digits") {
    // A and B send a billion customers back and forth for each one that ends.
    std::vector<row> paths{{"AB", 1, 1, 0}, {"BA", 0, 0, 1}, {"C", 1, 1, 0}};
    std::string loop;
    for (int i = 0; i < 1000; ++i)
        loop += "AB";
    paths.push_back({loop, 0, 0, 1'000'000});
    paths.push_back({loop + "C", 1, 1, 0});
    auto const m = att::fit(letters::rows(paths), att::markov());
    for (char const channel : {'A', 'B', 'C'}) {
        auto const around = letters::solve(paths, 1, channel).converts;
        auto const all = letters::solve(paths, 1, '-').converts;
        CHECK(m.effects()[static_cast<std::size_t>(channel - 'A')].conversions ==
              Approx(1 - around / all).epsilon(1e-9));
    }
}

TEST_CASE("a chain too large to be reduced at once, and too slow for sweeps") {
    // Some 300 windows of three channels, among them a pair that a million go to and fro between.
    support::random_numbers random{9};
    row long_one{"", 1, 1, 0};
    for (int i = 0; i < 700; ++i)
        long_one.path += static_cast<char>('A' + random.between(0, 6));
    row loop{"", 0, 0, 1'000'000};
    for (int i = 0; i < 1000; ++i)
        loop.path += "AB";
    std::vector<row> const paths{long_one, loop, {"ABC", 5, 5, 5}, {"GAB", 7, 7, 0}};
    auto const m = att::fit(letters::rows(paths), att::markov({}, {.order = 3}));
    REQUIRE(m.effects().size() == 7);
    auto const all = letters::solve(paths, 3, '-').converts;
    for (char const channel : {'C', 'G'}) {
        auto const around = letters::solve(paths, 3, channel).converts;
        CHECK(m.effects()[static_cast<std::size_t>(channel - 'A')].conversions ==
              Approx(1 - around / all).epsilon(1e-9));
    }
}

TEST_CASE("a chain of very many states") {
    // All words of 13 letters of two, and one of one letter: each is one state, and converts.
    std::vector<row> paths{{"B", 1, 1, 0}};
    for (unsigned word = 0; word < 8192; ++word) {
        row one{"", 1, 1, 0};
        for (unsigned bit = 0; bit < 13; ++bit)
            one.path += (word >> bit & 1) == 0 ? 'A' : 'B';
        paths.push_back(one);
    }
    auto const m = att::fit(letters::rows(paths), att::markov({}, {.order = 13}));
    CHECK(m.effects()[0].conversions == Approx(8191.0 / 8193).epsilon(1e-12));
    CHECK(m.effects()[1].conversions == Approx(8192.0 / 8193).epsilon(1e-12));
}
