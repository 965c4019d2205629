// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/in_currency.hpp>

#include "report/lines.hpp"
#include "support/world.hpp"

#include <attribution/model/models.hpp>
#include <attribution/parallel.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/report/rounded.hpp>
#include <attribution/report/with_intervals.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace support;

namespace {

constexpr auto currency = att::in_currency(&sale::region);
constexpr auto groups = att::by(&touch::channel, currency);
using total = att::currency_total<char, cents>;

constexpr bool test() {
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    auto const report = ledger | groups;
    auto const bare = ledger | att::by(&touch::channel, &sale::region);
    require(std::equal(report.begin(), report.end(), bare.begin(), bare.end(),
                       [](auto const& a, auto const& b) {
                           return a.key == b.key && a.attributed == b.attributed && a[0] == b[0];
                       }));
    require(report[0].currency() == std::get<1>(report[0].key));

    auto const totals = report.totals();
    require(totals.size() == 2);
    require(totals[0] == total{'x', -23, 7} && totals[1] == total{'y', 300, 0});
    require((ledger | att::by(currency)).totals() == totals);  // the whole key is the currency

    // One currency adds up, wherever it stands among the projections.
    std::array<sale, 1> const euros{book[0]};
    auto const one = att::attribute(sales(euros), touches(visits), att::linear, att::always,
                                    att::by(currency, &touch::channel));
    require(one.total() == 300 && one.unattributed() == 0);
    require(one[0].currency() == 'y' && one.totals()[0] == total{'y', 300, 0});

    std::array<sale, 0> const none{};
    auto const empty =
        att::attribute(sales(none), touches(visits), att::linear, att::always, groups);
    require(empty.totals().empty() && empty.total() == 0);

    // Currency by currency, each from its largest amount, what nobody earned last.
    auto const sorted = report.largest_first();
    require(sorted.size() == 6);
    constexpr std::array<cents, 6> amounts{25, -15, -40, 200, 100, 7};
    constexpr std::array currencies{'x', 'x', 'x', 'y', 'y', 'x'};
    for (std::size_t i = 0; i < sorted.size(); ++i)
        require(sorted[i].amount == amounts[i] && sorted[i].currency() == currencies[i]);
    return true;
}

struct order {
    int user;
    tick at;
    cents value;
    std::string currency;
};
std::vector<touch> const clicks{{1, 1, 'a'}, {2, 1, 'b'}};
std::vector<order> const orders{{1, 5, 1000, "EUR"}, {1, 6, 2000, "JPY"}, {2, 5, 4000, "EUR"}};

auto sold(auto const& from) {
    return att::conversions(from, &order::user, &order::at, &order::value);
}
std::string refusal(auto projection) {
    auto const report = att::attribute(sold(orders), touches(clicks), att::linear, att::always,
                                       att::by(&touch::channel, att::in_currency(projection)));
    CHECK(report.totals().size() == 2);
    CHECK_THROWS_AS((void)report.unattributed(), std::domain_error);
    try {
        (void)report.total();
    } catch (std::domain_error const& refused) {
        return refused.what();
    }
    return "added";
}
std::string across(std::string_view one, std::string_view other) {
    return "report: total() would add currencies: row 0 of the report is in " + std::string{one} +
           " and row 1 in " + std::string{other} +
           "; take totals(), which has each, or convert values before they are attributed";
}

enum class code { eur = 978, jpy = 392 };

struct lettered {
    int user;
    tick at;
    cents value;
    char currency[3];  // all of it letters
};

}  // namespace

TEST_CASE("in_currency groups as its projection does, and has a total for each currency") {
    static_assert(test());
    CHECK(test());
}

