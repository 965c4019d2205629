// SPDX-License-Identifier: BSL-1.0
#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/models.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/influence.hpp>
#include <attribution/report/path_statistics.hpp>
#include <attribution/report/return_on_ad_spend.hpp>
#include <attribution/report/top_paths.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;

namespace {

constexpr auto rules =
    (in_channel_a && att::lookback(10)) || (!in_channel_a && att::lookback(world::lookback));
constexpr auto groups = att::by(&touch::channel, &sale::region);

/// A tenth of the cents, so that neither sums nor halves are exact in double.
constexpr double tenth(sale const& s) {
    return static_cast<double>(s.value % 1'000'003) / 10;
}

auto joined(world const& w) {
    return att::join(att::conversions(w.book, &sale::user, &sale::at, &tenth), touches(w.log));
}
auto report_of(world const& w, any_model model) {
    return att::attribute(joined(w), model, rules, groups);
}
auto tally_of(world const& w, any_model model) {
    auto const journeys = joined(w);
    auto tally = groups.bind(journeys.conversions(), journeys.touchpoints());
    att::attribute(journeys, model, rules, tally);
    return tally;
}

bool same(auto const& a, auto const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
        return x.key == y.key && x.attributed == y.attributed && x[0] == y[0];
    });
}

}  // namespace

TEST_CASE("law: rows and the unattributed value add up to the total") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        for (auto& s : w.book)
            s.value %= 1'000'000'007;  // so that sums fit
        auto const report = att::attribute(sales(w.book), touches(w.log), some_model(random), rules,
                                           att::by(&touch::channel));
        cents sum = 0;
        cents rows = 0;
        double conversions = 0;
        for (auto const& s : w.book)
            sum += s.value;
        for (auto const& row : report) {
            rows += row.attributed ? row.amount : 0;
            conversions += row.conversions;
        }
        if (report.total() != sum || rows + report.unattributed() != sum ||
            std::abs(conversions - static_cast<double>(w.book.size())) > 1e-12)
            broken("rows do not add up");
        if (std::count_if(report.begin(), report.end(),
                          [](auto const& row) { return !row.attributed; }) != 1)
            broken("not one unattributed row");
    });
}

TEST_CASE("law: the order of the records does not show in a report") {
    for_all_worlds([](random_numbers& random) {
        world w{random, true};
        auto const model = some_model(random);
        auto const before = report_of(w, model);
        random.shuffle(w.log);
        random.shuffle(w.book);
        if (!same(report_of(w, model), before))
            broken("reports differ");
    });
}

TEST_CASE("law: the names of the keys do not show in a report") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        auto const name = [](auto const& record) {
            return std::string(20, 'x') + std::to_string(99 - record.user);
        };
        auto const renamed =
            att::attribute(att::conversions(w.book, name, &sale::at, &tenth),
                           att::touchpoints(w.log, name, &touch::at), model, rules, groups);
        if (!same(renamed, report_of(w, model)))
            broken("reports differ");
    });
}

TEST_CASE("law: tallies of the customers' records, merged in any order, are the tally of all") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        world parts[3]{w, w, w};
        std::vector<std::size_t> order{0, 1, 2};
        random.shuffle(order);
        for (std::size_t user = 0; user < 3; ++user) {
            auto const foreign = [&](auto const& record) {
                return record.user != static_cast<int>(user);
            };
            std::erase_if(parts[user].log, foreign);
            std::erase_if(parts[user].book, foreign);
        }
        auto merged = tally_of(parts[order[0]], model);
        merged.merge(tally_of(parts[order[1]], model));
        merged.merge(tally_of(parts[order[2]], model));
        if (!same(merged.finish(), report_of(w, model)))
            broken("reports differ");
    });
}

TEST_CASE("law: a comparison is its models' reports side by side") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        auto const own = report_of(w, model);
        auto const table =
            att::attribute(joined(w), att::models(att::last_touch, model), rules, groups);
        std::size_t found = 0;
        for (auto const& row : table)
            for (auto const& line : own)
                found +=
                    row.key == line.key && row.attributed == line.attributed && row[1] == line[0];
        if (found != own.size())
            broken("reports differ");
    });
}

namespace {

constexpr double nan_group = std::numeric_limits<double>::quiet_NaN();

/// Every kind of value that a field may have, missing ones included.
struct any_value {
    std::optional<int> maybe;
    double number = 0;
    char const* text = "";
    std::optional<double> maybe_number;
    std::optional<char const*> maybe_text;
    std::uint64_t wide = 0;

