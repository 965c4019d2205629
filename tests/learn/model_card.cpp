// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/model_card.hpp>

#include "learn/reference.hpp"
#include "support/fields.hpp"

#include <date/date.h>
#include <doctest/doctest.h>

#include <sstream>

namespace att = attribution;
using namespace std::chrono_literals;

TEST_CASE("model_card: says what was learned from what") {
    struct visit {
        int user;
        date::sys_seconds at;
        char channel;
    };
    struct buy {
        int user;
        date::sys_seconds at;
        std::int64_t cents;
    };
    auto const day = [](unsigned d) {
        return date::sys_days{date::year{2026} / 3 / date::day{d}} + 9h + 5min;
    };
    std::vector<visit> const log{
        {1, day(1), 'a'}, {1, day(2), 'b'}, {2, day(2), 'b'}, {3, day(30), 'c'}};
    std::vector<buy> const book{{1, day(3), 1999}, {9, day(4), 500}};
    auto const m = att::fit(att::conversions(book, &buy::user, &buy::at, &buy::cents),
                            att::touchpoints(log, &visit::user, &visit::at),
                            att::markov(&visit::channel), att::always, att::until(day(20)));
    std::ostringstream text;
    text << m.card();
    CHECK(text.str() == "Markov chain of order 1, repeats collapsed, weighed by conversions\n"
                        "  rows                  2\n"
                        "  conversions           1, worth 1999\n"
                        "  without conversion    1\n"
                        "  P(conversion)         0.5\n"
                        "  channels              2\n"
                        "  touchpoints           2026-03-01 09:05:00 to 2026-03-02 09:05:00\n"
                        "  windows end           2026-03-20 09:05:00\n"
                        "  left out              1 conversions without a touchpoint, worth 500\n"
                        "  customers left out    1\n"
                        "  states                2\n"
                        "  hops between them     1\n");
}

TEST_CASE("model_card: a long name pushes what it names aside") {
    att::model_card card;
    card.more.emplace_back("a name of an estimator's own", "5");
    CHECK(card.text().ends_with("\n  a name of an estimator's own 5\n"));
    card.more.emplace_back("of as many as 22 bytes", "6");
    CHECK(card.text().ends_with("\n  of as many as 22 bytes 6\n"));
}

TEST_CASE("evidence merges whole, or not at all") {
    att::evidence<int> few;
    few.rows = 1;
    few.conversions = 2;
    few.nulls = 3;
    few.value.add(7);
    few.pathless_conversions = 4;
    few.pathless_value.add(5);
    few.pathless_customers = 6;
    few.touchpoints.add({1, false});
    few.window_ends.add({2, false});
    auto other = few;
    other.touchpoints.add({11, false});
    other.window_ends.add({12, false});
    auto both = few;
    both.merge(other);
    static_assert(support::field_count<att::evidence<int>>() == 9, "each is looked at");
    CHECK(both.rows == 2);
    CHECK((both.conversions == 4 && both.nulls == 6));
    CHECK(both.paths() == 10);
    CHECK(both.value.value() == 14);
    CHECK(both.pathless_conversions == 8);
    CHECK(both.pathless_value.value() == 10);
    CHECK(both.pathless_customers == 12);
    CHECK(both.touchpoints.text() == "1 to 11");
    CHECK(both.window_ends.text() == "2 to 12");

    att::evidence<int> many;
    many.nulls = UINT64_MAX;
    CHECK_THROWS_AS(many.merge(few), std::overflow_error);
    CHECK(many.rows == 0);
    CHECK(many.conversions == 0);
}

TEST_CASE("evidence lists all of its members") {
    CHECK(support::lists_all_members<attribution::evidence<long>>());
    CHECK(support::lists_all_members<attribution::evidence<double>>());
}