TEST_CASE("in_currency: currencies of any type are not added up, and the error names two") {
    CHECK(refusal(&order::currency) == across("EUR", "JPY"));
    CHECK(refusal([](order const& o) { return std::string_view{o.currency}; }) ==
          across("EUR", "JPY"));
    CHECK(refusal([](order const& o) { return o.currency.c_str(); }) == across("EUR", "JPY"));
    CHECK(refusal([](order const& o) {
              return std::array{o.currency[0], o.currency[1], o.currency[2]};
          }) == across("EUR", "JPY"));
    CHECK(refusal([](order const& o) { return o.currency == "EUR" ? code::eur : code::jpy; }) ==
          across("392", "978"));
    CHECK(refusal([](order const& o) { return o.currency == "EUR" ? 978 : 392; }) ==
          across("392", "978"));
    CHECK(refusal([](order const& o) {
              return std::optional{o.currency == "EUR" ? std::nullopt : std::optional{'J'}};
          }) == across("(none)", "J"));
    CHECK(refusal([](order const& o) { return std::tuple{o.currency}; }) == across("{?}", "{?}"));

    std::vector<lettered> const few{{1, 5, 10, {'E', 'U', 'R'}}, {1, 6, 20, {'J', 'P', 'Y'}}};
    auto const report = att::attribute(
        att::conversions(few, &lettered::user, &lettered::at, &lettered::value), touches(clicks),
        att::linear, att::always, att::by(att::in_currency(&lettered::currency)));
    CHECK(report.totals() ==
          std::vector<att::currency_total<std::string, cents>>{{"EUR", 10, 0}, {"JPY", 20, 0}});
    CHECK_THROWS_AS((void)report.total(), std::domain_error);
}

