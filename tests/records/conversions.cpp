// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/conversions.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <concepts>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    constexpr std::array<sale, 2> book{sale{7, 10, 100}, sale{8, 20, -5}};
    auto const records = sales(book);
    require(records.size() == 2 && records.key(0) == 7 && records.time(1) == 20 &&
            records.value(1) == -5);
    auto const counted = att::conversions(book, &sale::user, &sale::at);
    require(counted.value(1) == 1.0);  // without a value, each counts 1.0
    return true;
}
static_assert(test());

using made = decltype(sales(std::declval<std::vector<sale> const&>()));
static_assert(att::detail::is_conversion_records<made>);
static_assert(!att::detail::is_conversion_records<
              decltype(touches(std::declval<std::vector<touch> const&>()))>);
static_assert(std::same_as<made::value_type, cents>);

}  // namespace

TEST_CASE("conversions") {
    CHECK(test());
}

TEST_CASE("conversions: projections may be functions") {
    std::vector<sale> const book{{7, 10, 30}};
    auto const records = att::conversions(
        book, +[](sale const& s) { return s.user; }, +[](sale const& s) { return s.at; },
        +[](sale const& s) { return s.value; });
    CHECK(records.key(0) == 7);
    CHECK(records.time(0) == 10);
    CHECK(records.value(0) == 30);
}
