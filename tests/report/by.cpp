// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/by.hpp>

#include "support/records.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/money/money.hpp>
#include <attribution/window/lookback.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

using namespace support;

constexpr std::array<touch, 5> visits{touch{1, 1, 'b'}, touch{1, 2, 'a'}, touch{1, 3, 'b'},
                                      touch{2, 1, 'c'}, touch{2, 2, 'a'}};
constexpr std::array<sale, 4> book{sale{1, 9, 300, 'y'}, sale{2, 9, -80, 'x'}, sale{3, 9, 7, 'x'},
                                   sale{1, 2, 50, 'x'}};

/// The rows as text, so that a failure shows them.
std::string text(char c) {
    return std::string(1, c);
}
std::string text(int number) {
    return std::to_string(number);
}
std::string text(std::string const& s) {
    return s;
}
template <class T>
std::string text(std::optional<T> const& value) {
    return value ? text(*value) : "-";
}
template <class... T>
std::string text(std::tuple<T...> const& key) {
    return std::apply([](auto const&... part) { return (text(part) + ...); }, key);
}
std::string text(auto const& report) {
    std::string lines;
    for (auto const& row : report)
        lines += text(row.key) + (row.attributed ? "=" : "?") + std::to_string(row.amount) + ' ';
    return lines;
}

std::string grouped(auto const&... projections) {
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    auto const report = ledger | att::by(projections...);
    CHECK(report.total() == 277);
    CHECK(report.unattributed() == 7);
    return text(report);
}

