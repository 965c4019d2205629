// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/accounting.hpp>

#include "support/law.hpp"
#include "support/records.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/records/sorted.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

using namespace support;
using att::outcome;

namespace {

template <class Count>
struct touched_by {
    outcome what = outcome::no_such_key;
    std::size_t part = att::no_row, conversion = att::no_row;
    Count credits = 0;
    cents amount{};
};
using touched = touched_by<std::size_t>;

struct converted {
    outcome what = outcome::no_such_key;
    std::size_t part = att::no_row, path_length = 0, first_credit = 0, credits = 0;
};

// clang++-14 deduces no argument of an alias.
template <class Touched = touched, class Journeys>
auto account_of(Journeys const& journeys) {
    return attribution::detail::accounting<Journeys, Touched, converted>{journeys};
}

auto many(std::size_t count, sale const& one) {
    return std::vector<sale>(count, one);
}

}  // namespace

TEST_CASE(
    "a touchpoint adds up what it earned from several conversions, and is told by the furthest") {
    std::vector<sale> const book{{1, 100, 10}, {1, 200, 30}, {2, 100, 7}};
    std::vector<touch> const log{{1, 95}, {1, 150}, {3, 10}};
    auto const journeys = att::join(sales(book), touches(log));
    auto account = account_of(journeys);
    account.convert_all(att::linear, att::lookback(110));

    CHECK(account.touched[0].amount == 25);
    CHECK(account.touched[0].credits == 2);
    CHECK(account.touched[0].conversion == 0);
    CHECK(account.touched[1].amount == 15);
    CHECK(account.touched[1].what == outcome::credited);
    CHECK(account.touched[1].conversion == 1);
    CHECK(account.touched[2].what == outcome::no_such_key);
    CHECK(account.converted[1].path_length == 2);
    CHECK(account.converted[1].first_credit == 1);
    CHECK(account.converted[1].credits == 2);
    CHECK(account.converted[2].what == outcome::no_such_key);
    CHECK(account.converted[2].credits == 1);  // the unattributed one
    CHECK(account.credits.size() == 4);
}

TEST_CASE("without credit beside one of its instant a tie is lost, elsewhere there was no weight") {
    std::vector<sale> const book{{1, 100, 10}};
    std::vector<touch> const log{{1, 90}, {1, 95}, {1, 95}};
    auto const journeys = att::join(sales(book), touches(log));
    auto account = account_of(journeys);
    account.convert_all(att::last_touch, att::always);
    CHECK(account.touched[0].what == outcome::zero_weight);
    CHECK(account.touched[1].what == outcome::lost_tie);
    CHECK(account.touched[2].what == outcome::credited);
}

TEST_CASE(
    "sums of touchpoints with several credits are kept apart, and so are their first conversions") {
    std::vector<sale> const book{
        {9, 100, 5}, {1, 100, 10}, {2, 100, 20}, {1, 101, 40}, {2, 101, 80}};
    std::vector<touch> const log{{2, 95}, {3, 95}, {1, 95}};
    auto const journeys = att::join(sales(book), touches(log));
    auto account = account_of(journeys);
    account.convert_all(att::linear, att::always);
    CHECK(account.touched[0].amount == 100);
    CHECK(account.touched[0].credits == 2);
    CHECK(account.touched[0].conversion == 2);
    CHECK(account.touched[1].credits == 0);
    CHECK(account.touched[1].conversion == att::no_row);
    CHECK(account.touched[2].amount == 50);
    CHECK(account.touched[2].conversion == 1);
}

TEST_CASE("there may be many more credits than records") {
    constexpr std::size_t conversions = 70, touchpoints = 50;
    auto const book = many(conversions, {1, 100, 5000});
    std::vector<touch> const log(touchpoints, {1, 95});
    auto const journeys = att::join(sales(book), touches(log));
    auto account = account_of(journeys);
    account.convert_all(att::linear, att::always);
    REQUIRE(account.credits.size() == conversions * touchpoints);
    std::size_t right = 0;
    for (std::size_t row = 0; row < conversions; ++row)
        for (std::size_t touch = 0; touch < touchpoints; ++touch)
            right += account.credits[row * touchpoints + touch] ==
                             att::credit<cents>{row, touch, 100, 1.0 / touchpoints}
                         ? 1U
                         : 0U;
    CHECK(right == conversions * touchpoints);
    CHECK(account.touched[touchpoints - 1].credits == conversions);
    CHECK(account.touched[touchpoints - 1].amount == 100 * conversions);
}

