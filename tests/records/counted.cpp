// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/counted.hpp>

#include "support/records.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/records/cooldown.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace support;

namespace {

std::vector<touch> const taps{{1, 0, 'A'}, {1, 59, 'B'}, {1, 99, 'C'}};
std::vector<sale> const installs{{1, 0, 1}, {1, 60, 10}, {1, 100, 100}};

}  // namespace

TEST_CASE(
    "an install within 90 days of the last that counted is neither credited nor unattributed") {
    auto const book = att::counted(sales(installs), att::cooldown(90));
    REQUIRE(book.size() == 2);
    CHECK(book.original_row(1) == 2);
    CHECK(book.value(1) == 100);
    CHECK(book.time(1) == 100);
    CHECK(book.key(1) == 1);
    CHECK(&book[1] == &installs[2]);
    REQUIRE(book.not_counted().size() == 1);
    CHECK(book.not_counted()[0] == att::not_counted_conversion{1, 0, "cooldown"});

    auto const report = att::attribute(book, touches(taps), att::last_touch, att::lookback(7),
                                       att::by(&touch::channel));
    CHECK(report.total() == 101);
    auto const ledger = att::attribute(book, touches(taps), att::last_touch, att::lookback(7));
    REQUIRE(ledger.size() == 2);
    CHECK(ledger.touchpoint(ledger[0]).channel == 'A');
    CHECK(ledger.touchpoint(ledger[1]).channel == 'C');
    CHECK(ledger.conversion(ledger[1]).at == 100);
}

TEST_CASE("the previous conversion is the last one that counted") {
    auto const since = att::since_previous_conversion;
    auto const all = att::attribute(sales(installs), touches(taps), att::linear, since);
    CHECK(std::count_if(all.begin(), all.end(),
                        [](auto const& one) { return one.conversion == 2; }) == 1);
    auto const book = att::counted(sales(installs), att::cooldown(90));
    auto const some = att::attribute(book, touches(taps), att::linear, since);
    CHECK(std::count_if(some.begin(), some.end(),
                        [](auto const& one) { return one.conversion == 1; }) == 3);
}

TEST_CASE("explain has a reason of its own for what does not count") {
    auto const audit =
        att::explain(att::counted(sales(installs), att::cooldown(90), att::once_per(&sale::region)),
                     touches(taps), att::last_touch, att::lookback(7));
    auto const counts = audit.conversion_counts();
    REQUIRE(counts.size() == 3);
    CHECK(counts[0].text == "credited");
    CHECK(counts[1].text == "not counted (cooldown)");
    CHECK(counts[1].what == att::outcome::not_counted);
    CHECK(counts[2].text == "not counted (once per)");
}

TEST_CASE("with several rules, what one of them refuses is not remembered by another") {
    std::vector<sale> const book{{1, 0, 1, 'x'}, {1, 3, 1, 'y'}, {1, 9, 1, 'y'}};
    auto const some = att::counted(sales(book), att::cooldown(5), att::once_per(&sale::region));
    REQUIRE(some.size() == 2);
    CHECK(some.original_row(1) == 2);
}

TEST_CASE("of many conversions at one instant the first row counts") {
    // More than a sort moves one by one, so that it would mix up what it takes for equal.
    std::vector<sale> const book(60, sale{1, 3, 1});
    auto const some = att::counted(sales(book), att::once_per(&sale::region));
    REQUIRE(some.size() == 1);
    CHECK(some.original_row(0) == 0);
}

TEST_CASE("a conversion whose key is missing always counts; other customers do not matter") {
    struct order {
        std::optional<int> user;
        int at;
    };
    std::vector<order> const book{{{}, 1}, {{}, 1}, {{}, 2}, {1, 1}, {2, 2}};
    auto const all = att::conversions(book, &order::user, &order::at);
    CHECK(att::counted(all, att::cooldown(9), att::once_per(&order::at)).size() == 5);
}

TEST_CASE(
    "what is sorted stays sorted, what does not count can be read when the records are gone") {
    auto const book = att::counted(att::sorted(sales(installs)), att::cooldown(90));
    static_assert(att::detail::is_sorted_records<std::remove_cvref_t<decltype(book)>>);
    auto const ledger = att::attribute(book, att::sorted(touches(taps)), att::last_touch);
    CHECK(ledger.size() == 2);
    CHECK(att::counted(sales(installs), att::cooldown(90)).not_counted().size() == 1);
    std::vector<sale> const none;
    CHECK(att::counted(sales(none), att::cooldown(90)).size() == 0);
}

TEST_CASE("a time that is not a number is refused") {
    struct order {
        int user;
        double at;
    };
    std::vector<order> const book{{1, 1}, {1, std::numeric_limits<double>::quiet_NaN()}};
    auto const all = att::conversions(book, &order::user, &order::at);
    CHECK_THROWS_WITH_AS((void)att::counted(all, att::cooldown(9.)),
                         "counted: the time of conversion row 1 is not a number",
                         std::domain_error);
}
