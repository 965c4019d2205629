// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/session_sources.hpp>

#include "support/records.hpp"
#include "support/world.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace {

using namespace support;

constexpr auto named = !att::where(&touch::channel, 'd');  // not direct
constexpr auto sources = att::session_sources(30, named);

constexpr bool test() {
    auto const last = att::over(sources, att::last_touch);
    // One visit: search, direct, mail. What opened it names it.
    require(split(9, std::array{touch{1, 0, 's'}, touch{1, 20, 'd'}, touch{1, 40, 'm'}}, last) ==
            gives(9, 0, 0, 0));
    // Two visits, the last one opened directly, but named by search.
    require(split(9, std::array{touch{1, 0, 'm'}, touch{1, 80, 'd'}, touch{1, 85, 's'}}, last) ==
            gives(0, 0, 9, 0));
    // Two visits, the last one direct: the last non-direct visit.
    require(split(9, std::array{touch{1, 0, 's'}, touch{1, 80, 'd'}}, last) == gives(9, 0, 0));
    // Nothing but direct visits.
    require(split(9, std::array{touch{1, 0, 'd'}, touch{1, 10, 'd'}, touch{1, 80, 'd'}}, last) ==
            gives(0, 0, 9, 0));
    require(split(9, std::array{touch{1, 0, 'd'}, touch{1, 10, 's'}, touch{1, 80, 'm'}},
                  att::over(sources, att::linear)) == gives(0, 5, 4, 0));
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("session_sources") {
    CHECK(test());
    CHECK(sources.name() == "sources of sessions, pause 30, named by not where");
    CHECK_THROWS_AS((void)att::session_sources(-1, named), std::invalid_argument);
}

TEST_CASE("law: the last non-direct session, found from behind") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const named_a = in_channel_a;
        auto const from_behind = [](auto const& steps, att::weights out) {
            auto const far = [&](std::size_t i) {
                return i == 0 || att::detail::int128{steps[i].at()} - steps[i - 1].at() > 2;
            };
            std::size_t found = steps.size();
            for (auto i = steps.size(); i > 0; --i) {
                if (steps[i - 1].touchpoint().channel == 'a')
                    found = i - 1;
                if (far(i - 1) && found != steps.size())
                    break;
            }
            for (auto i = steps.size(); found == steps.size() && i > 0; --i)
                if (far(i - 1))
                    found = i - 1;
            out[found] = 1;
        };
        auto const model = att::over(att::session_sources(tick{2}, named_a), att::last_touch);
        auto const one = att::attribute(sales(w.book), touches(w.log), model, att::always);
        auto const other = att::attribute(sales(w.book), touches(w.log), from_behind, att::always);
        holds(std::equal(one.begin(), one.end(), other.begin(), other.end()));
    });
}
