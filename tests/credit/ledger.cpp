// SPDX-License-Identifier: BSL-1.0
#include <attribution/credit/ledger.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace {

using namespace support;

constexpr std::array<sale, 3> book{sale{1, 20, 5}, sale{3, 20, 7}, sale{2, 9, 8}};
constexpr std::array<touch, 3> visits{touch{2, 1, 'b'}, touch{1, 19, 'c'}, touch{1, 2, 'a'}};

constexpr bool test() {
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    using credit = att::credit<cents>;
    // conversions in the order of their rows, each path in order of time
    std::array<credit, 4> const expected{credit{0, 2, 3, 0.5}, credit{0, 1, 2, 0.5},
                                         credit{1, att::no_row, 7, 1}, credit{2, 0, 8, 1}};
    require(ledger.size() == 4 && !ledger.empty() &&
            std::equal(ledger.begin(), ledger.end(), expected.begin()));
    require(ledger.touchpoint(ledger[1]).channel == 'c' && ledger.conversion(ledger[2]).user == 3);
    require(ledger.conversions().size() == 3 && ledger.touchpoints().size() == 3);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("ledger") {
    CHECK(test());
}

TEST_CASE("ledger of nothing") {
    std::vector<sale> const no_sales;
    std::vector<touch> const no_touches;
    std::vector<sale> const one_sale{{1, 2, 3}};
    CHECK(att::attribute(sales(no_sales), touches(no_touches), att::linear).empty());
    CHECK(att::attribute(sales(no_sales), touches(visits), att::linear).empty());
    auto const unattributed = att::attribute(sales(one_sale), touches(no_touches), att::linear);
    REQUIRE(unattributed.size() == 1);
    CHECK(unattributed[0] == att::credit<cents>{0, att::no_row, 3, 1.0});
}