TEST_CASE("more credits of a touchpoint than its record can count are an error") {
    std::vector<touch> const log{{2, 95}, {1, 95}};
    auto const explain = [&](std::size_t conversions) {
        auto const book = many(conversions, {1, 100, 1});
        auto const journeys = att::join(sales(book), touches(log));
        auto account = account_of<touched_by<std::uint8_t>>(journeys);
        account.convert_all(att::linear, att::always);
        return account.touched[1];
    };
    CHECK(explain(255).credits == 255);
    CHECK(explain(255).amount == 255);
    CHECK_THROWS_WITH_AS((void)explain(256),
                         "explain: touchpoint row 1 has more credits than can be counted",
                         std::overflow_error);
}

TEST_CASE("records in their order are accounted for like the same ones in any order") {
    for_all_worlds([](random_numbers& draw) {
        std::vector<touch> log;
        std::vector<sale> book;
        for (auto i = draw.below(16); i > 0; --i)
            log.push_back({static_cast<int>(draw.below(4)), draw.between(0, 20)});
        for (auto i = draw.below(8); i > 0; --i)
            book.push_back({static_cast<int>(draw.below(5)), draw.between(0, 25), 1});
        auto const by_user_and_time = [](auto const& a, auto const& b) {
            return std::pair{a.user, a.at} < std::pair{b.user, b.at};
        };
        std::stable_sort(log.begin(), log.end(), by_user_and_time);
        std::stable_sort(book.begin(), book.end(), by_user_and_time);
        auto const check = [&](auto const& p) {
            auto const told = [&](auto const& journeys) {
                auto account = account_of(journeys);
                account.convert_all(att::linear, p);
                return account;
            };
            auto const some = told(att::join(sales(book), touches(log)));
            auto const other = told(att::join(att::sorted(sales(book)), att::sorted(touches(log))));
            holds(some.credits == other.credits);
            for (std::size_t row = 0; row < log.size(); ++row) {
                auto const& a = some.touched[row];
                auto const& b = other.touched[row];
                holds(std::tuple{a.what, a.part, a.conversion, a.credits, a.amount} ==
                      std::tuple{b.what, b.part, b.conversion, b.credits, b.amount});
            }
        };
        check(att::lookback(draw.between(0, 12)));
        check(att::between([](sale const& one) { return one.at - 5; },
                           [](sale const& one) { return one.at + 3; }));
    });
}

namespace {

/// A test that says less of what it refuses than a window does of what is too early, or the same.
template <outcome Refusal = outcome::after_window>
struct not_in_row : att::policy_tag {
    static constexpr outcome refusal = Refusal;
    std::size_t row;

