// SPDX-License-Identifier: BSL-1.0
// Calibrated amounts add up to the total of the report, whatever was measured; none is negative; the
// order of the experiments does not show; exact experiments are believed.
#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/calibrated.hpp>
#include <attribution/report/with_intervals.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using namespace support;

namespace {

using lifts = std::vector<att::lift<char>>;

template <class Table>
lifts some_lifts(random_numbers& random, Table const& table) {
    lifts all;
    for (auto const& row : table)
        for (auto tests = random.below(3); row.attributed && tests > 0; --tests)
            all.emplace_back(*row.key, static_cast<double>(random.between(-2'000, 20'000)),
                             random.chance(4) ? 1e-3
                                              : static_cast<double>(1 + random.below(50'000)));
    return all;
}

}  // namespace

TEST_CASE("calibrated amounts add up to the cent") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        for (auto& one : w.book)
            one.value =
                random.chance(50) ? 1'000'000'000'000'000'000 : std::abs(one.value % 10'007);
        auto const table = att::attribute(
            sales(w.book), touches(w.log), some_model(random), att::lookback(world::lookback),
            att::with_intervals(att::by(&touch::channel), {.replicates = 9, .confidence = 0.8}));
        auto measured = some_lifts(random, table);
        att::calibration const how{.model_error = random.chance(3) ? 0.0 : random.unit()};
        auto const result = att::calibrated(table, measured, how);

        holds(result.total() == table.total());
        holds(result.size() == table.size() + 1);
        auto const& anyway = result[result.size() - 2];
        auto const& unattributed = result[result.size() - 1];
        holds(anyway.source == att::calibration_source::anyway && !anyway.key);
        holds(unattributed.amount == table.unattributed());
        holds(!result.cut() || anyway.amount == 0);
        for (std::size_t i = 0; i < table.size(); ++i) {
            holds(result[i].amount >= 0);
            holds(result[i].low <= result[i].high);
            holds(!table[i].attributed || result[i].by_model == table[i].amount);
        }

        random.shuffle(measured);
        auto const again = att::calibrated(table, measured, how);
        for (std::size_t i = 0; i < result.size(); ++i)
            holds(again[i].amount == result[i].amount && again[i].low == result[i].low &&
                  again[i].standard_error == result[i].standard_error);
        auto const untested = att::calibrated(table, lifts{}, how);
        for (std::size_t i = 0; i + 1 < table.size(); ++i)
            holds(untested[i].amount == table[i].amount);
        holds(untested[untested.size() - 2].amount == 0);
    });
}

TEST_CASE("an exact experiment is believed") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        for (auto& one : w.book)
            one.value = std::abs(one.value % 10'007);
        auto const table = att::attribute(sales(w.book), touches(w.log), some_model(random),
                                          att::always, att::by(&touch::channel));
        if (table.size() < 2 || table[0].amount == 0)
            return;
        auto const truth =
            static_cast<cents>(random.below(static_cast<std::size_t>(table[0].amount) + 1));
        auto const result =
            att::calibrated(table, lifts{{*table[0].key, static_cast<double>(truth), 1e-4}});
        holds(std::abs(result[0].amount - truth) <= 1);
        holds(!result.cut());
    });
}
