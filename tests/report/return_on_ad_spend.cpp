// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/return_on_ad_spend.hpp>

#include "report/records.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/month_of.hpp>

#include <date/date.h>
#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;
using journey_world::sale, journey_world::touch, journey_world::world;
using report_records::order, report_records::seen, report_records::sold, report_records::visit;

namespace {

struct cost {
    char channel;
    int period;
    long long cents;
};

// Linear: A earns 50 + 30, B 50, nobody 9. The tens of the time are the period.
constexpr std::array<visit, 3> visits{{{1, 11, 'A'}, {1, 22, 'B'}, {2, 12, 'A'}}};
constexpr std::array<order, 3> orders{{{1, 25, 100}, {2, 31, 30}, {3, 31, 9}}};
constexpr std::array<cost, 5> costs{
    {{'A', 1, 30}, {'A', 1, 10}, {'A', 2, 5}, {'B', 2, 0}, {'C', 1, 7}}};

constexpr int tens_of_visit(visit const& v) {
    return v.at / 10;
}
constexpr int tens_of_order(order const& o) {
    return o.at / 10;
}

constexpr auto ledger() {
    return att::attribute(sold(orders), seen(visits), att::linear);
}
constexpr auto spent() {
    return att::spending(costs, &cost::channel, &cost::period, &cost::cents);
}

constexpr bool test() {
    auto const table = ledger() | att::return_on_ad_spend(spent(), &visit::channel, tens_of_visit);
    bool good = table.size() == 5;
    // A in period 1: 80 for 40, 1.5 conversions.
    auto const& a1 = table[0];
    good = good && a1.channel == 'A' && a1.period == 1 && a1.spend == 40 && a1.spend_rows == 2 &&
           a1.amount == 80 && a1.conversions == 1.5 && a1.credits == 2 && a1.roi() == 1.0 &&
           a1.roas() == 2.0 && a1.cost_per_conversion() == 40 / 1.5;
    // A in period 2: spend without credit.
    auto const& a2 = table[1];
    good = good && a2.channel == 'A' && a2.period == 2 && a2.spend == 5 && a2.credits == 0 &&
           a2.roi() == -1.0 && a2.roas() == 0.0 && !a2.cost_per_conversion();
    // B: a row of spend that says 0.
    auto const& b = table[2];
    good = good && b.channel == 'B' && b.spend == 0 && b.spend_rows == 1 && b.amount == 50 &&
           !b.roi() && !b.roas() && b.cost_per_conversion() == 0.0;
    // C: a channel without touchpoints.
    auto const& c = table[3];
    good = good && c.channel == 'C' && c.period == 1 && c.spend == 7 && c.amount == 0;
    auto const& nobody = table[4];
    good = good && !nobody.channel && !nobody.period && nobody.amount == 9 &&
           nobody.spend_rows == 0 && !nobody.roi();

    auto const total = table.total();
    good = good && total.spend == 52 && total.amount == 139 && total.conversions == 3.0 &&
           total.spend_rows == 5;
    auto const channels = table.over_periods();
    return good && channels.size() == 4 && channels[0].channel == 'A' && !channels[0].period &&
           channels[0].spend == 45 && channels[0].amount == 80 && channels[0].spend_rows == 3 &&
           !channels[3].channel && channels[3].amount == 9;
}
static_assert(test());

constexpr bool by_period_of_order() {
    // The same, but by the time of the order: A earns 50 in period 2, 30 in period 3.
    auto const table = ledger() | att::return_on_ad_spend(spent(), &visit::channel, tens_of_order);
    return table.size() == 6 && table[0].period == 1 && table[0].credits == 0 &&
           table[1].period == 2 && table[1].amount == 50 && table[1].spend == 5 &&
           table[1].roi() == 9.0 && table[2].period == 3 && table[2].amount == 30 &&
           table[2].spend_rows == 0 && !table[2].roi() &&  // credit without spend
           !table[2].cost_per_conversion() && !table[5].channel && table[5].period == 3 &&
           table[5].amount == 9;
}
static_assert(by_period_of_order());

}  // namespace

TEST_CASE("return_on_ad_spend: worked example") {
    CHECK(test());
    CHECK(by_period_of_order());
}

