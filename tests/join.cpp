// SPDX-License-Identifier: BSL-1.0
#include <attribution/join.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/records/sorted.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <compare>
#include <cstdint>
#include <deque>
#include <forward_list>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using namespace support;

/// Three keys, as touchpoints a b a c and conversions b a b. Who finds whom must not depend on what
/// the keys are.
template <class TouchKey, class SaleKey>
std::string pairs_found(TouchKey touch_key, SaleKey sale_key) {
    std::vector<touch> const log{{0, 1}, {1, 2}, {0, 3}, {2, 4}};
    std::vector<sale> const book{{1, 9, 1}, {0, 9, 1}, {1, 1, 1}};
    auto const journeys = att::join(
        att::conversions(
            book, [=](sale const& s) { return sale_key(s.user); }, &sale::at, &sale::value),
        att::touchpoints(
            log, [=](touch const& t) { return touch_key(t.user); }, &touch::at));
    std::string pairs;
    journeys.for_each_path(att::always, [&](auto const& steps) {
        pairs += std::to_string(steps.about().row()) + ':';
        for (auto const& step : steps)
            pairs += std::to_string(step.row());
        pairs += ' ';
    });
    return pairs;
}
auto const expected = "0:1 1:02 2: ";

struct version {
    int number;
    auto operator<=>(version const&) const = default;
};
enum class plan { free, pro, team };

std::string long_name(int user) {
    return "customer with a name beyond any small buffer, number " + std::to_string(user);
}

}  // namespace

TEST_CASE("join: keys of any kind") {
    auto const same = [](auto key) { return pairs_found(key, key); };
    CHECK(same([](int user) { return user; }) == expected);
    CHECK(same([](int user) { return user - 1; }) == expected);
    CHECK(same([](int user) { return static_cast<plan>(user); }) == expected);
    CHECK(same([](int user) { return version{-user}; }) == expected);  // ordered, without a hash
    CHECK(same([](int user) { return std::pair{user / 2, user % 2}; }) == expected);
    CHECK(same([](int user) { return std::tuple{long_name(user), user, 'x'}; }) == expected);
    CHECK(same([](int user) { return std::pair{version{user}, 1}; }) == expected);
    CHECK(same([](int user) { return static_cast<double>(user) / 4; }) == expected);
    CHECK(same([](int user) { return user == 1; }) == "0:1 1:023 2: ");
    CHECK(same(long_name) == expected);  // made on the fly, and must be kept
}

TEST_CASE("join: keys of two types that compare") {
    static std::string const names[]{long_name(0), long_name(1), long_name(2)};
    auto const view = [](int user) -> std::string_view { return names[user]; };
    auto const reference = [](int user) -> std::string const& { return names[user]; };
    auto const pointer = [](int user) { return names[user].c_str(); };
    CHECK(pairs_found(view, long_name) == expected);
    CHECK(pairs_found(long_name, view) == expected);
    CHECK(pairs_found(reference, long_name) == expected);
    CHECK(pairs_found(long_name, reference) == expected);
    CHECK(pairs_found(long_name, pointer) == expected);  // by characters, not by address
    CHECK(pairs_found(pointer, long_name) == expected);
    CHECK(pairs_found([](int user) { return user; }, [](int user) { return std::int64_t{user}; }) ==
          expected);
    CHECK(pairs_found([](int user) { return std::uint8_t(user); },
                      [](int user) { return std::uint64_t(user); }) == expected);
}

TEST_CASE("join: a key that is missing joins nothing, not even another that is missing") {
    auto const known = [](int user) { return user == 1 ? std::nullopt : std::optional{user}; };
    CHECK(pairs_found(known, known) == "0: 1:02 2: ");
    CHECK(pairs_found([](int user) { return user; }, known) == "0: 1:02 2: ");
    CHECK(pairs_found(known, [](int user) { return user; }) == "0: 1:02 2: ");
    CHECK(pairs_found(
              [](int user) { return user == 1 ? std::nullopt : std::optional{long_name(user)}; },
              long_name) == "0: 1:02 2: ");
    CHECK(pairs_found(long_name, [](int user) {
              return user == 1 ? std::nullopt : std::optional{long_name(user)};
          }) == "0: 1:02 2: ");
}

TEST_CASE("join: a key that is a NaN joins nothing, and -0.0 joins 0.0") {
    double const none = std::numeric_limits<double>::quiet_NaN();
    auto const number = [=](int user) { return user == 1 ? none : user / 2.0; };
    CHECK(pairs_found(number, number) == "0: 1:02 2: ");
    auto const maybe = [=](int user) { return std::optional{number(user)}; };
    CHECK(pairs_found(maybe, number) == "0: 1:02 2: ");
    auto const pair = [=](int user) { return std::pair{7, number(user)}; };
    CHECK(pairs_found(pair, pair) == "0: 1:02 2: ");
    CHECK(pairs_found([](int user) { return user == 0 ? -0.0 : 1.0 * user; },
                      [](int user) { return 1.0 * user; }) == expected);
}

