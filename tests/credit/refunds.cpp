// SPDX-License-Identifier: BSL-1.0
#include <attribution/credit/refunds.hpp>

#include "support/law.hpp"
#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/reconcile.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace support;

namespace {

struct order {
    int id;
    int user;
    tick at;
    cents value;
};
struct refund {
    int order;
    tick at;
    cents value;
};

auto sold(std::vector<order> const& book, auto const& history) {
    return att::attribute(att::conversions(book, &order::user, &order::at, &order::value),
                          touches(history), att::position_based());
}
auto undone(std::vector<refund> const& history) {
    return att::conversions(history, &refund::order, &refund::at, &refund::value);
}

auto const history = path_through('a', 'b', 'c');

}  // namespace

TEST_CASE("a full refund takes back every credit, touch by touch") {
    std::vector<order> const book{{7, 1, 100, 999}, {8, 1, 100, 10}};
    std::vector<refund> const refunds{{7, 120, -999}};
    auto const ledger = sold(book, history);
    auto const result = att::take_back(ledger, undone(refunds), &order::id);
    REQUIRE(result.credits.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(result.credits[i].touchpoint == ledger[i].touchpoint);
        CHECK(result.credits[i].amount == -ledger[i].amount);
        CHECK(result.credits[i].share == -ledger[i].share);
        CHECK(result.refund[i] == 0);
    }
    auto const net = result.net | att::by(&touch::channel);
    CHECK(net.total() == 10);
    CHECK(net[0].amount == 4);
    CHECK(net[0].conversions == ledger[3].share);  // of the other sale alone
    CHECK_NOTHROW(att::reconcile(result.net).check());
    CHECK(att::reconcile(result.net)[0].value_in == 10);
}

TEST_CASE("a tally shows the conversions that were not taken back, exactly") {
    std::vector<order> const book{{7, 1, 100, 1}, {8, 1, 100, 100}};
    auto const conversions_after = [&](std::vector<refund> const& refunds) {
        auto const result = att::take_back(
            att::attribute(att::conversions(book, &order::user, &order::at, &order::value),
                           touches(history), att::linear),
            undone(refunds), &order::id);
        CHECK_NOTHROW(att::reconcile(result.net).check());
        double sum = 0;
        for (auto const& row : result.net | att::by(&touch::channel)) {
            CHECK(row.conversions >= 0);
            sum += row.conversions;
        }
        return sum;
    };
    CHECK(conversions_after({}) == doctest::Approx(2));
    CHECK(conversions_after({{8, 120, -40}}) == doctest::Approx(1.6));
    CHECK(conversions_after({{8, 120, -40}, {8, 121, -30}}) == doctest::Approx(1.3));
    // A cent has three touchpoints, and two of them earned nothing but their share.
    CHECK(conversions_after({{7, 119, -1}, {8, 120, -40}, {8, 121, -60}}) == 0);
    CHECK(conversions_after({{7, 119, -5}, {8, 120, -40}, {8, 121, -500}}) == 0);
}

TEST_CASE("money back on a sale worth nothing is unattributed, and the sale still one") {
    std::vector<order> const book{{7, 1, 100, 0}};
    std::vector<refund> const refunds{{7, 120, -500}};
    auto const result = att::take_back(sold(book, history), undone(refunds), &order::id);
    CHECK(result.credits == std::vector<att::credit<cents>>{{0, att::no_row, -500, 0.0}});
    CHECK(result.excessive == std::vector<std::size_t>{0});
    CHECK_NOTHROW(att::reconcile(result.net).check());
    double conversions = 0;
    for (auto const& row : result.net | att::by(&touch::channel))
        conversions += row.conversions;
    CHECK(conversions == doctest::Approx(1));
    std::vector<refund> const wrong{{7, 120, 500}};
    CHECK_THROWS_AS((void)att::take_back(sold(book, history), undone(wrong), &order::id),
                    std::invalid_argument);
}

TEST_CASE("more refunds can be taken back from what earlier ones left") {
    std::vector<order> const book{{7, 1, 100, 10}, {8, 2, 100, 6}};
    std::vector<refund> const all{{7, 120, -3}, {8, 125, -9}, {7, 130, -7}, {7, 131, -1}};
    auto const at_once = att::take_back(sold(book, history), undone(all), &order::id);
    std::vector<refund> const first{all[0], all[1]};
    std::vector<refund> const second{all[2], all[3]};
    auto const before = att::take_back(sold(book, history), undone(first), &order::id);
    auto const after = att::take_back(before.net, undone(second), &order::id);
    auto credits = before.credits;
    credits.insert(credits.end(), after.credits.begin(), after.credits.end());
    CHECK(credits == at_once.credits);
    CHECK(std::equal(after.net.begin(), after.net.end(), at_once.net.begin(), at_once.net.end()));
    CHECK(after.net.changes().size() == 4);
    CHECK_NOTHROW(att::reconcile(after.net).check());
}

