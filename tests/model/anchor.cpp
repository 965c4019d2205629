// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/anchor.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <optional>

namespace {

using namespace support;

constexpr std::array<sale, 2> book{sale{1, 20, 5}, sale{2, 50, 7}};
constexpr std::array<touch, 1> log{touch{1, 5, 'a'}};

constexpr bool test() {
    auto const conversions = sales(book);
    auto const touchpoints = touches(log);
    att::anchor const one{conversions, touchpoints, 1, std::optional<tick>{30}};
    require(one.conversion() == book[1] && &one.conversion() == &book[1]);
    require(one.row() == 1 && one.at() == 50 && one.previous() == tick{30});
    require(&one.touchpoints() == &touchpoints);
    // its time may be known already
    att::anchor const known{conversions, touchpoints, 0, tick{21}, std::nullopt};
    require(known.at() == 21 && !known.previous());
    return true;
}
static_assert(test());

using conversion_records = decltype(sales(book));
using touchpoint_records = decltype(touches(log));
using anchor = att::anchor<conversion_records, touchpoint_records>;
static_assert(std::same_as<anchor::time_type, tick>);
// It would refer to a temporary.
static_assert(std::constructible_from<anchor, conversion_records const&, touchpoint_records const&,
                                      std::size_t, std::optional<tick>>);
static_assert(!std::constructible_from<anchor, conversion_records, touchpoint_records const&,
                                       std::size_t, std::optional<tick>>);
static_assert(!std::constructible_from<anchor, conversion_records const&, touchpoint_records,
                                       std::size_t, std::optional<tick>>);

}  // namespace

TEST_CASE("anchor") {
    CHECK(test());
}
