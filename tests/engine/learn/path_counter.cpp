// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/path_counter.hpp>

#include "support/records.hpp"

#include <attribution/learn/learn.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/learn/with_refits.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace support;

TEST_CASE("paths are counted with their channels, and counters merge to the same") {
    std::vector<touch> const log{{1, 10, 'a'}, {1, 20, 'b'}, {2, 15, 'b'}};
    std::vector<sale> const book{{1, 30, 100}, {2, 30, 50}, {3, 30, 1}};
    auto const joined = att::join(sales(book), touches(log));
    auto const how = att::markov(&touch::channel);
    auto const fresh = [&] {
        return attribution::detail::path_counter{how.counts<char, cents>(), how};
    };
    auto whole = fresh(), first = fresh(), second = fresh();
    joined.for_each_path(att::always, [&](auto const& steps) {
        auto const row = steps.about().row();
        att::path_outcome<cents> const outcome{1, book[row].value, 0};
        whole.add(steps, outcome);
        (row == 0 ? first : second).add(steps, outcome);
    });
    second.merge(first);
    auto const& seen = whole.counts().evidence();
    CHECK(seen.conversions == 2);
    CHECK(seen.pathless_conversions == 1);
    CHECK(seen.touchpoints.text() == "10 to 20");
    auto const effects = whole.counts().solve().effects();
    auto const merged = second.counts().solve().effects();
    REQUIRE(effects.size() == 2);
    for (std::size_t i = 0; i < effects.size(); ++i) {
        CHECK(effects[i].channel == merged[i].channel);
        CHECK(effects[i].conversions == merged[i].conversions);
    }
}

TEST_CASE("the end of a window belongs to no customer, whose path came before") {
    std::vector<touch> const log{{7, 10, 'a'}};
    std::vector<sale> const book{{7, 30, 100}};
    auto const joined = att::join(sales(book), touches(log));
    auto const how = att::with_refits(att::markov(&touch::channel));
    auto const counted = [&](bool path_first) {
        attribution::detail::path_counter counter{how.counts<char, cents>(), how};
        auto const path = [&] {
            joined.for_each_path(att::always, [&](auto const& steps) {
                counter.add(steps, att::path_outcome<cents>{1, 100, 0});
            });
        };
        if (path_first)
            path();
        counter.add_window_end(attribution::detail::note(tick{40}));
        if (!path_first)
            path();
        return att::to_bytes(counter.counts(), {});
    };
    CHECK(counted(true) == counted(false));
}

TEST_CASE("who neither converted nor has a touchpoint left is counted, and it does not matter who "
          "it is") {
    std::vector<sale> const book{{7, 30, 100}};
    auto const how = att::with_refits(att::markov(&touch::channel));
    auto const counted = [&](std::vector<touch> const& log) {
        return att::to_bytes(att::learn(sales(book), touches(log), how, att::always,
                                        att::until(tick{100}, att::lookback(20))),
                             {});
    };
    auto const expected =
        counted({{7, 10, 'a'}, {8, 20, 'a'}});  // too early for the window until 100
    for (int other = 9; other < 20; ++other)
        CHECK(counted({{7, 10, 'a'}, {other, 30, 'b'}}) == expected);
    CHECK(counted({{7, 10, 'a'}}) != expected);
}
