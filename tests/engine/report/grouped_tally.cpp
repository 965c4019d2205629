// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/grouped_tally.hpp>

#include "report/lines.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace support;

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

TEST_CASE("values and groups that come after very many others are still told apart") {
    auto const groups_of = [](std::vector<int> const& numbers, auto const&... projections) {
        std::vector<touch> log;
        for (auto const number : numbers)
            log.push_back({1, 0, 'a', number});
        std::vector<sale> const one{{1, 9, 1'000'000}};
        auto const report =
            att::attribute(sales(one), touches(log), att::linear) | att::by(projections...);
        std::size_t last_seen_twice = 0;
        for (std::size_t i = 0; i < report.size(); ++i)
            if (report[i].credits == 2)
                last_seen_twice = i;
        return std::pair{report.size() - 1, last_seen_twice};  // without the unattributed one
    };
    std::vector<int> values;
    for (int i = 0; i < 70'000; ++i)
        values.push_back(5'000 + i);
    for (int i = 0; i < 40; ++i)
        values.push_back(i / 2);
    CHECK(groups_of(values, &touch::usage) == std::pair{values.size() - 20, std::size_t{19}});

    // Few values of each of two dimensions that meet for the first time when there are many pairs.
    std::vector<int> pairs;
    for (int i = 0; i < 20; ++i)
        pairs.push_back(1'001 * i);
    for (int i = 0; i < 70'000; ++i)
        pairs.push_back(100'000 + i);
    for (int i = 0; i < 38; ++i)
        pairs.push_back(1'001 * (i / 2) + 1);
    CHECK(groups_of(
              pairs, [](touch const& t) { return t.usage / 1'000; },
              [](touch const& t) { return t.usage % 1'000; }) ==
          std::pair{pairs.size() - 19, std::size_t{37}});
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

TEST_CASE("credits of other records are refused by their row") {
    auto const groups = att::by(&touch::channel, &sale::region);
    auto const all = att::attribute(sales(book), touches(visits), att::linear);
    std::vector<sale> const few(book.begin(), book.begin() + 1);
    auto tally = groups.bind(sales(few), all.touchpoints());
    CHECK_THROWS_WITH_AS(tally({1, 0, 5, 1.0}),
                         "by: a credit is of conversion row 1, and there are 1; add up credits "
                         "with the records that they name",
                         std::out_of_range);
    CHECK_THROWS_WITH_AS(tally({0, visits.size(), 5, 1.0}),
                         "by: a credit is of touchpoint row 5, and there are 5; add up credits "
                         "with the records that they name",
                         std::out_of_range);
    CHECK_THROWS_AS(tally({att::no_row, att::no_row, 5, 1.0}), std::out_of_range);
    tally({0, att::no_row, 5, 1.0});  // nobody's, not a row
    CHECK(tally.finish().total() == 5);
}

TEST_CASE("a credit that cannot be added leaves the groups as they were") {
    auto const groups = att::by(&touch::channel);
    auto const journeys = att::join(sales(book), touches(visits));
    auto tally = groups.bind(journeys.conversions(), journeys.touchpoints());
    auto const none = tally.places();
    for (double const share : {1.5, -1.5, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(tally(att::credit<cents>{0, 0, 5, share}), std::domain_error);
    CHECK(tally.places() == none);
    CHECK_THROWS_AS(tally(att::credit<cents>{book.size(), 0, 5, 1.0}), std::out_of_range);
    CHECK_THROWS_AS(tally(att::credit<cents>{0, visits.size(), 5, 1.0}), std::out_of_range);
    CHECK(tally.places() == none);
}

TEST_CASE("tallies that cannot be merged stay as they were, in every group") {
    auto const groups = att::by(&touch::channel);
    auto const journeys = att::join(sales(book), touches(visits));
    auto const bind = [&] { return groups.bind(journeys.conversions(), journeys.touchpoints()); };
    auto whole = bind();
    auto part = bind();
    att::credit<cents> const first{0, 0, 5, 1.0};
    std::size_t other = 0;
    while (visits[other].channel == visits[0].channel)
        ++other;
    att::credit<cents> const second{0, other, 7, 1.0};
    for (auto* const one : {&whole, &part}) {
        (*one)(first);
        (*one)(second);
    }
    auto const place = whole.place_of(0, other);
    whole.add(place, att::portion_sum{1, 0, att::tally<cents>::most_credits - 1}, 0);
    auto const before = text(whole.finish());
    CHECK_THROWS_AS(whole.merge(part), std::overflow_error);
    CHECK(text(whole.finish()) == before);
}