constexpr bool test() {
    auto const report =
        att::attribute(sales(book), touches(visits), att::linear) | att::by(&touch::channel);
    require(report.size() == 4 && report[0].key == 'a' && report[0].amount == 85 &&
            report[0].credits == 3);
    require(report[3].key == std::nullopt && !report[3].attributed && report[3].conversions == 1);
    require(report.largest_first()[0].key == 'b' && report.largest_first()[3].amount == 7);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("by") {
    CHECK(test());
}

TEST_CASE("by one projection, of either side or both") {
    // sale 0: b 100, a 100, b 100; sale 1: c -40, a -40; sale 3: b 25, a 25
    CHECK(grouped(&touch::channel) == "a=85 b=225 c=-40 -?7 ");
    CHECK(grouped(&sale::region) == "x=-30 y=300 x?7 ");
    CHECK(grouped([](touch const& t, sale const& s) { return static_cast<int>(s.at - t.at); }) ==
          "0=25 1=25 6=100 7=60 8=60 -?7 ");
    CHECK(grouped([](touch const&) { return "all"; }) == "all=270 -?7 ");
    CHECK(grouped([](touch const& t) { return std::string(30, t.channel); }).size() > 90);
}

TEST_CASE("by several projections") {
    CHECK(grouped(&touch::channel, &sale::region) == "ax=-15 ay=100 bx=25 by=200 cx=-40 -x?7 ");
    CHECK(grouped(&sale::region, &touch::channel) == "xa=-15 xb=25 xc=-40 ya=100 yb=200 x-?7 ");
    CHECK(grouped(&sale::region, &touch::channel, [](touch const& t, sale const& s) {
              return static_cast<int>(s.at - t.at);
          }) == "xa0=25 xa7=-40 xb1=25 xc8=-40 ya7=100 yb6=100 yb8=100 x--?7 ");
    CHECK(grouped(&touch::channel, &touch::user) == "a1=125 a2=-40 b1=225 c2=-40 --?7 ");
}

TEST_CASE("by shows unattributed value as a row of its own, also when there is none") {
    std::vector<touch> const one{{1, 1, 'a'}};
    std::vector<sale> const sold{{1, 2, 5}};
    std::vector<sale> const none;
    CHECK(text(att::attribute(sales(sold), touches(one), att::linear) | att::by(&touch::channel)) ==
          "a=5 -?0 ");
    CHECK(text(att::attribute(sales(none), touches(one), att::linear) | att::by(&touch::channel)) ==
          "-?0 ");
    CHECK(text(att::attribute(sales(none), touches(one), att::linear) |
               att::by(&touch::channel, &touch::user)) == "--?0 ");
    CHECK(text(att::attribute(sales(none), touches(one), att::linear) | att::by(&sale::region))
              .empty());
    CHECK(text(att::attribute(sales(sold), touches(one), att::linear) | att::by(&sale::region)) ==
          "x=5 ");
}

TEST_CASE("by tells a missing group value from unattributed value") {
    auto const campaign = [](touch const& t) {
        return t.channel == 'b' ? std::nullopt : std::optional{t.channel};
    };
    CHECK(grouped(campaign) == "-=225 a=85 c=-40 -?7 ");
}

TEST_CASE("by counts conversions by share") {
    auto const report =
        att::attribute(sales(book), touches(visits), att::linear) | att::by(&touch::user);
    REQUIRE(report.size() == 3);
    CHECK(report[0].conversions == doctest::Approx(2).epsilon(1e-15));
    CHECK(report[0].credits == 5);
    CHECK(report[1].conversions == 1);
    CHECK(report[2].conversions == 1);
    CHECK(report[2].credits == 1);
}

TEST_CASE("by: records of one type on both sides need to say which") {
    std::vector<sale> const events{{1, 1, 0, 'a'}, {1, 2, 10, 'b'}};
    auto const credits =
        att::attribute(sales(events), att::touchpoints(events, &sale::user, &sale::at), att::linear,
                       att::lookback(5));
    CHECK(text(credits | att::by(&sale::region)) == "a=5 b=5 -?0 ");  // a touchpoint first
    CHECK(text(credits | att::by(att::of_touchpoint(&sale::region))) == "a=5 b=5 -?0 ");
    CHECK(text(credits | att::by(att::of_conversion(&sale::region))) == "a=0 b=10 ");
    CHECK(text(credits | att::by(att::of_conversion(&sale::region),
                                 att::of_touchpoint(&sale::region))) == "aa=0 ba=5 bb=5 ");
}

TEST_CASE("largest_first: by amount, equal amounts by key, unattributed last") {
    std::vector<touch> const channels{{1, 1, 'd'}, {1, 1, 'a'}, {2, 1, 'c'}, {3, 1, 'b'}};
    std::vector<sale> const sold{{1, 2, 20}, {2, 2, 500}, {3, 2, -9}, {4, 2, 9999}};
    auto const report =
        att::attribute(sales(sold), touches(channels), att::linear) | att::by(&touch::channel);
    CHECK(text(report.largest_first()) == "c=500 a=10 d=10 b=-9 -?9999 ");
}

TEST_CASE("tallies of parts, merged in any order, are the tally of the whole") {
    auto const groups = att::by(&touch::channel, &sale::region);
    auto const all = att::attribute(sales(book), touches(visits), att::linear);
    auto const bind = [&] { return groups.bind(all.conversions(), all.touchpoints()); };
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        auto front = bind();
        auto back = bind();
        for (std::size_t i = 0; i < all.size(); ++i)
            (i < cut ? front : back)(all[i]);
        auto reversed = back;
        reversed.merge(front);
        front.merge(back);
        front.merge(bind());  // the identity
        CHECK(text(front.finish()) == text(all | groups));
        CHECK(text(reversed.finish()) == text(all | groups));
    }
}

TEST_CASE("tallies over different records can be merged") {
    std::vector<sale> const first_half(book.begin(), book.begin() + 2);
    std::vector<sale> const second_half(book.begin() + 2, book.end());
    auto const groups = att::by([](touch const& t) { return std::string(20, t.channel); });
    auto const tally_of = [&](std::vector<sale> const& part) {
        auto const credits = att::attribute(sales(part), touches(visits), att::linear);
        auto tally = groups.bind(credits.conversions(), credits.touchpoints());
        for (auto const& earned : credits)
            tally(earned);
        return tally;
    };
    auto merged = tally_of(second_half);
    merged.merge(tally_of(first_half));
    CHECK(text(merged.finish()) ==
          text(att::attribute(sales(book), touches(visits), att::linear) | groups));
}

