// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/first_of_each.hpp>

#include "support/model_suite.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    constexpr auto channels = att::over(att::first_of_each(&touch::channel), att::linear);
    require(split(8, path_through('b', 'a', 'b', 'a'), channels) == gives(4, 4, 0, 0, 0));
    require(split(8, path_through('a', 'b', 'c', 'd'), channels) == gives(2, 2, 2, 2, 0));
    require(split(8, path_through('a', 'a', 'a'), channels) == gives(8, 0, 0, 0));
    // the inner model sees the shorter path: 40/20/40 over b a c
    require(split(10, path_through('b', 'a', 'b', 'c'),
                  att::over(att::first_of_each(&touch::channel), att::position_based())) ==
            gives(4, 2, 0, 4, 0));
    require(split(8, path_through('a', 'b', 'a'),
                  att::over(att::first_of_each(&touch::channel), att::last_touch)) ==
            gives(0, 8, 0, 0));
    return model_suite(channels);
}
static_assert(test());

}  // namespace

TEST_CASE("first_of_each") {
    CHECK(test());
}

TEST_CASE("first_of_each takes a projection that makes its value") {
    auto const name = [](touch const& t) { return std::string(20, t.channel); };
    CHECK(split(8, path_through('b', 'a', 'b', 'a'),
                att::over(att::first_of_each(name), att::linear)) == gives(4, 4, 0, 0, 0));
}

TEST_CASE("first_of_each refuses a NaN by its rows, and takes -0.0 for 0.0") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    auto const over = [](auto of) {
        return att::over(att::first_of_each([of](touch const& t) { return of(t.channel); }),
                         att::linear);
    };
    auto const bad = over([nan](char c) { return c == 'n' ? nan : 1.0; });
    CHECK_THROWS_WITH_AS(
        (void)split(8, path_through('b', 'a', 'n', 'a'), bad),
        "first_of_each: the value of touchpoint row 2 of conversion row 0 is not a "
        "number; name a value for such records in the projection",
        std::domain_error);
    CHECK_THROWS_AS((void)split(8, path_through('b', 'n'), over([nan](char c) {
                                    return std::optional{c == 'n' ? nan : 1.0};
                                })),
                    std::domain_error);
    CHECK_THROWS_AS((void)split(8, path_through('b', 'n'), over([nan](char c) {
                                    return std::chrono::duration<double>{c == 'n' ? nan : 1.0};
                                })),
                    std::domain_error);
    CHECK(split(8, path_through('p', 'm', 'p'),
                over([](char c) { return c == 'm' ? -0.0 : 0.0; })) == gives(8, 0, 0, 0));
}

TEST_CASE("first_of_each: no channel is one channel, and text is what it says") {
    auto const maybe = [](touch const& t) {
        return t.channel == '-' ? std::nullopt : std::optional{t.channel};
    };
    CHECK(split(8, path_through('-', 'a', '-', 'a'),
                att::over(att::first_of_each(maybe), att::linear)) == gives(4, 4, 0, 0, 0));
    static char const a[] = "a";
    static char const same[] = "a";
    auto const text = [](touch const& t) -> char const* {
        return t.channel == '-' ? nullptr : t.channel == 'a' ? &a[0] : &same[0];
    };
    CHECK(split(8, path_through('-', 'a', '-', 'A'),
                att::over(att::first_of_each(text), att::linear)) == gives(4, 4, 0, 0, 0));
    auto const both = [text](touch const& t) {
        return t.channel == '?' ? std::nullopt : std::optional{text(t)};
    };
    CHECK(split(8, path_through('-', 'a', '?', 'A'),
                att::over(att::first_of_each(both), att::linear)) == gives(4, 4, 0, 0, 0));
}
