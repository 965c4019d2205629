// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/lookback_by.hpp>

#include "policy/earners.hpp"
#include "support/policy_suite.hpp"

#include <attribution/policy/between.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/stream/live.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace {

using namespace support;

using row = att::lookback_row<tick, char, int>;
std::vector<row> const table{{'a', 7, 10}, {'a', std::nullopt, 3}, {std::nullopt, 7, 5}};

auto by_table() {
    return att::lookback_by(table, &touch::channel, &touch::usage);
}

/// The rule of a table with its two columns, said in other words.
bool counts(touch const& t, sale const& s) {
    auto const age = s.at - t.at;
    if (t.channel == 'a')
        return age >= 0 && age <= (t.usage == 7 ? 10 : 3);
    return t.usage == 7 && age >= 0 && age <= 5;
}

template <class Policy>
std::vector<std::string> reasons(std::vector<touch> const& log, Policy const& p) {
    std::vector<sale> const book{{1, 100, 900}};
    auto const audit = att::explain(sales(book), touches(log), att::linear, p);
    std::vector<std::string> all;
    for (std::size_t i = 0; i < log.size(); ++i)
        all.push_back(audit.touchpoint_reason(i));
    return all;
}

template <class Row, class... Projections>
std::string refused(std::vector<Row> rows, Projections... projections) {
    try {
        static_cast<void>(att::lookback_by(std::move(rows), projections...));
    } catch (std::invalid_argument const& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a table of lookbacks: the first row that fits decides") {
    policy_suite(by_table());
    std::vector<touch> const log{{1, 90, 'a', 7},  {1, 89, 'a', 7},  {1, 97, 'a', 1},
                                 {1, 96, 'a', 1},  {1, 95, 'b', 7},  {1, 94, 'b', 7},
                                 {1, 100, 'b', 1}, {1, 100, 'b', 7}, {1, 101, 'a', 7}};
    std::vector<sale> const book{{1, 100, 900}};
    auto const words = att::where(counts);
    auto const one = att::attribute(sales(book), touches(log), att::linear, by_table());
    auto const other = att::attribute(sales(book), touches(log), att::linear, words);
    CHECK(std::equal(one.begin(), one.end(), other.begin(), other.end()));
    CHECK(one.size() == 4);
    CHECK(reasons(log, by_table()) ==
          std::vector<std::string>{"credited", "before the window (lookback table)", "credited",
                                   "before the window (row 2 of the lookback table)", "credited",
                                   "before the window (row 3 of the lookback table)",
                                   "refused by the lookback table: no row fits", "credited",
                                   "after the window (nothing after the conversion)"});
}

TEST_CASE("a table of lookbacks admits nothing after the conversion, also where others do") {
    auto const later = att::between(att::no_limit, [](sale const& s) { return s.at + 9; });
    CHECK(reasons({{1, 101, 'a', 7}, {1, 100, 'a', 7}}, later && by_table()) ==
          std::vector<std::string>{"after the window (lookback table)", "credited"});
}

TEST_CASE("a table of lookbacks by text, where a missing value fits empty keys only") {
    struct visit {
        int user;
        tick at;
        std::optional<std::string> kind;
        char const* medium;
    };
    std::vector<visit> const visits{{1, 91, "click", "cpc"},
                                    {1, 95, std::nullopt, "cpc"},
                                    {1, 95, "view", nullptr},
                                    {1, 95, std::nullopt, nullptr},
                                    {1, 95, "view", "cpc"}};
    std::vector<sale> const book{{1, 100, 10}};
    auto const earners = [&](auto const& p) {
        return earners_of(sales(book), att::touchpoints(visits, &visit::user, &visit::at), p, 0);
    };
    using rows = std::vector<std::size_t>;
    using texts = att::lookback_row<tick, std::string, std::string>;
    CHECK(earners(att::lookback_by(
              std::vector<texts>{{"click", {}, 9}, {"view", "cpc", 5}, {{}, "cpc", 4}},
              &visit::kind, &visit::medium)) == rows{0, 4});
    CHECK(earners(att::lookback_by(std::vector<texts>{{{}, "cpc", 5}, {{}, {}, 4}}, &visit::kind,
                                   &visit::medium)) == rows{1, 4});
    CHECK(earners(att::lookback_by(std::vector{std::tuple{"view", 5L}}, &visit::kind)) ==
          rows{2, 4});
}

TEST_CASE("a stream keeps touchpoints for the longest window of the table") {
    auto const p = by_table();
    CHECK(p.earliest(tick{100}) == 90);
    CHECK((p && att::lookback(4)).earliest(tick{100}) == 96);
}

TEST_CASE("a table of lookbacks that cannot be meant is refused") {
    auto const by = [](std::vector<row> rows) {
        return refused(std::move(rows), &touch::channel, &touch::usage);
    };
    CHECK(by({}) == "lookback_by: the table is empty, so that nothing would count; was the "
                    "configuration read?");
    CHECK(by({{'a', 1, 0}, {'b', 1, -1}}) ==
          "lookback_by: the length in row 2 must not be negative");
    std::string const never = "lookback_by: row 3 is never reached, because row 2 fits whatever it "
                              "fits; put it before that one, or remove it";
    CHECK(by({{'b', 1, 2}, {'a', std::nullopt, 2}, {'a', 3, 2}}) == never);
    CHECK(by({{'b', 1, 2}, {'a', 3, 2}, {'a', 3, 1}}) == never);
    CHECK(by({{'b', 1, 2}, {std::nullopt, std::nullopt, 1}, {std::nullopt, 1, 2}}) == never);
    CHECK(by({{'a', 3, 2}, {'a', std::nullopt, 2}, {std::nullopt, 3, 2}}) == "accepted");
    CHECK(
        refused(std::vector{std::tuple{1, 2.5}, std::tuple{1, 2.0}}, &touch::usage).substr(0, 40) ==
        "lookback_by: row 2 is never reached, bec");
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(refused(std::vector{std::tuple{1, nan}}, &touch::usage) ==
          "lookback_by: the length in row 1 must not be negative");
}
