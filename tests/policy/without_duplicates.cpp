// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/without_duplicates.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace support;

TEST_CASE("only the first row of an id earns") {
    struct delivered {
        int user;
        tick at;
        std::string id;
    };
    std::vector<delivered> const log{
        {1, 5, "x"}, {1, 5, "x"}, {1, 6, "y"}, {2, 7, "x"}, {1, 8, "z"}};
    std::vector<sale> const book{{1, 10, 300}, {2, 10, 50}};
    auto const touchpoints = att::touchpoints(log, &delivered::user, &delivered::at);
    auto const ledger = att::attribute(sales(book), touchpoints, att::linear,
                                       att::without_duplicates(touchpoints, &delivered::id));
    CHECK(ledger.size() == 4);
    CHECK(ledger[0] == att::credit<cents>{0, 0, 100, 1.0 / 3});
    CHECK(ledger[1] == att::credit<cents>{0, 2, 100, 1.0 / 3});
    CHECK(ledger[2] == att::credit<cents>{0, 4, 100, 1.0 / 3});
    // The id counts across keys: the same event cannot have happened to two customers.
    CHECK(ledger[3] == att::credit<cents>{1, att::no_row, 50, 1.0});
}

TEST_CASE("a missing id repeats nothing") {
    struct delivered {
        int user;
        tick at;
        std::optional<std::string> id;
        double number;
        char const* text;
    };
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<delivered> const log{{1, 5, {}, nan, nullptr},
                                     {1, 5, {}, nan, nullptr},
                                     {1, 6, "y", 0.0, "y"},
                                     {1, 7, "y", -0.0, "y"}};
    std::vector<sale> const book{{1, 10, 300}};
    auto const touchpoints = att::touchpoints(log, &delivered::user, &delivered::at);
    auto const earners = [&](auto id) {
        std::vector<std::size_t> rows;
        for (auto const& earned : att::attribute(sales(book), touchpoints, att::linear,
                                                 att::without_duplicates(touchpoints, id)))
            rows.push_back(earned.touchpoint);
        return rows;
    };
    std::vector<std::size_t> const all_but_the_last{0, 1, 2};
    CHECK(earners(&delivered::id) == all_but_the_last);
    CHECK(earners(&delivered::number) == all_but_the_last);
    CHECK(earners(&delivered::text) == all_but_the_last);
    static constexpr char y[] = "y";
    auto const maybe = [](delivered const& one) {
        return std::optional<char const*>{one.number == 0 && !std::signbit(one.number) ? y
                                                                                       : one.text};
    };
    CHECK(earners(maybe) == all_but_the_last);
}

TEST_CASE("made for some records, it refuses the rows of others") {
    std::vector<touch> const few{{1, 1}, {1, 2}};
    std::vector<touch> const more{{1, 1}, {1, 2}, {1, 3}};
    std::vector<sale> const book{{1, 10, 300}};
    auto const policy = att::without_duplicates(touches(few), &touch::at);
    CHECK_THROWS_WITH_AS(
        (void)att::attribute(sales(book), touches(more), att::linear, policy),
        "without_duplicates: touchpoint row 2 is not among the records it was made "
        "for; make one for these",
        std::out_of_range);
}
