// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/rounded.hpp>

#include "support/records.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
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

template <class Amount>
auto rounded_amounts(std::vector<Amount> const& values, Amount unit) {
    struct worth {
        int user;
        tick at;
        Amount value;
    };
    std::vector<worth> book;
    for (auto const& value : values)
        book.push_back({1, 100, value});
    std::vector<touch> const log{{1, 1, 'a'}};
    auto const report =
        att::attribute(att::conversions(book, &worth::user, &worth::at, &worth::value),
                       touches(log), att::linear) |
        att::by(&worth::at, &worth::value);
    std::vector<Amount> amounts;
    for (auto const& row : att::rounded(report, unit))
        amounts.push_back(row.amount);
    return amounts;
}

TEST_CASE("amounts of any whole type are rounded") {
    CHECK(rounded_amounts<std::uint64_t>({15, 24, UINT64_MAX - 25}, 10) ==
          std::vector<std::uint64_t>{20, 20, UINT64_MAX - 25});
    CHECK(rounded_amounts<std::uint8_t>({15, 24, 215}, 10) ==
          std::vector<std::uint8_t>{20, 20, 210});
    CHECK(rounded_amounts<std::int8_t>({-128, 0, 127}, 1) ==
          std::vector<std::int8_t>{-128, 0, 127});
    CHECK(rounded_amounts<unsigned>({7}, 5) == std::vector<unsigned>{5});
    using euros = att::money<struct eur, std::int32_t>;
    CHECK(rounded_amounts<std::uint32_t>({UINT32_MAX}, UINT32_MAX) ==
          std::vector<std::uint32_t>{UINT32_MAX});
    att::report<att::report_row<char, euros>> const one{
        {{'a', true, {att::cell<euros>{euros{-15}, 1.0, 1}}}}};
    CHECK(att::rounded(one, 10)[0].amount == euros{-20});
    CHECK_THROWS_WITH_AS((void)rounded_amounts<std::uint8_t>({255}, 10),
                         "round_together: line 0, rounded, does not fit into its type",
                         std::overflow_error);
    CHECK_THROWS_AS((void)rounded_amounts<unsigned>({1}, 0), std::invalid_argument);
}

TEST_CASE("a rounded report adds up to the rounded total") {
    CHECK(test());
}
