// SPDX-License-Identifier: BSL-1.0
#include <attribution/credit/stored_credits.hpp>

#include "support/records.hpp"

#include <attribution/credit/refunds.hpp>

#include <doctest/doctest.h>

#include <list>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace support;

namespace {

struct row {
    std::string sale;
    std::optional<std::string> channel;
    cents amount;
    double share;
};
struct refund {
    std::optional<std::string> sale;
    tick at;
    cents value;
};

auto taken(auto const& table, std::vector<refund> const& log) {
    return att::take_back(
        att::stored_credits(table, &row::sale, &row::channel, &row::amount, &row::share),
        att::conversions(log, &refund::sale, &refund::at, &refund::value));
}

}  // namespace

TEST_CASE("refunds of kept credits name the rows of what was kept") {
    std::list<row> const table{{"x", "mail", 64, 0.5},
                               {"y", {}, 10, 1.0},
                               {"x", "search", 64, 0.5},
                               {"x", "mail", -16, -0.125},
                               {"x", "search", -16, -0.125}};
    auto const back = taken(table, {{"x", 1, -48}, {"y", 1, -25}, {"z", 2, -1}, {{}, 2, -1}});
    using credit = att::credit<cents>;
    CHECK(back.credits == std::vector<credit>{{0, 0, -24, -0.1875},
                                              {0, 2, -24, -0.1875},
                                              {1, att::no_row, -10, -1.0},
                                              {1, att::no_row, -15, 0.0}});
    CHECK(back.refund == std::vector<std::size_t>{0, 0, 1, 1});
    CHECK(back.unmatched == std::vector<std::size_t>{2, 3});
    CHECK(back.excessive == std::vector<std::size_t>{1});
}

TEST_CASE("kept credits of one channel are taken together, in any order of rows") {
    std::vector<row> const table{{"x", "mail", -3, -0.1},
                                 {"x", "mail", 10, 1. / 3},
                                 {"x", "mail", 10, 1. / 3},
                                 {"x", "ad", 10, 1. / 3}};
    auto const back = taken(table, {{"x", 1, -27}});
    REQUIRE(back.credits.size() == 2);
    CHECK(back.credits[0].touchpoint == 0);
    CHECK(back.credits[0].amount == -17);
    CHECK(back.credits[0].share == doctest::Approx(0.1 - 2. / 3));
    CHECK(back.credits[1].touchpoint == 3);
    CHECK(back.credits[1].amount == -10);
    CHECK(back.excessive.empty());
}

TEST_CASE("a sale of which all was taken back before has its sign still") {
    for (cents const value : {10, -10}) {
        std::vector<row> const table{{"x", "mail", value, 1.0}, {"x", "mail", -value, -1.0}};
        auto const back = taken(table, {{"x", 1, -value}});
        REQUIRE(back.credits.size() == 1);
        CHECK(back.credits[0] == att::credit<cents>{0, att::no_row, -value, 0.0});
        CHECK(back.excessive == std::vector<std::size_t>{0});
        CHECK_THROWS_AS((void)taken(table, {{"x", 1, value}}), std::invalid_argument);
    }
}

TEST_CASE("kept credits that no attribution gives are refused, if their sale is refunded") {
    std::vector<row> table{{"x", "mail", 60, 1.5}, {"y", "mail", 10, 1.0}};
    CHECK(taken(table, {{"y", 1, -10}}).credits.size() == 1);
    CHECK_THROWS_WITH_AS(
        (void)taken(table, {{"x", 1, -1}}),
        "take_back: the credit in row 0 has an amount that is not a finite number, "
        "or a share that is not in [-1, 1]",
        std::domain_error);
    table.push_back(table.back());
    CHECK_THROWS_WITH_AS(
        (void)taken(table, {{"y", 1, -1}}),
        "take_back: with the credit in row 2, a touchpoint has more than the whole "
        "of its sale; are credits there twice?",
        std::invalid_argument);
}
