// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/step.hpp>

#include "support/records.hpp"

#include <attribution/model/anchor.hpp>

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>

namespace {

using namespace support;

constexpr std::array<sale, 1> book{sale{1, 20, 5}};
constexpr std::array<touch, 2> log{touch{1, 25, 'd'}, touch{1, 5, 'a'}};

constexpr bool test() {
    auto const conversions = sales(book);
    auto const touchpoints = touches(log);
    att::anchor const about{conversions, touchpoints, 0, std::optional<tick>{}};
    att::step const before{about, {5, 1, 1}};
    require(&before.touchpoint() == &log[1] && &before.conversion() == &book[0]);
    require(&before.about() == &about && before.row() == 1 && before.at() == 5);
    require(before.age() == 15 && before.recency() == 1);
    att::step const after{about, {25, 0, 0}};
    require(after.age() == -5 && after.recency() == 0 && after.touchpoint().channel == 'd');
    return true;
}
static_assert(test());

using anchor = att::anchor<decltype(sales(book)), decltype(touches(log))>;
// It would refer to a temporary.
static_assert(std::constructible_from<att::step<anchor>, anchor const&, att::detail::visit<tick>>);
static_assert(!std::constructible_from<att::step<anchor>, anchor, att::detail::visit<tick>>);

}  // namespace

TEST_CASE("step") {
    CHECK(test());
}
