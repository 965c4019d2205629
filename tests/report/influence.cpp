// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/influence.hpp>

#include "report/records.hpp"

#include <attribution/policy/always.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;
using journey_world::sale, journey_world::touch, journey_world::world;
using report_records::order, report_records::seen, report_records::sold, report_records::visit;

namespace {

// User 1: A B A -> 100. User 2: B -> 50. User 3: B A -> -30 (a refund). User 4: nothing -> 7.
constexpr std::array<visit, 6> visits{
    {{1, 1, 'A'}, {1, 2, 'B'}, {1, 3, 'A'}, {2, 1, 'B'}, {3, 1, 'B'}, {3, 2, 'A'}}};
constexpr std::array<order, 4> orders{{{1, 9, 100}, {2, 9, 50}, {3, 9, -30}, {4, 9, 7}}};

using amounts = att::reach<long long>;

constexpr bool test() {
    auto const table =
        att::influence(att::join(sold(orders), seen(visits)), att::always, &visit::channel);
    bool good = table.size() == 2;
    auto const& a = table[0];
    good = good && a.key == 'A' && a.influenced == amounts{2, 70} && a.assisted == amounts{0, 0} &&
           a.last == amounts{2, 70} && a.sole == amounts{0, 0} && a.touchpoints == 3;
    auto const& b = table[1];
    good = good && b.key == 'B' && b.influenced == amounts{3, 120} &&
           b.assisted == amounts{2, 70} && b.last == amounts{1, 50} && b.sole == amounts{1, 50} &&
           b.touchpoints == 3;
    return good && table.reached() == amounts{3, 120} && table.not_reached() == amounts{1, 7} &&
           table.largest_first()[0].key == 'B' && a.last != b.last;
}
static_assert(test());

template <class Report>
concept adds_up = requires(Report const& report) {
    report.total();
};
using table_type =
    decltype(att::influence(att::join(sold(orders), seen(visits)), att::always, &visit::channel));
static_assert(!adds_up<table_type>, "the rows overlap");

auto join(world const& w) {
    return att::join(att::conversions(w.sales, &sale::user, &sale::at, &sale::cents),
                     att::touchpoints(w.touches, &touch::user, &touch::at));
}

struct counts {
    att::reach<std::int64_t> influenced, assisted, last, sole;
    std::size_t touchpoints = 0;
};

void add(att::reach<std::int64_t>& to, std::int64_t cents) {
    ++to.conversions;
    to.amount += cents;
}

template <class A, class B>
void check_same(A const& a, B const& b) {
    REQUIRE(a.size() == b.size());
    CHECK(a.reached() == b.reached());
    CHECK(a.not_reached() == b.not_reached());
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].key == b[i].key);
        CHECK(a[i].influenced == b[i].influenced);
        CHECK(a[i].assisted == b[i].assisted);
        CHECK(a[i].last == b[i].last);
        CHECK(a[i].sole == b[i].sole);
        CHECK(a[i].touchpoints == b[i].touchpoints);
    }
}

}  // namespace

TEST_CASE("influence: a channel twice in a path has the path once") {
    CHECK(test());
}

TEST_CASE("influence: text keys, projections of both records, several at once") {
    struct named {
        int user;
        int at;
        std::string channel;
    };
    std::vector<named> const log{{1, 1, "mail"}, {1, 2, "search"}, {2, 1, "mail"}};
    auto const joined = att::join(sold(orders), att::touchpoints(log, &named::user, &named::at));
    auto const by_name = att::influence(joined, att::always, &named::channel);
    REQUIRE(by_name.size() == 2);
    CHECK(by_name[0].key == "mail");
    CHECK(by_name[0].influenced == amounts{2, 150});
    CHECK(by_name[0].sole == amounts{1, 50});
    auto const big = att::influence(joined, att::always, [](named const& t, order const& o) {
        return std::pair{t.channel, o.cents >= 100};
    });
    REQUIRE(big.size() == 3);
    CHECK(big[1].key == std::pair{std::string{"mail"}, true});
    CHECK(big[1].assisted == amounts{1, 100});
}

