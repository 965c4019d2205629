// SPDX-License-Identifier: BSL-1.0
#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/compare.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
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
        auto const table = att::compare(joined(w), rules, groups, att::last_touch, model);
        std::size_t found = 0;
        for (auto const& row : table)
            for (auto const& line : own)
                found +=
                    row.key == line.key && row.attributed == line.attributed && row[1] == line[0];
        if (found != own.size())
            broken("reports differ");
    });
}