TEST_CASE("return_on_ad_spend: as the sink of attribute, text channels, months") {
    struct seen {
        int user;
        date::sys_seconds at;
        std::string channel;
    };
    struct paid {
        int user;
        date::sys_seconds at;
        double euros;
    };
    struct budget {
        char const* channel;
        date::year_month month;
        double euros;
    };
    using namespace date::literals;
    using namespace std::chrono_literals;
    std::vector<seen> const log{{1, date::sys_days{2026_y / 1 / 31} + 23h, "mail"},
                                {1, date::sys_days{2026_y / 2 / 1}, "mail"}};
    std::vector<paid> const book{{1, date::sys_days{2026_y / 2 / 2}, 10.5}};
    std::vector<budget> const plan{{"mail", 2026_y / 1, 5.25}, {"mail", 2026_y / 3, 1.0}};
    auto const joined = att::join(att::conversions(book, &paid::user, &paid::at, &paid::euros),
                                  att::touchpoints(log, &seen::user, &seen::at));
    auto const spend = att::spending(plan, &budget::channel, &budget::month, &budget::euros);
    auto const by_touch =
        att::attribute(joined, att::linear, att::always,
                       att::return_on_ad_spend(spend, &seen::channel, att::month_of(&seen::at)));
    REQUIRE(by_touch.size() == 4);
    CHECK(by_touch[0].channel == "mail");
    CHECK(by_touch[0].period == 2026_y / 1);
    CHECK(by_touch[0].roi() == 0.0);
    CHECK(by_touch[1].period == 2026_y / 2);
    CHECK(by_touch[1].spend_rows == 0);
    CHECK(by_touch[2].period == 2026_y / 3);
    CHECK(by_touch[2].roi() == -1.0);
    auto const by_sale =
        att::attribute(joined, att::linear, att::always,
                       att::return_on_ad_spend(spend, &seen::channel, att::month_of(&paid::at)));
    REQUIRE(by_sale.size() == 3);  // every conversion was reached
    CHECK(by_sale[1].amount == 10.5);
}

TEST_CASE("return_on_ad_spend: the same bytes from parts, the limits of integers, money") {
    constexpr auto most = std::numeric_limits<long long>::max();
    std::vector<cost> const dear{{'A', 1, most}};
    std::vector<order> const loss{{1, 25, std::numeric_limits<long long>::min()}};
    std::vector<visit> const one{{1, 11, 'A'}};
    auto const table =
        att::attribute(sold(loss), seen(one), att::linear) |
        att::return_on_ad_spend(att::spending(dear, &cost::channel, &cost::period, &cost::cents),
                                &visit::channel, tens_of_visit);
    CHECK(table[0].roi() == -2.0);
    CHECK(table[0].roas() == -1.0);

    std::vector<cost> const too_much{{'A', 1, most}, {'A', 1, 1}};
    CHECK_THROWS_AS(
        (void)(ledger() | att::return_on_ad_spend(
                              att::spending(too_much, &cost::channel, &cost::period, &cost::cents),
                              &visit::channel, tens_of_visit)),
        std::overflow_error);

    struct euro {};
    struct priced {
        int user;
        int at;
        att::money<euro> price;
    };
    struct fee {
        char channel;
        int period;
        att::money<euro> price;
    };
    std::vector<priced> const book{{1, 25, att::money<euro>{300}}};
    std::vector<fee> const fees{{'A', 1, att::money<euro>{200}}};
    auto const in_money =
        att::attribute(att::conversions(book, &priced::user, &priced::at, &priced::price),
                       seen(one), att::linear) |
        att::return_on_ad_spend(att::spending(fees, &fee::channel, &fee::period, &fee::price),
                                &visit::channel, tens_of_visit);
    CHECK(in_money[0].roi() == 0.5);
    CHECK(in_money.total().spend == att::money<euro>{200});

    auto const whole = ledger();
    auto const groups = att::return_on_ad_spend(spent(), &visit::channel, tens_of_visit);
    auto a = groups.bind(whole.conversions(), whole.touchpoints());
    auto b = groups.bind(whole.conversions(), whole.touchpoints());
    for (std::size_t i = 0; i < whole.size(); ++i)
        (i % 2 == 0 ? a : b)(whole[i]);
    b.merge(a);
    auto const parts = b.finish();
    auto const together = whole | groups;
    REQUIRE(parts.size() == together.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        CHECK(parts[i].channel == together[i].channel);
        CHECK(parts[i].amount == together[i].amount);
        CHECK(parts[i].spend == together[i].spend);
    }
}

