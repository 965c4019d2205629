// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/quality/key_checks.hpp>

#include "engine/quality/support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <optional>
#include <string>

namespace att = attribution;
using quality_support::broken, quality_support::rows;

namespace {

constexpr bool test() {
    constexpr std::array ids{3, 1, 3, 2, 3, 1};
    constexpr std::array<std::optional<int>, 4> maybe{{{}, 1, {}, 1}};
    auto const self = std::identity{};
    return broken(att::detail::unique_check<std::identity>{self}, ids) == rows{2, 4, 5} &&
           broken(att::detail::fan_out_check<std::identity>{self}, ids) == rows{0, 1, 2, 4, 5} &&
           broken(att::detail::unique_check<std::identity>{self}, maybe) == rows{3} &&
           broken(att::detail::fan_out_check<std::identity>{self}, maybe) == rows{1, 3} &&
           broken(
               att::detail::required_check<std::identity, att::detail::empty_or_no_text>{self, {}},
               maybe) == rows{0, 2};
}
static_assert(test());

}  // namespace

TEST_CASE("checks of keys find the rows that break them") {
    CHECK(test());
}

TEST_CASE("a long id is shown by its beginning, in whole characters") {
    CHECK(att::detail::shown(std::string{"ann"}) == "\"ann\"");
    CHECK(att::detail::shown(-3) == "-3");
    CHECK(att::detail::shown(0.5) == "one id");
    std::string const many(59, 'x');
    CHECK(att::detail::shown(many + "yz") == '"' + many + "y...\"");
    CHECK(att::detail::shown(many + "\xc3\xa4z") == '"' + many + "...\"");
    CHECK(att::detail::shown(std::string(100, '\xa4')) == "\"...\"");  // no character at all
}
