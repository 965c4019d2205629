// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/rounded.hpp>

#include "support/records.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace support;

namespace {

constexpr bool test() {
    // 1000 over three channels is 334 + 333 + 333; in tens, 34 + 33 + 33.
    auto const log = path_through('a', 'b', 'c');
    std::array<sale, 2> const book{sale{1, 100, 1000}, sale{2, 100, 5}};
    auto const fine =
        att::attribute(sales(book), touches(log), att::linear) | att::by(&touch::channel);
    auto const coarse = att::rounded(fine, 10);
    require(coarse.size() == 4);
    require(coarse[0].amount == 340 && coarse[1].amount == 330 && coarse[2].amount == 330);
    require(coarse[3].amount == 10 && !coarse[3].attributed);  // 5 is the largest remainder
    require(coarse.total() == 1010);                           // 1005 rounded
    require(coarse[0].conversions == fine[0].conversions);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("a rounded report adds up to the rounded total") {
    CHECK(test());
}