TEST_CASE("return_on_ad_spend: never infinite, negative spend has no return") {
    struct dcost {
        char channel;
        int period;
        double value;
    };
    struct dorder {
        int user;
        int at;
        double value;
    };
    std::vector<dorder> const book{{1, 25, 1e300}};
    std::vector<visit> const one{{1, 11, 'A'}};
    auto const run = [&](double spend) {
        std::vector<dcost> const plan{{'A', 1, spend}};
        return (att::attribute(att::conversions(book, &dorder::user, &dorder::at, &dorder::value),
                               seen(one), att::linear) |
                att::return_on_ad_spend(
                    att::spending(plan, &dcost::channel, &dcost::period, &dcost::value),
                    &visit::channel, tens_of_visit))[0];
    };
    CHECK(run(1e300).roi() == 0.0);
    CHECK_FALSE(run(0.0).roi());
    CHECK_FALSE(run(-0.0).roas());
    CHECK_FALSE(run(-5.0).roi());
    CHECK_FALSE(run(1e-300).roi());  // 1e600 is no double
    CHECK_FALSE(run(1e-300).roas());
    CHECK_THROWS_WITH_AS(run(std::numeric_limits<double>::infinity()),
                         "return_on_ad_spend: the spend in row 0 is not a finite number",
                         std::domain_error);
}

TEST_CASE("law: return_on_ad_spend, over random worlds") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        auto const w = journey_world::make(d);
        struct bill {
            int channel;
            int period;
            std::int64_t cents;
        };
        std::vector<bill> bills;
        for (int n = d.below(10); n > 0; --n) {
            auto const channel = d.below(6);
            auto const period = d.below(4);
            bills.push_back({channel, period, d.between(-3, 30)});
        }
        auto const days = d.below(31);
        auto const period_of = [](touch const& t) { return t.at / 10; };
        auto const credits =
            att::attribute(att::conversions(w.sales, &sale::user, &sale::at, &sale::cents),
                           att::touchpoints(w.touches, &touch::user, &touch::at), att::linear,
                           att::lookback(days));
        auto const table =
            credits | att::return_on_ad_spend(
                          att::spending(bills, &bill::channel, &bill::period, &bill::cents),
                          &touch::channel, period_of);

        struct expectation {
            std::int64_t value = 0;
            std::int64_t spend = 0;
        };
        std::map<std::pair<int, int>, expectation> expected;
        std::int64_t unattributed = 0, value = 0, spend = 0;
        for (auto const& earned : credits) {
            value += earned.amount;
            if (earned.attributed()) {
                auto const& t = w.touches[earned.touchpoint];
                expected[{t.channel, t.at / 10}].value += earned.amount;
            } else {
                unattributed += earned.amount;
            }
        }
        for (auto const& b : bills) {
            expected[{b.channel, b.period}].spend += b.cents;
            spend += b.cents;
        }
        support::holds(table.size() == expected.size() + 1);
        std::size_t i = 0;
        for (auto const& [key, of] : expected) {
            auto const& row = table[i++];
            support::holds(row.channel == key.first);
            support::holds(row.period == key.second);
            support::holds(row.amount == of.value);
            support::holds(row.spend == of.spend);
            support::holds(row.roi().has_value() == (of.spend > 0));
            support::holds(row.roas().has_value() == (of.spend > 0));
            if (of.spend > 0) {
                auto const profit = static_cast<double>(of.value - of.spend);
                support::holds(row.roi() == profit / static_cast<double>(of.spend));
            }
        }
        support::holds(table[i].amount == unattributed);

        std::int64_t sales = 0;
        for (auto const& one : w.sales)
            sales += one.cents;
        support::holds(value == sales);
        support::holds(table.total().amount == sales);
        support::holds(table.total().spend == spend);
        auto const channels = table.over_periods();
        support::holds(channels.total().amount == sales);
        support::holds(channels.total().spend == spend);

        d.shuffle(bills);
        auto const again =
            credits | att::return_on_ad_spend(
                          att::spending(bills, &bill::channel, &bill::period, &bill::cents),
                          &touch::channel, period_of);
        for (std::size_t row = 0; row < table.size(); ++row)
            support::holds(again[row].spend == table[row].spend);
    });
}