TEST_CASE("join: keys in the records are looked at where they are") {
    struct visit {
        std::string user;
        tick at;
    };
    std::deque<visit> const log{{long_name(1), 1}, {"", 2}, {long_name(1), 3}};
    std::forward_list<visit> const book{{long_name(1), 2}, {"", 5}, {"nobody", 9}};
    auto const ledger =
        att::attribute(att::conversions(book, &visit::user, &visit::at),
                       att::touchpoints(log, &visit::user, &visit::at), att::linear);
    REQUIRE(ledger.size() == 3);
    CHECK(ledger[0].touchpoint == 0);
    CHECK(ledger[1].touchpoint == 1);  // an empty text is a key like any other
    CHECK_FALSE(ledger[2].attributed());
}

TEST_CASE("join serves any number of models and outlives its handles") {
    std::vector<sale> const book{{1, 9, 10}};
    std::vector<touch> const log{{1, 1}, {1, 2}};
    auto const journeys = [&] { return att::join(sales(book), touches(log)); }();
    auto const copy = journeys;
    CHECK(att::attribute(journeys, att::linear)[0].amount == 5);
    CHECK(att::attribute(copy, att::linear)[1].amount == 5);
    CHECK(copy.conversions().size() == 1);
    CHECK(copy.touchpoints().size() == 2);
}

TEST_CASE("join: candidates are all touchpoints of the key, those after the conversion, too") {
    std::vector<touch> const log{{1, 7}, {1, 3}, {2, 3}, {1, 5}, {1, 3}};
    std::vector<sale> const book{{2, 9, 1}, {1, 5, 1}, {3, 5, 1}};
    auto const journeys = att::join(sales(book), touches(log));
    auto const candidates = [&](std::size_t conversion) {
        std::string found;
        journeys.for_each_candidate(conversion, [&](auto const& one) {
            found += std::to_string(one.row) + '@' + std::to_string(one.at) + '-' +
                     std::to_string(one.recency) + ' ';
        });
        return found;
    };
    CHECK(candidates(0) == "2@3-1 ");
    CHECK(candidates(1) == "1@3-3 4@3-2 3@5-1 0@7-0 ");
    CHECK(candidates(2) == "");
}

TEST_CASE("join: records of which one side only is sorted are joined like any others") {
    std::vector<touch> const log{{1, 3}, {0, 2}, {1, 1}};
    std::vector<sale> const book{{0, 9, 10}, {1, 9, 10}};
    auto const rows = [](auto const& journeys) {
        std::vector<std::size_t> found;
        journeys.for_each_path(att::always, [&](auto const& steps) {
            for (auto const& step : steps)
                found.push_back(step.row());
        });
        return found;
    };
    CHECK(rows(att::join(att::sorted(sales(book)), touches(log))) ==
          std::vector<std::size_t>{1, 2, 0});
    std::vector<sale> const backwards{{1, 9, 10}, {0, 9, 10}};
    std::vector<touch> const in_order{{0, 2}, {1, 1}, {1, 3}};
    CHECK(rows(att::join(sales(backwards), att::sorted(touches(in_order)))) ==
          std::vector<std::size_t>{1, 2, 0});
}

TEST_CASE("join refuses a time that is not a number") {
    struct event {
        int user;
        double at;
    };
    std::vector<event> const fine{{1, 1.0}, {1, -std::numeric_limits<double>::infinity()}};
    std::vector<event> const broken{{1, 1.0}, {7, std::nan("")}};
    auto const sides = [](auto const& book, auto const& log) {
        (void)att::join(att::conversions(book, &event::user, &event::at),
                        att::touchpoints(log, &event::user, &event::at));
    };
    CHECK_NOTHROW(sides(fine, fine));
    CHECK_NOTHROW(sides(fine, std::span{broken}.first(1)));  // nothing behind the last row counts
    CHECK_THROWS_WITH_AS(sides(fine, std::span{broken}.last(1)),
                         "join: the time of touchpoint row 0 is not a number", std::domain_error);
    CHECK_THROWS_WITH_AS(sides(fine, broken), "join: the time of touchpoint row 1 is not a number",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(sides(broken, fine), "join: the time of conversion row 1 is not a number",
                         std::domain_error);
}

TEST_CASE("keys that hold a NaN join nothing, and hide no others") {
    struct person {
        double number;
        auto operator<=>(person const&) const = default;
    };
    struct record {
        person who;
        int at;
    };
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<record> log;
    std::vector<record> book;
    for (double const number : {nan, 1.0, 2.0, 3.0, 4.0, 5.0})
        log.push_back({{number}, 1});
    for (double const number : {5.0, nan, 3.0, nan, 1.0, 4.0, nan, 2.0})
        book.push_back({{number}, 2});
    auto const joined = att::join(att::conversions(book, &record::who, &record::at),
                                  att::touchpoints(log, &record::who, &record::at));
    std::vector<std::size_t> lengths;
    joined.for_each_path(att::always, [&](auto const& steps) { lengths.push_back(steps.size()); });
    CHECK(lengths == std::vector<std::size_t>{1, 0, 1, 0, 1, 1, 0, 1});
}
