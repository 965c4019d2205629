// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/over.hpp>

#include "support/small_world.hpp"

#include <attribution/model/blend.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last.hpp>
#include <attribution/model/last_of_each.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using world::at_times, world::gives, world::require, world::split, world::through, world::touch;

namespace {

constexpr auto every_second = [](auto const& steps, att::selection& chosen) {
    for (std::size_t i = 0; i < steps.size(); i += 2)
        chosen.push_back(i);
};
constexpr auto everything = [](auto const& steps, att::selection& chosen) {
    for (std::size_t i = 0; i < steps.size(); ++i)
        chosen.push_back(i);
};
constexpr auto nothing = [](auto const&, att::selection&) {};

/// Each stands for the one after it, too, and halves with it.
struct pairs {
    constexpr void operator()(auto const& steps, att::selection& chosen) const {
        every_second(steps, chosen);
    }
    constexpr void share(auto const&, std::span<std::size_t const> chosen, att::weights w) const {
        for (auto const i : chosen)
            if (i + 1 < w.size()) {
                w[i + 1] = w[i] / 2;
                w[i] /= 2;
            }
    }
};

constexpr bool test() {
    require(gives(split(60, through("abcde"), att::over(every_second, att::linear)),
                  {20, 0, 20, 0, 20}));
    require(
        gives(split(60, through("abcd"), att::over(every_second, att::last_touch)), {0, 0, 60, 0}));
    require(gives(split(60, through("abc"), att::over(nothing, att::linear)), {0, 0, 0}));
    require(gives(split(60, through("abc"), att::over(pairs{}, att::linear)), {15, 15, 30}));
    // The outer selector chooses first.
    require(gives(
        split(60, through("abcde"), att::over(every_second, att::over(att::last(2), att::linear))),
        {0, 0, 30, 0, 30}));
    require(gives(
        split(60, through("abcde"), att::over(att::last(2), att::over(every_second, att::linear))),
        {0, 0, 0, 60, 0}));
    require(gives(split(60, through("abcde"),
                        0.5 * att::over(every_second, att::first_touch) + 0.5 * att::last_touch),
                  {30, 0, 0, 0, 30}));
    return true;
}
static_assert(test());

std::vector<touch> draw_path(support::random_numbers& random) {
    std::vector<touch> log;
    std::int64_t at = 0;
    for (auto left = random.between(1, 9); left > 0; --left)
        log.push_back(
            {1, at += random.between(0, 5), static_cast<char>('a' + random.between(0, 2))});
    return log;
}

/// Does the model over what the selector chooses weigh as it does when the rest never was?
template <class Selector, class Model>
bool as_if_the_rest_never_was(std::vector<touch> const& log, Selector const& selector,
                              Model const& m) {
    std::vector<std::size_t> kept;
    auto const spy = [&](auto const& steps, att::weights w) {
        for (std::size_t i = 0; i < steps.size(); ++i)
            kept.push_back(steps[i].row());
        w[0] = 1;
    };
    split(997, log, att::over(selector, spy));
    std::vector<touch> shorter;
    for (auto const row : kept)
        shorter.push_back(log[row]);
    auto const expected = split(997, shorter, m);
    auto const given = split(997, log, att::over(selector, m));
    std::vector<std::int64_t> whole(log.size(), 0);
    for (std::size_t i = 0; i < kept.size(); ++i)
        whole[kept[i]] = expected[i];
    return given == whole;
}

}  // namespace

TEST_CASE("over") {
    CHECK(test());
}

TEST_CASE("over refuses places that are not in the path, or not ascending") {
    auto const path = through("abc");
    auto const chooses = [](std::vector<std::size_t> places) {
        return att::over([places](auto const&, att::selection& chosen) { chosen = places; },
                         att::linear);
    };
    CHECK_THROWS_WITH_AS((void)split(60, path, chooses({1, 3})),
                         "over: the selector chose touchpoint 3 of 3 of conversion row 0; choose "
                         "positions in the path, ascending, each once",
                         std::domain_error);
    CHECK_THROWS_AS((void)split(60, path, chooses({1, 1})), std::domain_error);
    CHECK_THROWS_AS((void)split(60, path, chooses({2, 0})), std::domain_error);
    CHECK(gives(split(60, path, chooses({0, 2})), {30, 0, 30}));
}

TEST_CASE("law: over everything, a model is itself") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const drawn = world::draw(random);
        auto const same = [&](auto const& m) {
            return world::credits(drawn, att::over(everything, m)) == world::credits(drawn, m);
        };
        return same(att::linear) && same(att::last_touch) && same(att::time_decay(3)) &&
               same(att::position_based(0.3, 0.3)) &&
               same(0.3 * att::first_touch + 0.7 * att::linear);
    });
}

TEST_CASE("law: over a selector, a model weighs as if the rest never was") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const log = draw_path(random);
        auto const count = static_cast<std::size_t>(random.between(1, 4));
        auto const pause = random.between(0, 4);
        auto const holds = [&](auto const& m) {
            return as_if_the_rest_never_was(log, every_second, m) &&
                   as_if_the_rest_never_was(log, att::first_of_each(&touch::channel), m) &&
                   as_if_the_rest_never_was(log, att::last_of_each(&touch::channel), m) &&
                   as_if_the_rest_never_was(log, att::runs(&touch::channel), m) &&
                   as_if_the_rest_never_was(log, att::last(count), m) &&
                   as_if_the_rest_never_was(log, att::sessions(pause), m) &&
                   as_if_the_rest_never_was(log, att::preferred(att::where(&touch::channel, 'a')),
                                            m);
        };
        return holds(att::linear) && holds(att::time_decay(3)) &&
               holds(att::position_based(0.3, 0.3));
    });
}

TEST_CASE("selectors have names") {
    using att::detail::selector_name;
    using namespace std::chrono_literals;
    CHECK(selector_name(att::first_of_each(&touch::channel)) == "first of each");
    CHECK(selector_name(att::last_of_each(&touch::channel)) == "last of each");
    CHECK(selector_name(att::runs(&touch::channel)) == "runs");
    CHECK(selector_name(att::last(3)) == "last 3");
    CHECK(selector_name(att::sessions(30)) == "sessions, pause 30");
    CHECK(selector_name(att::sessions(30min)) == "sessions, pause 30 x 60/1 s");
    CHECK(selector_name(att::preferred(!att::where(world::lead))) == "preferred: not where");
    CHECK(selector_name(every_second) == "a selector");
}
