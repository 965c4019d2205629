// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/compare.hpp>

#include "support/policy_suite.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    auto const journeys = att::join(sales(suite_book), touches(suite_log));
    auto const table = att::compare(journeys, att::lookback(10), att::by(&touch::channel),
                                    att::first_touch, att::last_touch, att::position_based());
    require(table.size() == 3 && table[0].key == 'a' && table[1].key == 'b' &&
            !table[2].attributed);
    for (std::size_t model = 0; model < 3; ++model) {
        require(table.total(model) == 953 && table.unattributed(model) == 5);
        auto const sorted = table.largest_first(model);
        require(sorted[0][model].amount >= sorted[1][model].amount && !sorted[2].attributed);
    }
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("compare") {
    CHECK(test());
}

TEST_CASE("compare is so many attributions side by side") {
    auto const journeys = att::join(sales(suite_book), touches(suite_log));
    auto const groups = att::by(&touch::channel, &sale::value);
    auto const table = att::compare(journeys, att::lookback(10), groups, att::first_touch,
                                    att::linear, att::last_touch);
    auto const alone =
        std::array{att::attribute(journeys, att::first_touch, att::lookback(10), groups),
                   att::attribute(journeys, att::linear, att::lookback(10), groups),
                   att::attribute(journeys, att::last_touch, att::lookback(10), groups)};
    for (auto const& row : table)
        for (std::size_t model = 0; model < 3; ++model) {
            att::cell<cents> expected;  // a group that this model does not credit has 0
            for (auto const& own : alone[model])
                if (own.key == row.key && own.attributed == row.attributed)
                    expected = own;
            CHECK(row[model] == expected);
            CHECK(row.models[model] == expected);
        }
    for (std::size_t model = 0; model < 3; ++model)
        CHECK(table.total(model) == alone[model].total());
}

TEST_CASE("compare: a group that only some models credit") {
    std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}};
    std::vector<sale> const book{{1, 3, 10}};
    auto const table = att::compare(att::join(sales(book), touches(log)), att::always,
                                    att::by(&touch::channel), att::first_touch, att::last_touch);
    REQUIRE(table.size() == 3);
    CHECK(table[0][0] == att::cell<cents>{10, 1, 1});
    CHECK(table[0][1] == att::cell<cents>{});
    CHECK(table[1][0] == att::cell<cents>{});
    CHECK(table[1][1] == att::cell<cents>{10, 1, 1});
}