    any_value() = default;
    explicit any_value(random_numbers& random) {
        static char const other[] = "a";
        maybe = std::array<std::optional<int>, 3>{std::nullopt, 0, INT_MIN}[random.below(3)];
        number = std::array<double, 5>{0.0, -0.0, 1e300, -INFINITY,
                                       nan_group}[random.below(random.chance(4) ? 5 : 4)];
        text = std::array<char const*, 4>{"a", &other[0], "",
                                          nullptr}[random.below(random.chance(4) ? 4 : 3)];
        maybe_number = maybe ? std::optional{number} : std::nullopt;
        maybe_text = maybe ? std::optional{text} : std::nullopt;
        wide = random.chance(2) ? UINT64_MAX : random.below(2);
    }

    [[nodiscard]] bool refused() const { return number != number || text == nullptr; }
};

struct any_touch {
    int user;
    tick at;
    any_value group;
};
struct any_sale {
    int user;
    tick at;
    cents value;
    any_value group;
};
struct any_cost {
    any_value channel;
    any_value period;
    cents spent;
};

}  // namespace

TEST_CASE("law: whatever names a group, nothing is lost, or the row is named") {
    for_all_worlds([](random_numbers& random) {
        std::vector<any_touch> log;
        std::vector<any_sale> book;
        std::vector<any_cost> costs;
        for (auto n = random.below(6); n > 0; --n)
            log.push_back({random.between(0, 2), random.between(0, 9), any_value{random}});
        for (auto n = random.below(5); n > 0; --n)
            book.push_back({random.between(0, 2), random.between(3, 12), random.between(-99, 999),
                            any_value{random}});
        for (auto n = random.below(4); n > 0; --n)
            costs.push_back({any_value{random}, any_value{random}, random.between(0, 99)});
        auto const journeys =
            att::join(att::conversions(book, &any_sale::user, &any_sale::at, &any_sale::value),
                      att::touchpoints(log, &any_touch::user, &any_touch::at));
        cents sold = 0;
        cents spent = 0;
        for (auto const& one : book)
            sold += one.value;
        for (auto const& one : costs)
            spent += one.spent;

        // The error names the records and a row of them that holds the refused value.
        auto const whole_or_named = [&](auto report_of) {
            try {
                holds(report_of() == sold);
            } catch (std::domain_error const& error) {
                std::string const text = error.what();
                auto const row_in = [&](auto const& records, std::string const& name,
                                        auto refused) {
                    auto const at = text.find(name + " row ");
                    if (at == std::string::npos)
                        return false;
                    auto const row = std::stoul(text.substr(at + name.size() + 5));
                    return row < records.size() && refused(records[row]);
                };
                auto const of_group = [](auto const& one) { return one.group.refused(); };
                holds(row_in(log, "touchpoint", of_group) || row_in(book, "conversion", of_group) ||
                      row_in(costs, "spend", [](any_cost const& one) {
                          return one.channel.refused() || one.period.refused();
                      }));
            }
        };
        auto const by_all = [&](auto field) {
            auto const read = [field](auto const& record) { return record.group.*field; };
            auto const touched = att::of_touchpoint(read);
            auto const bought = att::of_conversion(read);
            auto const sum = [&](auto const& grouping) {
                whole_or_named([&] {
                    return att::attribute(journeys, att::linear, att::always, grouping).total();
                });
                whole_or_named([&] {
                    auto const table =
                        att::attribute(journeys, att::models(att::first_touch, att::last_touch),
                                       att::always, grouping);
                    holds(table.total(0) == table.total(1));
                    return table.total(1);
                });
            };
            sum(att::by(touched));
            sum(att::by(bought));
            sum(att::by(touched, bought));
            auto const in_path = [field](any_touch const& t) { return t.group.*field; };
            whole_or_named([&] {
                auto const table = att::influence(journeys, att::always, in_path);
                cents last = 0;
                for (auto const& row : table)
                    last += row.last.amount;
                holds(last == table.reached().amount);
                return last + table.not_reached().amount;
            });
            whole_or_named([&] {
                auto const table = att::top_paths(journeys, att::always, in_path, 2);
                auto all = table.others().amount + table.not_reached().amount;
                for (auto const& row : table)
                    all += row.conversions.amount;
                return all;
            });
            whole_or_named([&] {
                auto const spend = att::spending(
                    costs, [field](any_cost const& c) { return c.channel.*field; },
                    [field](any_cost const& c) { return c.period.*field; }, &any_cost::spent);
                auto const table = att::attribute(journeys, att::linear, att::always,
                                                  att::return_on_ad_spend(spend, touched, bought));
                holds(table.total().spend == spent);
                holds(table.over_periods().total().amount == sold);
                return table.total().amount;
            });
        };
        by_all(&any_value::maybe);
        by_all(&any_value::number);
        by_all(&any_value::text);
        by_all(&any_value::maybe_number);
        by_all(&any_value::maybe_text);
        by_all(&any_value::wide);
    });
}