TEST_CASE("return_on_ad_spend: channels and periods that are NaNs are refused by their row, and "
          "-0.0 is 0.0") {
    struct score_cost {
        double channel;
        double period;
        double spent;
    };
    auto const rows = [](std::vector<score_cost> const& spend) {
        auto const earned = att::return_on_ad_spend(
            att::spending(spend, &score_cost::channel, &score_cost::period, &score_cost::spent),
            [](visit const& v) { return v.channel == 'A' ? -0.0 : 2.5; },
            [](order const&) { return 1.5; });
        auto const value = [](order const& o) { return static_cast<double>(o.cents); };
        return att::attribute(att::conversions(orders, &order::user, &order::at, value),
                              seen(visits), att::linear, att::always, earned)
            .size();
    };
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(rows({{0.0, 1.5, 3}, {-0.0, 1.5, 4}, {2.5, 1.5, 5}}) == 3);  // and nobody's
    CHECK_THROWS_WITH_AS(
        (void)rows({{0.0, 1.5, 3}, {nan, 1.5, 4}}),
        "return_on_ad_spend: the channel of spend row 1 is not a number and belongs to no "
        "group; name one for such records in the projection",
        std::domain_error);
    CHECK_THROWS_WITH_AS(
        (void)rows({{0.0, nan, 3}}),
        "return_on_ad_spend: the period of spend row 0 is not a number and belongs to no "
        "group; name one for such records in the projection",
        std::domain_error);
}

namespace {

/// Everything that names a group of return_on_ad_spend may be missing here.
struct campaign_touch {
    int user;
    int at;
    std::optional<std::string> channel;
};
struct dated_order {
    int user;
    int at;
    long cents;
    std::optional<int> month;
};
struct dated_cost {
    std::optional<std::string> channel;
    std::optional<int> month;
    long cents;
};

template <class Spend, class Channel, class Period>
auto returned(std::vector<campaign_touch> const& log, std::vector<dated_order> const& book,
              Spend const& spend, Channel channel, Period period) {
    return att::attribute(
        att::conversions(book, &dated_order::user, &dated_order::at, &dated_order::cents),
        att::touchpoints(log, &campaign_touch::user, &campaign_touch::at), att::linear, att::always,
        att::return_on_ad_spend(spend, channel, period));
}

std::string line(auto const& row) {
    std::string const channel = !row.channel    ? "nobody"
                                : !*row.channel ? "no channel"
                                                : **row.channel;
    return channel + ' ' + (row.period ? std::to_string(*row.period) : "-") + ' ' +
           std::to_string(row.amount) + " for " + std::to_string(row.spend);
}

}  // namespace

TEST_CASE("return_on_ad_spend: what is missing has rows of its own, and nothing is lost") {
    std::vector<campaign_touch> const log{{1, 1, "x"}, {1, 2, std::nullopt}};
    std::vector<dated_order> const book{
        {1, 3, 100, std::nullopt}, {1, 4, 8, 0}, {9, 4, 5, std::nullopt}, {9, 4, 1, 0}};
    std::vector<dated_cost> const bills{{"x", 0, 10},
                                        {"x", std::nullopt, 3},
                                        {std::nullopt, 0, 2},
                                        {std::nullopt, std::nullopt, 1}};
    auto const spend =
        att::spending(bills, &dated_cost::channel, &dated_cost::month, &dated_cost::cents);
    auto const table = returned(log, book, spend, &campaign_touch::channel, &dated_order::month);
    std::vector<std::string> lines;
    for (auto const& row : table)
        lines.push_back(line(row));
    CHECK(lines == std::vector<std::string>{"no channel - 50 for 1", "no channel 0 4 for 2",
                                            "x - 50 for 3", "x 0 4 for 10", "nobody - 5 for 0",
                                            "nobody 0 1 for 0"});
    CHECK(table.total().amount == 114);
    CHECK(table.total().spend == 16);
    auto const channels = table.over_periods();
    REQUIRE(channels.size() == 3);
    CHECK(line(channels[0]) == "no channel - 54 for 3");
    CHECK(line(channels[2]) == "nobody - 6 for 0");

    // The period of the touchpoints, which is not missing, and of spend, where it may be.
    auto const sure = [](campaign_touch const& t) { return t.at / 2; };
    auto const by_touch = returned(log, book, spend, &campaign_touch::channel, sure);
    CHECK(line(by_touch[0]) == "no channel - 0 for 1");
    CHECK(line(by_touch[1]) == "no channel 0 0 for 2");
    CHECK(line(by_touch[2]) == "no channel 1 54 for 0");
    CHECK(by_touch.total().amount == 114);
    CHECK(by_touch.total().spend == 16);
}

