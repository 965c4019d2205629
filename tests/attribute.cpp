// SPDX-License-Identifier: BSL-1.0
#include <attribution/attribute.hpp>

#include "support/records.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    // any callable is a model, and touchpoints with weight 0 get no credit
    constexpr auto outer = [](auto const& steps, att::weights w) {
        w.front() = 1;
        if (steps.size() > 2)
            w.back() = 3;
    };
    std::array<sale, 2> const book{sale{1, 100, 8}, sale{1, 1, 6}};
    std::array<touch, 3> const log{touch{1, 3}, touch{1, 2}, touch{1, 1}};
    auto const journeys = att::join(sales(book), touches(log));
    auto const ledger = att::attribute(journeys, outer);
    using credit = att::credit<cents>;
    require(ledger.size() == 3 && ledger[0] == credit{0, 2, 2, 0.25} &&
            ledger[1] == credit{0, 0, 6, 0.75} && ledger[2] == credit{1, 2, 6, 1});
    // a sink sees the same credits, with or without a join of one's own
    cents total = 0;
    std::size_t count = 0;
    auto sink = [&](credit const& earned) {
        total += earned.amount;
        ++count;
    };
    att::attribute(journeys, outer, att::always, sink);
    att::attribute(sales(book), touches(log), outer, att::lookback(0), sink);
    require(total == 28 && count == 5);
    // a credit of 0 is a credit: the touchpoint has a share
    std::array<sale, 1> const free{sale{1, 100, 0}};
    auto const nothing = att::attribute(sales(free), touches(log), att::linear);
    require(nothing.size() == 3 && nothing[0].attributed() && nothing[0].amount == 0 &&
            nothing[0].share > 0.3);
    return true;
}
static_assert(test());

struct real_sale {
    int user;
    tick at;
    double value;
};

}  // namespace

TEST_CASE("attribute") {
    CHECK(test());
}

TEST_CASE("attribute splits amounts of any kind") {
    struct eur;
    std::vector<sale> const book{{1, 100, 10}};
    auto const log = path_at(1, 2, 3);
    auto const first_part = [&](auto value) {
        return att::attribute(att::conversions(book, &sale::user, &sale::at, value), touches(log),
                              att::linear)[0]
            .amount;
    };
    CHECK(first_part(&sale::value) == 4);
    CHECK(first_part([](sale const& s) { return att::money<eur>{-s.value}; }) ==
          att::money<eur>{-4});
    CHECK(first_part([](sale const& s) { return static_cast<float>(s.value); }) == 10.0F / 3);
    CHECK(first_part([](sale const&) { return UINT64_MAX; }) == UINT64_MAX / 3);
    CHECK(first_part(att::one_each{}) == 1.0 / 3);
}

TEST_CASE("attribute names the conversion and the touchpoint of a bad weight") {
    std::vector<sale> const book{{2, 100, 10}, {1, 100, 10}};
    std::vector<touch> const log{{1, 5}, {2, 5}, {1, 4}};
    auto const bad = [](double weight) {
        return
            [=](auto const& steps, att::weights w) { w.back() = steps.size() == 2 ? weight : 1; };
    };
    std::vector<att::credit<cents>> seen;
    auto const run = [&](double weight) {
        att::attribute(sales(book), touches(log), bad(weight), att::always,
                       [&](auto const& earned) { seen.push_back(earned); });
    };
    auto const where = std::string{
        "attribute: the model gave touchpoint row 0 of conversion row 1 a weight that is "};
    auto const rule = std::string{"; weights must be finite and at least 0"};
    CHECK_THROWS_WITH_AS(run(-1e-300), (where + "negative" + rule).c_str(), std::domain_error);
    CHECK(seen.size() == 1);  // what was handed out before stays handed out
    CHECK_THROWS_WITH_AS(run(-std::numeric_limits<double>::infinity()),
                         (where + "negative" + rule).c_str(), std::domain_error);
    CHECK_THROWS_WITH_AS(run(std::nan("")), (where + "not a finite number" + rule).c_str(),
                         std::domain_error);
    CHECK_THROWS_WITH_AS(run(std::numeric_limits<double>::infinity()),
                         (where + "not a finite number" + rule).c_str(), std::domain_error);
}

TEST_CASE("attribute refuses a value that is not finite, even if nobody earns it") {
    auto const log = path_at(1);
    for (double const value : {std::nan(""), std::numeric_limits<double>::infinity()})
        for (int const user : {1, 2}) {
            std::vector<real_sale> const book{{1, 100, 1.0}, {user, 100, value}};
            CHECK_THROWS_WITH_AS(
                (void)att::attribute(
                    att::conversions(book, &real_sale::user, &real_sale::at, &real_sale::value),
                    touches(log), att::linear),
                "attribute: the value of conversion row 1 is not a finite number",
                std::domain_error);
        }
}

TEST_CASE("attribute into a report keeps no credits and gives the same") {
    std::vector<sale> const book{{1, 100, 10}, {2, 100, 5}};
    auto const log = path_through('b', 'a', 'b');
    auto const groups = att::by(&touch::channel);
    auto const direct = att::attribute(sales(book), touches(log), att::linear, att::always, groups);
    auto const by_ledger = att::attribute(sales(book), touches(log), att::linear) | groups;
    REQUIRE(direct.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(direct[i].key == by_ledger[i].key);
        CHECK(static_cast<att::cell<cents>>(direct[i]) == by_ledger[i]);
    }
}

TEST_CASE("attribute: one customer with very many touchpoints") {
    std::vector<touch> log;
    for (int i = 0; i < 100'000; ++i)
        log.push_back({1, 100'000 - i});
    std::vector<sale> const book{{1, 100'000, 250'000}};
    auto const ledger = att::attribute(sales(book), touches(log), att::linear);
    REQUIRE(ledger.size() == 100'000);
    CHECK(ledger[0].touchpoint == 99'999);
    CHECK(ledger[0].amount == 3);
    CHECK(ledger[49'999].amount == 3);
    CHECK(ledger[50'000].amount == 2);
}