TEST_CASE("a report whose sum does not fit is an error") {
    std::vector<sale> const rich{{1, 9, INT64_MAX}, {1, 9, 1}};
    auto const credits = att::attribute(sales(rich), touches(visits), att::linear);
    CHECK_THROWS_AS((void)(credits | att::by(&touch::user)), std::overflow_error);
    CHECK_THROWS_AS((void)(credits | att::by(&touch::channel)).total(), std::overflow_error);
}

TEST_CASE("reports of money") {
    struct eur;
    auto const value = [](sale const& s) { return att::money<eur>{s.value}; };
    auto const report = att::attribute(att::conversions(book, &sale::user, &sale::at, value),
                                       touches(visits), att::linear) |
                        att::by(&touch::channel);
    CHECK(report.total() == att::money<eur>{277});
    CHECK(report.largest_first()[0].amount == att::money<eur>{225});
}

TEST_CASE("a tally is the groups that it is visited as") {
    auto const credits = att::attribute(sales(book), touches(visits), att::linear);
    auto const groups = att::by(&touch::channel, &sale::region);
    auto const bind = [&] { return groups.bind(credits.conversions(), credits.touchpoints()); };
    auto tally = bind();
    for (auto const& earned : credits)
        tally(earned);
    using tally_type = decltype(tally);
    std::vector<std::tuple<tally_type::key_tuple, bool, tally_type::cells_type>> visited;
    tally.for_each_group([&](auto const& key, bool attributed, auto const& cells) {
        visited.emplace_back(key, attributed, cells);
    });
    auto rebuilt = bind();
    rebuilt.merge_groups(visited);
    CHECK(text(rebuilt.finish()) == text(tally.finish()));
    CHECK(visited.size() == tally.finish().size());
}

TEST_CASE("groups of truth values") {
    auto const first_hour = [](touch const& t) { return t.at < 2; };
    auto const report = att::attribute(sales(book), touches(visits), att::linear) |
                        att::by(first_hour, [](sale const& s) { return s.region == 'x'; });
    cents sum = 0;
    for (auto const& row : report)
        sum += row.amount;
    CHECK(sum == 277);
    CHECK(report.total() == 277);
}

TEST_CASE("values and groups that come after very many others are still told apart") {
    auto const groups_of = [](std::vector<int> const& numbers, auto const&... projections) {
        std::vector<touch> log;
        for (auto const number : numbers)
            log.push_back({1, 0, 'a', number});
        std::vector<sale> const one{{1, 9, 1'000'000}};
        auto const report =
            att::attribute(sales(one), touches(log), att::linear) | att::by(projections...);
        return report.size() - 1;  // without the unattributed one
    };
    std::vector<int> values;
    for (int i = 0; i < 70'000; ++i)
        values.push_back(5'000 + i);
    for (int i = 0; i < 20; ++i)
        values.push_back(i);
    CHECK(groups_of(values, &touch::usage) == values.size());

    // Few values of each of two dimensions that meet for the first time when there are many pairs.
    std::vector<int> pairs;
    for (int i = 0; i < 20; ++i)
        pairs.push_back(1'001 * i);
    for (int i = 0; i < 70'000; ++i)
        pairs.push_back(100'000 + i);
    for (int i = 0; i < 19; ++i)
        pairs.push_back(1'001 * i + 1);
    CHECK(groups_of(
              pairs, [](touch const& t) { return t.usage / 1'000; },
              [](touch const& t) { return t.usage % 1'000; }) == pairs.size());
}

TEST_CASE("a group that was asked for and got nothing is no row") {
    auto const credits = att::attribute(sales(book), touches(visits), att::linear);
    auto const bind = [&] {
        return att::by(&touch::channel, &sale::region)
            .bind(credits.conversions(), credits.touchpoints());
    };
    auto tally = bind();
    (void)tally.place_of(0, 0);
    CHECK(tally.finish().size() == 0);
    tally.for_each_group([](auto const&, bool, auto const&) { FAIL("there is no group"); });
    tally(*credits.begin());
    auto other = bind();
    (void)other.place_of(1, 3);
    other.merge(tally);
    CHECK(text(other.finish()) == text(tally.finish()));
}
