// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/columns.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    constexpr std::array<int, 3> users{1, 1, 2};
    constexpr std::array<tick, 3> times{5, 6, 7};
    auto const table = att::columns(users, times);
    require(table.size() == 3 && att::column<1>(table[2]) == 7 && table[1].get<0>() == 1);
    require(&att::column<0>(table[1]) == &users[1]);  // in place
    require(table.cells<1>().size() == 3 && table.end() - table.begin() == 3);
    require((*(table.begin() + 2)).get<1>() == 7);

    constexpr std::array<int, 1> buyers{1};
    constexpr std::array<tick, 1> sold{6};
    constexpr std::array<cents, 1> paid{9};
    auto const ledger =
        att::attribute(att::conversions(att::columns(buyers, sold, paid), att::column<0>,
                                        att::column<1>, att::column<2>),
                       att::touchpoints(table, att::column<0>, att::column<1>), att::linear);
    require(ledger.size() == 2 && ledger[0].amount == 5 && ledger[1].amount == 4);
    require(ledger.touchpoint(ledger[1]).get<1>() == 6);
    return true;
}
static_assert(test());

static_assert(ranges::view_<att::columns_view<int>> && std::ranges::view<att::columns_view<int>>);
static_assert(ranges::random_access_range<att::columns_view<int, char>> &&
              std::ranges::random_access_range<att::columns_view<int, char>>);
template <class Column>
concept can_be_column = requires(Column const& column) {
    att::columns(column);
};
static_assert(can_be_column<std::vector<int>> && can_be_column<std::span<int const>> &&
              can_be_column<std::string>);
static_assert(!can_be_column<std::vector<bool>> && !can_be_column<int>);

}  // namespace

TEST_CASE("columns") {
    CHECK(test());
}

TEST_CASE("columns of text are grouped like rows") {
    std::vector<std::string> const users{"ann", "bob", "ann"};
    std::vector<tick> const times{1, 2, 3};
    std::vector<std::string> const channels{"ads", "mail", "mail"};
    std::vector<sale> const book{{1, 9, 100}};
    auto const log = att::columns(users, times, channels);
    auto const ledger =
        att::attribute(att::conversions(
                           book, [](sale const&) { return "ann"; }, &sale::at, &sale::value),
                       att::touchpoints(log, att::column<0>, att::column<1>), att::linear);
    auto const report = ledger | att::by(att::column<2>);
    REQUIRE(report.size() == 3);
    CHECK(report[0].key == "ads");
    CHECK(report[0].amount == 50);
    CHECK(report[1].key == "mail");
}

TEST_CASE("columns of different length are an error") {
    std::vector<int> const two(2);
    std::vector<char> const three(3);
    CHECK_THROWS_WITH_AS((void)att::columns(two, three, two),
                         "columns: the columns differ in length: 2 3 2", std::invalid_argument);
    CHECK(att::columns(std::span<int const>{}).size() == 0);
}