    explicit not_in_row(std::size_t refused) : row{refused} {}
    template <class Step>
    bool operator()(Step const& s) const {
        return s.row() != row;
    }
};

/// A window that ends before some conversions, and reaches others.
struct early_for_odd_times : att::policy_tag {
    template <class Anchor>
    auto window(Anchor const& about) const {
        return att::interval<tick>{about.at() - 9, about.at() - (about.at() % 2 == 0 ? 0 : 4)};
    }
};

/// Every pair of a conversion and a touchpoint judged by itself, and nothing left out.
template <class Policy>
void judged_one_by_one(std::vector<sale> const& book, std::vector<touch> const& log,
                       Policy const& p) {
    auto const journeys = att::join(sales(book), touches(log));
    using step = att::step<typename decltype(journeys)::anchor_type>;
    std::vector<touched> expected(log.size());
    std::vector<std::size_t> lengths;
    for (std::size_t row = 0; row < book.size(); ++row) {
        auto const about = journeys.anchor_of(row);
        lengths.push_back(0);
        journeys.for_each_candidate(row, [&](auto const& candidate) {
            auto const verdict = att::detail::judge(p, step{about, candidate});
            lengths.back() += verdict.admitted() ? 1U : 0U;
            auto& one = expected[candidate.row];
            if (one.conversion == att::no_row ||
                att::detail::further(verdict.what, verdict.part, one.what, one.part)) {
                one.what = verdict.what;
                one.part = verdict.part;
                one.conversion = row;
            }
        });
    }
    auto account = account_of(journeys);
    account.convert_all(att::linear, p);
    for (std::size_t row = 0; row < log.size(); ++row) {
        holds(account.touched[row].what == expected[row].what);
        holds(account.touched[row].part == expected[row].part);
        holds(account.touched[row].conversion == expected[row].conversion);
    }
    for (std::size_t row = 0; row < book.size(); ++row)
        holds(account.converted[row].path_length == lengths[row]);
}

}  // namespace

TEST_CASE("what lies outside of the windows is told as if each pair had been judged") {
    for_all_worlds([](random_numbers& draw) {
        std::vector<touch> log;
        std::vector<sale> book;
        for (auto i = draw.below(12); i > 0; --i)
            log.push_back({static_cast<int>(draw.below(2)), draw.between(0, 20)});
        for (auto i = draw.below(5); i > 0; --i)
            book.push_back({static_cast<int>(draw.below(3)), draw.between(0, 25), 1});
        auto const length = draw.between(0, 12);
        auto const least = draw.between(0, 6);
        auto const odd = att::where([](touch const& one) { return one.at % 2 == 1; });
        auto const check = [&](auto const& p) { judged_one_by_one(book, log, p); };
        check(att::always);
        check(odd);
        check(att::lookback(length));
        check(att::minimum_age(least));
        check(att::lookback(length) && odd);
        check(odd && att::lookback(length));
        check(att::minimum_age(least) && att::lookback(length) && att::lookback(5));
        check(att::lookback(length) && not_in_row<>{1});
        check(not_in_row<>{0} && att::minimum_age(least) && att::lookback(length));
        check(att::lookback(length) && not_in_row<outcome::before_window>{1});
        check(not_in_row<outcome::before_window>{0} && att::lookback(length));
        check(early_for_odd_times{});
        check(early_for_odd_times{} && odd);
        check(att::since_previous_conversion);
        check(att::lookback(length) && att::since_previous_conversion);
        check(!att::lookback(length));
        check(att::lookback(least) || odd);
        check(att::between([](sale const& one) { return one.at - 5; },
                           [](sale const& one) { return one.at + 3; }));
    });
}

TEST_CASE("a window that ends before its conversion hides no other conversion's end") {
    std::vector<sale> const book{{1, 11, 1}, {1, 4, 1}};
    std::vector<touch> const log{{1, 8}, {1, 9}};
    judged_one_by_one(book, log, early_for_odd_times{});
    auto const journeys = att::join(sales(book), touches(log));
    auto account = account_of(journeys);
    account.convert_all(att::linear, early_for_odd_times{});
    for (auto const& one : account.touched) {
        CHECK(one.what == outcome::after_window);
        CHECK(one.part == 1);  // after a conversion, not only after a window
        CHECK(one.conversion == 1);
    }
}

TEST_CASE("a test that refuses with less than a window hides no later conversion's window") {
    std::vector<sale> const book{{1, 10, 1}, {1, 30, 1}};
    std::vector<touch> const log{{1, 8}, {1, 5}};
    auto const p = att::lookback(6) && not_in_row<>{1};
    judged_one_by_one(book, log, p);
    auto const journeys = att::join(sales(book), touches(log));
    auto account = account_of(journeys);
    account.convert_all(att::linear, p);
    CHECK(account.touched[0].what == outcome::credited);
    CHECK(account.touched[1].what == outcome::before_window);
    CHECK(account.touched[1].conversion == 1);
}
