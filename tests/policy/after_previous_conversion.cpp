// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/after_previous_conversion.hpp>

#include "policy/earners.hpp"
#include "support/policy_suite.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using namespace support;

using list = std::vector<std::size_t>;

static_assert(policy_suite(att::after_previous_conversion));
static_assert(policy_suite(!att::after_previous_conversion));

}  // namespace

TEST_CASE("after the previous conversion, without its instant") {
    std::vector<sale> const book{{1, 20, 1}, {2, 15, 1}, {1, 10, 1}};  // not in order of time
    std::vector<touch> const log{{1, 9}, {1, 10}, {1, 11}, {1, 20}, {1, 21}};
    auto const after = att::after_previous_conversion;
    CHECK(earners(book, log, after, 2) == list{0, 1});
    CHECK(earners(book, log, after, 0) == list{2, 3});
    CHECK(earners(book, log, after, 1).empty());
    CHECK(after.name() == "after the previous conversion");
}

TEST_CASE("items of one order are not before each other, nor after") {
    std::vector<sale> const book{{1, 30, 1}, {1, 20, 1}, {2, 20, 1}, {1, 20, 1}, {1, 8, 1}};
    std::vector<touch> const log{{1, 5}, {1, 8}, {1, 10}, {1, 20}, {1, 25}};
    for (std::size_t const item : {1u, 3u})
        CHECK(earners(book, log, att::after_previous_conversion, item) == list{2, 3});
    CHECK(earners(book, log, att::after_previous_conversion, 0) == list{4});
    CHECK(earners(book, log, att::after_previous_conversion, 4) == list{0, 1});
}

TEST_CASE("an empty window has neither a first nor a last touchpoint") {
    std::vector<sale> const book{{1, 20, 5}, {1, 21, 7}};
    std::vector<touch> const log{{1, 10}, {1, 20}};
    auto const second = [&](auto const& model) {
        auto const ledger =
            att::attribute(sales(book), touches(log), model, att::after_previous_conversion);
        REQUIRE(ledger.size() == 2);
        return ledger[1];
    };
    CHECK(second(att::first_touch) == att::credit<std::int64_t>{1, att::no_row, 7, 1});
    CHECK(second(att::last_touch) == att::credit<std::int64_t>{1, att::no_row, 7, 1});
}

TEST_CASE("previous conversions at the limits of the clock") {
    std::vector<sale> const book{{1, INT64_MIN, 1}, {1, INT64_MAX, 1}, {1, INT64_MAX, 1}};
    std::vector<touch> const log{{1, INT64_MIN}, {1, INT64_MIN + 1}, {1, INT64_MAX}};
    CHECK(earners(book, log, att::after_previous_conversion, 0) == list{0});
    CHECK(earners(book, log, att::after_previous_conversion, 1) == list{1, 2});
    CHECK(earners(book, log, att::after_previous_conversion, 2) == list{1, 2});
}

TEST_CASE("after the previous conversion on a clock of doubles") {
    struct event {
        int user;
        double at;
    };
    std::vector<event> const book{{1, 1.0}, {1, 2.0}};
    std::vector<event> const log{{1, 1.0}, {1, std::nextafter(1.0, 2.0)}};
    auto const ledger = att::attribute(att::conversions(book, &event::user, &event::at),
                                       att::touchpoints(log, &event::user, &event::at), att::linear,
                                       att::after_previous_conversion);
    REQUIRE(ledger.size() == 2);
    CHECK(ledger[0].touchpoint == 0);
    CHECK(ledger[1].touchpoint == 1);
}
