// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/touchpoints.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    constexpr std::array<touch, 2> log{touch{7, 10, 'a'}, touch{8, 20, 'b'}};
    auto const records = att::touchpoints(log, &touch::user, &touch::at);
    require(records.size() == 2 && records.key(0) == 7 && records.time(1) == 20 &&
            &records[1] == &log[1]);
    constexpr std::array<touch, 0> none{};
    require(att::touchpoints(none, &touch::user, &touch::at).size() == 0);
    return true;
}
static_assert(test());

using made = decltype(touches(std::declval<std::vector<touch> const&>()));
static_assert(att::detail::is_touchpoint_records<made>);
static_assert(!att::detail::is_touchpoint_records<std::vector<touch>>);
static_assert(
    std::derived_from<made, att::records<std::vector<touch> const&, int touch::*, tick touch::*>>);

}  // namespace

TEST_CASE("touchpoints") {
    CHECK(test());
}