TEST_CASE("return_on_ad_spend: spend's channel and period are compared as the numbers they are") {
    struct wide_cost {
        std::int64_t channel;
        std::uint64_t month;
        long cents;
    };
    std::vector<campaign_touch> const log{{1, 1, "x"}};
    std::vector<dated_order> const book{{1, 3, 100, 7}};
    auto const table_of = [&](std::vector<wide_cost> const& bills) {
        return returned(
            log, book,
            att::spending(bills, &wide_cost::channel, &wide_cost::month, &wide_cost::cents),
            [](campaign_touch const&) { return std::int32_t{0}; },
            [](dated_order const& o) { return static_cast<signed char>(*o.month); });
    };
    auto const table = table_of({{0, 7, 10}, {-1, 7, 5}});
    REQUIRE(table.size() == 2);
    CHECK(table[1].amount == 100);
    CHECK(table[1].spend == 10);
    CHECK_THROWS_WITH_AS(
        (void)table_of({{0, 7, 10}, {std::int64_t{1} << 32, 7, 5}}),
        "return_on_ad_spend: the channel of spend row 1 does not fit into the type that the "
        "credits have; convert one of them in its projection",
        std::domain_error);
    CHECK_THROWS_WITH_AS(
        (void)table_of({{0, 256 + 7, 5}}),
        "return_on_ad_spend: the period of spend row 0 does not fit into the type that the "
        "credits have; convert one of them in its projection",
        std::domain_error);
}

TEST_CASE(
    "return_on_ad_spend: null pointers to text are refused by their row and by what they are") {
    struct text_touch {
        int user;
        int at;
        char const* channel;
    };
    struct text_cost {
        char const* channel;
        char const* month;
        long cents;
    };
    std::vector<dated_order> const book{{1, 3, 100, 7}};
    char text[] = "x";
    auto const table_of = [&](std::vector<text_touch> const& log,
                              std::vector<text_cost> const& bills, char const* month) {
        return att::attribute(
            att::conversions(book, &dated_order::user, &dated_order::at, &dated_order::cents),
            att::touchpoints(log, &text_touch::user, &text_touch::at), att::linear, att::always,
            att::return_on_ad_spend(
                att::spending(bills, &text_cost::channel, &text_cost::month, &text_cost::cents),
                &text_touch::channel, [=](dated_order const&) { return month; }));
    };
    auto const table = table_of({{1, 1, "x"}, {1, 1, text}}, {{text, "May", 10}}, "May");
    REQUIRE(table.size() == 1);  // the same characters at other addresses
    CHECK(table[0].amount == 100);
    CHECK(table[0].spend == 10);
    auto const refused = [](std::string const& what) {
        return "return_on_ad_spend: the " + what +
               " is a null pointer and belongs to no group; name one for such records in the "
               "projection";
    };
    CHECK_THROWS_WITH_AS((void)table_of({{1, 1, "x"}, {1, 1, nullptr}}, {}, "May"),
                         refused("channel of touchpoint row 1").c_str(), std::domain_error);
    CHECK_THROWS_WITH_AS((void)table_of({{1, 1, "x"}}, {}, nullptr),
                         refused("period of conversion row 0").c_str(), std::domain_error);
    CHECK_THROWS_WITH_AS((void)table_of({}, {{"x", "May", 1}, {nullptr, "May", 1}}, "May"),
                         refused("channel of spend row 1").c_str(), std::domain_error);
    CHECK_THROWS_WITH_AS((void)table_of({}, {{"x", nullptr, 1}}, "May"),
                         refused("period of spend row 0").c_str(), std::domain_error);
}