TEST_CASE("floating amounts: parts add up to the refund, and a full one leaves nothing") {
    struct priced {
        int id;
        int user;
        tick at;
        double value;
    };
    std::vector<priced> const book{{7, 1, 100, 10.01}, {8, 1, 100, 1e300}, {9, 1, 100, 0}};
    std::vector<priced> const refunds{{7, 0, 120, -5.0},   {7, 0, 121, -5.01}, {8, 0, 120, -3e299},
                                      {8, 0, 121, -1e301}, {9, 0, 120, -1.5},  {5, 0, 120, -1}};
    auto const ledger =
        att::attribute(att::conversions(book, &priced::user, &priced::at, &priced::value),
                       touches(history), att::linear);
    auto const undo = [](auto const& log) {
        return att::conversions(log, &priced::id, &priced::at, &priced::value);
    };
    auto const result = att::take_back(ledger, undo(refunds), &priced::id);
    CHECK(result.unmatched == std::vector<std::size_t>{5});
    CHECK(result.excessive == std::vector<std::size_t>{4, 3});
    std::map<std::size_t, double> by_refund;
    std::map<std::pair<std::size_t, std::size_t>, att::tally<double>> left;
    for (std::size_t i = 0; i < result.credits.size(); ++i)
        by_refund[result.refund[i]] += result.credits[i].amount;
    for (auto const& [row, sum] : by_refund)
        CHECK(sum == doctest::Approx(refunds[row].value).epsilon(1e-14));
    for (auto const& one : result.net)
        left[{one.conversion, one.touchpoint}].add(one);
    for (std::size_t sale : {0U, 1U})
        for (std::size_t touchpoint : {0U, 1U, 2U}) {
            auto const rest = left[{sale, touchpoint}].finish();
            CHECK(rest.amount == 0);
            CHECK(rest.conversions == 0);
        }
    CHECK_NOTHROW(att::reconcile(result.net).check());

    std::vector<priced> const not_finite{{7, 0, 120, -std::numeric_limits<double>::infinity()}};
    CHECK_THROWS_WITH_AS((void)att::take_back(ledger, undo(not_finite), &priced::id),
                         "take_back: the value of the refund in row 0 is not a finite number",
                         std::domain_error);
}

TEST_CASE("a refund whose time is not a number is refused by its row") {
    struct later {
        int id;
        double at;
        cents value;
    };
    std::vector<later> const refunds{{7, 1, -1}, {7, std::numeric_limits<double>::quiet_NaN(), -1}};
    std::vector<order> const book{{7, 1, 100, 10}};
    CHECK_THROWS_WITH_AS(
        (void)att::take_back(sold(book, history),
                             att::conversions(refunds, &later::id, &later::at, &later::value),
                             &order::id),
        "take_back: the time of the refund in row 1 is not a number", std::domain_error);
}