TEST_CASE("influence: no records, no touchpoints, the limits of the amount") {
    std::vector<visit> const none;
    auto const nobody =
        att::influence(att::join(sold(orders), seen(none)), att::always, &visit::channel);
    CHECK(nobody.size() == 0);
    CHECK(nobody.not_reached() == amounts{4, 127});

    constexpr auto most = std::numeric_limits<long long>::max();
    constexpr auto least = std::numeric_limits<long long>::min();
    std::vector<order> const cancelling{{1, 9, most}, {1, 9, most}, {1, 9, least}, {1, 9, least}};
    auto const joined = att::join(sold(cancelling), seen(visits));
    CHECK(att::influence(joined, att::always, &visit::channel)[0].influenced == amounts{4, -2});

    std::vector<order> const too_much{{1, 9, most}, {1, 9, 1}};
    CHECK_THROWS_AS(
        (void)att::influence(att::join(sold(too_much), seen(visits)), att::always, &visit::channel),
        std::overflow_error);
}

TEST_CASE("influence: a value that is not a number") {
    struct priced {
        int user;
        int at;
        double value;
    };
    std::vector<priced> const bad{{1, 9, 1.0}, {4, 9, std::numeric_limits<double>::quiet_NaN()}};
    CHECK_THROWS_WITH_AS(
        (void)att::influence(
            att::join(att::conversions(bad, &priced::user, &priced::at, &priced::value),
                      seen(visits)),
            att::always, &visit::channel),
        "influence: the value of conversion row 1 is not a finite number", std::domain_error);
}

TEST_CASE("law: influence, over random worlds") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        auto const w = journey_world::make(d);
        auto const days = d.below(31);
        auto const joined = join(w);
        auto const table = att::influence(joined, att::lookback(days), &touch::channel);

        // The slow way.
        std::map<int, counts> expected;
        att::reach<std::int64_t> reached, not_reached;
        for (auto const& one : w.sales) {
            auto const path = journey_world::naive_path(w, one, days);
            add(path.empty() ? not_reached : reached, one.cents);
            std::set<int> channels;
            for (auto const row : path) {
                channels.insert(w.touches[row].channel);
                ++expected[w.touches[row].channel].touchpoints;
            }
            for (auto const channel : channels) {
                auto& of = expected[channel];
                auto const last = w.touches[path.back()].channel == channel;
                add(of.influenced, one.cents);
                add(last ? of.last : of.assisted, one.cents);
                if (channels.size() == 1)
                    add(of.sole, one.cents);
            }
        }
        support::holds(table.reached() == reached);
        support::holds(table.not_reached() == not_reached);
        support::holds(table.size() == expected.size());
        std::size_t i = 0;
        for (auto const& [channel, of] : expected) {
            support::holds(table[i].key == channel);
            support::holds(table[i].influenced == of.influenced);
            support::holds(table[i].assisted == of.assisted);
            support::holds(table[i].last == of.last);
            support::holds(table[i].sole == of.sole);
            support::holds(table[i].touchpoints == of.touchpoints);
            ++i;
        }

        // Last touches are a partition; parts make up the whole.
        att::reach<std::int64_t> last;
        for (auto const& row : table) {
            support::holds(row.influenced.amount == row.assisted.amount + row.last.amount);
            support::holds(row.sole.conversions <= row.last.conversions);
            last.conversions += row.last.conversions;
            last.amount += row.last.amount;
        }
        support::holds(last == table.reached());

        // Records in another order (at distinct times no tie can show), or split by conversion.
        auto shuffled = w;
        d.shuffle(shuffled.sales);
        check_same(table, att::influence(join(shuffled), att::lookback(days), &touch::channel));
        world halves[2] = {{w.touches, {}}, {w.touches, {}}};
        for (auto const& one : w.sales)
            halves[d.below(2)].sales.push_back(one);
        auto const first = join(halves[0]);
        auto const second = join(halves[1]);
        using tally = att::influence_tally<std::remove_const_t<decltype(first)>, int touch::*>;
        for (bool const swap : {false, true}) {
            tally a{first, &touch::channel};
            tally b{second, &touch::channel};
            first.for_each_path(att::lookback(days), a);
            second.for_each_path(att::lookback(days), b);
            (swap ? b : a).merge(swap ? a : b);
            check_same(table, (swap ? b : a).finish());
        }
    });
}

