// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/models.hpp>

#include "support/policy_suite.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/report.hpp>

#include <doctest/doctest.h>

#include <range/v3/algorithm/equal.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    auto const journeys = att::join(sales(suite_book), touches(suite_log));
    auto const table = att::attribute(
        journeys, att::models(att::first_touch, att::last_touch, att::position_based()),
        att::lookback(10), att::by(&touch::channel));
    require(table.size() == 3 && table[0].key == 'a' && table[1].key == 'b' &&
            !table[2].attributed);
    for (std::size_t model = 0; model < 3; ++model) {
        require(table.total(model) == 953 && table.unattributed(model) == 5);
        auto const sorted = table.largest_first(model);
        require(sorted[0][model].amount >= sorted[1][model].amount && !sorted[2].attributed);
    }
    // a list of one gives what the model gives alone
    auto const alone = att::attribute(journeys, att::models(att::linear), att::lookback(10),
                                      att::by(&touch::channel));
    static_assert(
        std::is_same_v<decltype(alone)::row_type, att::report_row<std::optional<char>, cents>>);
    require(alone.total() == 953);
    return true;
}
static_assert(test());

using three = att::model_list<att::first_touch_fn, att::last_touch_fn, att::position_based_model>;
static_assert(three::size() == 3 && std::is_aggregate_v<three>);

}  // namespace

TEST_CASE("models") {
    CHECK(test());
    CHECK(att::models(att::first_touch, att::linear).size() == 2);
}

TEST_CASE("several models are so many attributions side by side") {
    auto const journeys = att::join(sales(suite_book), touches(suite_log));
    auto const groups = att::by(&touch::channel, &sale::value);
    auto const table =
        att::attribute(journeys, att::models(att::first_touch, att::linear, att::last_touch),
                       att::lookback(10), groups);
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

TEST_CASE("models: a group that only some of them credit") {
    std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}};
    std::vector<sale> const book{{1, 3, 10}};
    auto const table = att::attribute(att::join(sales(book), touches(log)),
                                      att::models(att::first_touch, att::last_touch), att::always,
                                      att::by(&touch::channel));
    REQUIRE(table.size() == 3);
    CHECK(table[0][0] == att::cell<cents>{10, 1, 1});
    CHECK(table[0][1] == att::cell<cents>{});
    CHECK(table[1][0] == att::cell<cents>{});
    CHECK(table[1][1] == att::cell<cents>{10, 1, 1});
}

TEST_CASE("models without a sink give a ledger each") {
    auto const orders = sales(suite_book);
    auto const clicks = touches(suite_log);
    auto const several = att::models(att::first_touch, att::linear);
    for (std::size_t const threads : {1U, 2U, 3U}) {
        auto const ledgers =
            att::attribute(att::parallel{threads}, orders, clicks, several, att::lookback(10));
        static_assert(std::tuple_size_v<std::remove_const_t<decltype(ledgers)>> == 2);
        CHECK(ranges::equal(ledgers[0],
                            att::attribute(orders, clicks, att::first_touch, att::lookback(10))));
        CHECK(ranges::equal(ledgers[1],
                            att::attribute(orders, clicks, att::linear, att::lookback(10))));
    }
}

TEST_CASE("a sink of several models is told which") {
    auto const orders = sales(suite_book);
    auto const clicks = touches(suite_log);
    // of shapes and of weights, under a window and under any policy
    auto const check = [&](auto const& policy, auto const& one, auto const& other) {
        std::array<std::vector<att::credit<cents>>, 2> given;
        att::attribute(orders, clicks, att::models(one, other), policy,
                       [&](att::credit<cents> const& earned, std::size_t model) {
                           given.at(model).push_back(earned);
                       });
        CHECK(ranges::equal(given[0], att::attribute(orders, clicks, one, policy)));
        CHECK(ranges::equal(given[1], att::attribute(orders, clicks, other, policy)));
    };
    auto const newest = [](auto const&, att::weights w) {
        if (!w.empty())
            w.back() = 1;
    };
    check(att::lookback(10), att::linear, att::first_touch);
    check(att::lookback(10), att::first_touch, att::first_touch);
    check(att::lookback(10), newest, att::linear);
    check(att::where(&touch::channel, 'a'), att::linear, newest);
}