TEST_CASE("ids that are missing are nobody's") {
    constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
    auto const matched = [](auto sale_ids, auto refund_ids) {
        struct named {
            typename decltype(sale_ids)::value_type id;
            int user;
            tick at;
            cents value;
        };
        struct named_refund {
            typename decltype(refund_ids)::value_type id;
            tick at;
            cents value;
        };
        std::vector<named> book;
        for (auto const& id : sale_ids)
            book.push_back({id, 1, 100, 10});
        std::vector<named_refund> refunds;
        for (auto const& id : refund_ids)
            refunds.push_back({id, 120, -3});
        auto const result = att::take_back(
            att::attribute(att::conversions(book, &named::user, &named::at, &named::value),
                           touches(history), att::linear),
            att::conversions(refunds, &named_refund::id, &named_refund::at, &named_refund::value),
            &named::id);
        std::vector<std::size_t> rows;  // of sales, by refund
        for (std::size_t i = 0; i < result.credits.size(); i += 3)
            rows.push_back(result.credits[i].conversion);
        CHECK(rows.size() + result.unmatched.size() == refunds.size());
        return rows;
    };
    using rows = std::vector<std::size_t>;
    using text = std::optional<std::string>;
    CHECK(matched(std::vector<text>{"x", {}, {}}, std::vector<text>{{}, "x", "y"}) == rows{0});
    CHECK(matched(std::vector<std::string>{"x", ""}, std::vector<text>{{}, "", "x"}) == rows{1, 0});
    CHECK(matched(std::vector<text>{{}, "x"}, std::vector<char const*>{"x", "y"}) == rows{1});
    CHECK(matched(std::vector<double>{no_number, 0.0, no_number},
                  std::vector<double>{no_number, -0.0}) == rows{1});
    CHECK(matched(std::vector<std::optional<int>>{{}, 0},
                  std::vector<std::optional<long>>{0L, {}}) == rows{1});
    // Of two types: no digit is lost on the way.
    CHECK(matched(std::vector<std::int32_t>{1}, std::vector<std::int64_t>{4'294'967'297, 1}) ==
          rows{0});
    CHECK(matched(std::vector<std::int64_t>{4'294'967'297}, std::vector<std::int32_t>{1}).empty());
    CHECK(matched(std::vector<std::int32_t>{3}, std::vector<double>{3.5, 3.0}) == rows{0});
}

TEST_CASE("credits of rows that do not exist, and that no attribution gives, are refused") {
    std::vector<order> const book{{7, 1, 100, 10}};
    std::vector<refund> const refunds{{7, 120, -3}};
    auto const good = sold(book, history);
    auto const refused = [&](att::credit<cents> const& bad) {
        using ledger_type = std::remove_const_t<decltype(good)>;
        ledger_type::credits_type credits(good.begin(), good.end());
        credits.push_back(bad);
        ledger_type const ledger{good.conversions(), good.touchpoints(), credits};
        CHECK_THROWS_AS((void)att::take_back(ledger, undone(refunds), &order::id),
                        std::logic_error);
    };
    refused({1, 0, 1, 1.0});
    refused({0, 0, 1, 7.0});
    refused({0, 0, 1, std::numeric_limits<double>::quiet_NaN()});
    refused({0, 0, 1, 0.9});  // more than the whole sale
}

TEST_CASE("partial refunds that add up to the sale take back all of it") {
    // 40/20/40 of 10 is 4, 2, 4. A refund of 3 takes 1, 1, 1 (quotas 1.2, 0.6, 1.2).
    std::vector<order> const book{{7, 1, 100, 10}};
    std::vector<refund> const refunds{{7, 130, -7}, {7, 120, -3}};  // the later one first
    auto const result = att::take_back(sold(book, history), undone(refunds), &order::id);
    std::vector<cents> amounts;
    for (auto const& one : result.credits)
        amounts.push_back(one.amount);
    CHECK(amounts == std::vector<cents>{-1, -1, -1, -3, -1, -3});
    CHECK(result.refund == std::vector<std::size_t>{1, 1, 1, 0, 0, 0});
    CHECK((result.net | att::by(&touch::channel)).total() == 0);
}

TEST_CASE("nothing is clipped: excess and strangers are told") {
    std::vector<order> const book{{7, 1, 100, 10}, {8, 2, 100, 6}};
    std::vector<refund> const refunds{
        {7, 120, -12}, {9, 120, -5}, {7, 125, -1}, {8, 120, -2}, {7, 119, 0}};
    auto const result = att::take_back(sold(book, history), undone(refunds), &order::id);
    CHECK(result.unmatched == std::vector<std::size_t>{1});
    CHECK(result.excessive == std::vector<std::size_t>{0, 2});
    auto const net = result.net | att::by(&touch::channel);
    CHECK(net.total() == 16 - 12 - 1 - 2);
    CHECK(net.unattributed() == 6 - 2 - 2 - 1);  // the unattributed sale is refunded unattributed
}

TEST_CASE("a refund of a negative sale is positive; the limits hold") {
    constexpr auto least = std::numeric_limits<cents>::min();
    constexpr auto most = std::numeric_limits<cents>::max();
    std::vector<order> const book{{1, 1, 100, -10}, {2, 1, 100, most}, {3, 1, 100, least}};
    std::vector<refund> const refunds{{1, 120, 10}, {2, 120, -most}, {3, 120, most}, {3, 121, 1}};
    auto const result = att::take_back(sold(book, history), undone(refunds), &order::id);
    CHECK(result.excessive.empty());
    std::map<std::pair<std::size_t, std::size_t>, att::detail::int128> left;
    for (auto const& one : result.net)
        left[{one.conversion, one.touchpoint}] += one.amount;
    CHECK(left.size() == 9);
    for (auto const& [place, amount] : left)
        CHECK(amount == 0);
}

TEST_CASE("what cannot be linked is refused") {
    std::vector<order> const twice{{7, 1, 100, 10}, {7, 1, 100, 10}};
    std::vector<refund> const refunds{{7, 120, -3}};
    CHECK_THROWS_WITH(
        (void)att::take_back(sold(twice, history), undone(refunds), &order::id),
        "take_back: the sale in row 1 has the id of an earlier one; which is refunded?");
    std::vector<order> const book{{7, 1, 100, 10}};
    std::vector<refund> const wrong{{7, 120, 3}};
    CHECK_THROWS_WITH((void)att::take_back(sold(book, history), undone(wrong), &order::id),
                      "take_back: the refund in row 0 has the sign of its sale; a refund of a "
                      "positive sale is negative");
}

TEST_CASE("law: refunds never take more from a touchpoint than it earned") {
    support::for_all_worlds([](support::random_numbers& draw) {
        std::vector<touch> touched;
        for (auto i = draw.below(6); i > 0; --i)
            touched.push_back({1, draw.between(0, 50)});
        std::vector<order> const book{{1, 1, 40, draw.between(1, 30)}};
        std::vector<refund> refunds;
        cents left = book[0].value;
        while (left > 0) {
            auto const part = draw.between(1, left);
            refunds.push_back({1, draw.between(50, 90), -part});
            left -= part;
        }
        auto const ledger = sold(book, touched);
        auto const result = att::take_back(ledger, undone(refunds), &order::id);
        support::holds(result.excessive.empty());
        std::map<std::size_t, cents> taken;
        for (auto const& one : result.credits) {
            support::holds(one.amount <= 0 && one.share < 0);
            taken[one.touchpoint] -= one.amount;
        }
        for (auto const& earned : ledger)
            support::holds(taken[earned.touchpoint] == earned.amount);
    });
}