TEST_CASE("in_currency: a currency that is no group is refused by its row") {
    auto const report_of = [](auto projection) {
        (void)att::attribute(sold(orders), touches(clicks), att::linear, att::always,
                             att::by(att::in_currency(projection)));
    };
    CHECK_THROWS_WITH_AS(report_of([](order const& o) {
                             return o.currency == "EUR" ? 1.0
                                                        : std::numeric_limits<double>::quiet_NaN();
                         }),
                         "by: the group of conversion row 1 is not a number and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
    CHECK_THROWS_WITH_AS(report_of([](order const& o) {
                             return o.currency == "EUR" ? o.currency.c_str() : nullptr;
                         }),
                         "by: the group of conversion row 1 is a null pointer and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
}

TEST_CASE("in_currency: several models have totals each") {
    auto const table =
        att::attribute(att::parallel{2}, sales(book), touches(visits),
                       att::models(att::first_touch, att::last_touch), att::always, groups);
    CHECK(table.totals(0) == std::vector{total{'x', -23, 7}, total{'y', 300, 0}});
    CHECK(table.totals(1) == table.totals(0));
    CHECK_THROWS_AS((void)table.total(1), std::domain_error);
    CHECK(table[0].currency() == 'x');
}

TEST_CASE("in_currency: intervals and shares are those of the currency alone") {
    auto const report_of = [](auto const& from, auto const& grouped) {
        return att::attribute(sold(from), touches(clicks), att::linear, att::always,
                              att::with_intervals(grouped));
    };
    auto const all =
        report_of(orders, att::by(&touch::channel, att::in_currency(&order::currency)));
    REQUIRE(all.size() == 3);
    CHECK_THROWS_AS((void)all.total(), std::domain_error);
    std::size_t found = 0;
    for (std::string const name : {"EUR", "JPY"}) {
        auto some = orders;
        std::erase_if(some, [&](order const& o) { return o.currency != name; });
        for (auto const& alone : report_of(some, att::by(&touch::channel)))
            for (auto const& row : all)
                if (row.currency() == name && std::get<0>(row.key) == alone.key) {
                    CHECK(row[0] == alone[0]);
                    ++found;
                }
    }
    CHECK(found == all.size());
    CHECK(all[0].share == 0.2);
}

TEST_CASE("in_currency: lines are rounded to add up in each currency, by its own unit") {
    std::vector<order> const fine{
        {1, 5, 14, "EUR"}, {2, 5, 14, "EUR"}, {1, 5, 160, "JPY"}, {2, 5, 270, "JPY"}};
    auto const report =
        att::attribute(sold(fine), touches(clicks), att::linear, att::always,
                       att::by(&touch::channel, att::in_currency(&order::currency)));
    auto const amounts = [](auto const& rows) {
        std::vector<cents> all;
        for (auto const& row : rows)
            all.push_back(row.amount);
        return all;
    };
    // 28 are 30, of which the first has the larger part; the yen need no rounding.
    CHECK(amounts(att::rounded(report, 10)) == std::vector<cents>{20, 160, 10, 270});
    auto const unit = [](std::string const& of) { return of == "JPY" ? 100 : 10; };
    // 430 yen are 400.
    CHECK(amounts(att::rounded(report, unit)) == std::vector<cents>{20, 100, 10, 300});
    CHECK(att::rounded(report, unit).totals()[1].total == 400);
    CHECK_THROWS_AS((void)att::rounded(report, [](std::string const&) { return 0; }),
                    std::invalid_argument);
}

TEST_CASE("in_currency: reconcile proves each currency") {
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    auto const proof = att::reconcile(ledger, att::by(currency));
    proof.check();
    REQUIRE(proof.size() == 2);
    CHECK(proof[0].key == 'x');
    CHECK(proof[0].value_in == -23);
}

TEST_CASE("in_currency: bytes are those of the projection, and merge") {
    auto const tally_of = [](auto const& grouped) {
        auto tally = grouped.bind(sales(book), touches(visits));
        att::attribute(sales(book), touches(visits), att::linear, att::always, tally);
        return tally;
    };
    att::configuration const how{"linear", "always", {}};
    auto tally = tally_of(groups);
    auto const bare = att::to_bytes(tally_of(att::by(&touch::channel, &sale::region)), how);
    CHECK(att::to_bytes(tally, how) == bare);
    att::merge_bytes(tally, bare, how);
    CHECK(tally.finish().totals() == std::vector{total{'x', -46, 14}, total{'y', 600, 0}});
}

TEST_CASE("in_currency: a desk adds up what a batch does") {
    auto desk =
        att::live(att::conversion_stream<sale>(&sale::user, &sale::at, &sale::value, &sale::value),
                  att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::channel),
                  att::linear, att::lookback(20));
    for (auto const& one : visits)
        (void)desk.touch(one);
    for (auto const& one : book)
        (void)desk.convert(one);
    auto sums = desk.bind(groups);
    desk.advance(100, sums);
    CHECK(sums.finish().totals() == std::vector{total{'x', -23, 7}, total{'y', 300, 0}});
}

TEST_CASE("law: in_currency gives each currency what its conversions alone give") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        for (auto& s : w.book)
            s.value %= 1'000'000'007;  // so that sums fit
        auto const model = some_model(random);
        auto const report_of = [&](std::vector<sale> const& from, auto const& by) {
            return att::attribute(sales(from), touches(w.log), model,
                                  att::lookback(world::lookback), by);
        };
        auto const all = report_of(w.book, groups);
        auto const totals = all.totals();
        std::size_t rows = 0;
        for (auto const& each : totals) {
            auto some = w.book;
            std::erase_if(some, [&](sale const& s) { return s.region != each.currency; });
            auto const alone = report_of(some, att::by(&touch::channel));
            holds(each == total{each.currency, alone.total(), alone.unattributed()});
            for (auto const& row : alone)
                rows += static_cast<std::size_t>(
                    std::count_if(all.begin(), all.end(), [&](auto const& one) {
                        return one.currency() == each.currency && std::get<0>(one.key) == row.key &&
                               one.attributed == row.attributed && one[0] == row[0];
                    }));
        }
        holds(rows == all.size());
        auto const several = totals.size() > 1;
        bool refused = false;
        try {
            (void)all.total();
        } catch (std::domain_error const&) {
            refused = true;
        }
        holds(refused == several);
    });
}
