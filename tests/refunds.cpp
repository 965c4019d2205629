// SPDX-License-Identifier: BSL-1.0
#include <attribution/refunds.hpp>

#include "support/law.hpp"
#include "support/records.hpp"

#include <attribution/model/position_based.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <map>
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
        CHECK(result.credits[i].share == doctest::Approx(-ledger[i].share).epsilon(0.01));
        CHECK(result.refund[i] == 0);
    }
    auto const net = result.net | att::by(&touch::channel);
    CHECK(net.total() == 10);
    CHECK(net[0].amount == 4);
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
            support::holds(one.amount < 0);
            taken[one.touchpoint] -= one.amount;
        }
        for (auto const& earned : ledger)
            support::holds(taken[earned.touchpoint] == earned.amount);
    });
}