TEST_CASE("influence: floating values are the same bits in any order") {
    struct priced {
        int user;
        int at;
        double value;
    };
    support::random_numbers random{7};
    journey_world::dice d{random};
    std::vector<priced> sales;
    for (int i = 0; i < 200; ++i)
        sales.push_back({1 + d.below(4), 9,
                         static_cast<double>(d.between(-1'000'000, 1'000'000)) / 7.0 *
                             (i % 3 == 0 ? 1e12 : 1e-6)});
    auto const run = [&] {
        return att::influence(
            att::join(att::conversions(sales, &priced::user, &priced::at, &priced::value),
                      seen(visits)),
            att::always, &visit::channel);
    };
    auto const once = run();
    for (int i = 0; i < 20; ++i) {
        d.shuffle(sales);
        check_same(once, run());
    }
}

TEST_CASE("influence: the largest first, equal ones by key") {
    std::vector<visit> const log{{1, 1, 'C'}, {2, 1, 'B'}, {3, 1, 'A'}};
    std::vector<order> const book{{1, 9, 50}, {2, 9, 50}, {3, 9, 40}};
    auto const table =
        att::influence(att::join(sold(book), seen(log)), att::always, &visit::channel)
            .largest_first();
    REQUIRE(table.size() == 3);
    CHECK(table[0].key == 'B');
    CHECK(table[1].key == 'C');
    CHECK(table[2].key == 'A');
}

TEST_CASE("influence: a group that was met before something was thrown is no row") {
    auto const joined = att::join(sold(orders), seen(visits));
    auto const no_b = [](visit const& v) {
        return v.channel == 'B' ? throw std::domain_error{"no B"} : v.channel;
    };
    att::influence_tally<std::remove_const_t<decltype(joined)>, std::remove_const_t<decltype(no_b)>>
        tally{joined, no_b};
    CHECK_THROWS_AS(joined.for_each_path(att::always, tally), std::domain_error);  // A, then B
    CHECK(tally.finish().size() == 0);
    CHECK(tally.finish().reached() == amounts{0, 0});
}

TEST_CASE("influence refuses null pointers and rows of other records in its own name") {
    struct named_visit {
        int user;
        int at;
        char const* name;
    };
    std::vector<named_visit> const log{{1, 1, "x"}, {1, 2, nullptr}};
    std::vector<named_visit> const few{{1, 1, "x"}};
    std::vector<sale> const book{{1, 9, 5}, {1, 10, 6}};
    std::vector<sale> const one{{1, 9, 5}};
    auto const joined = [](auto const& sales, auto const& touches) {
        return att::join(att::conversions(sales, &sale::user, &sale::at, &sale::cents),
                         att::touchpoints(touches, &named_visit::user, &named_visit::at));
    };
    CHECK_THROWS_WITH_AS(
        (void)att::influence(joined(book, log), att::always, &named_visit::name),
        "influence: the group of touchpoint row 1 is a null pointer and belongs to no group; name "
        "one for such records in the projection",
        std::domain_error);
    att::influence_tally touched{joined(book, few), &named_visit::user};
    CHECK_THROWS_WITH_AS(joined(book, log).for_each_path(att::always, touched),
                         "influence: a path is of touchpoint row 1, and there are 1; give it paths "
                         "of the records that it was made with",
                         std::out_of_range);
    att::influence_tally sold{joined(one, few), &named_visit::user};
    CHECK_THROWS_WITH_AS(joined(book, few).for_each_path(att::always, sold),
                         "influence: a path is of conversion row 1, and there are 1; give it paths "
                         "of the records that it was made with",
                         std::out_of_range);
    CHECK(sold.finish().reached().conversions == 1);
}
