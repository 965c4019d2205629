// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through everything that looks at paths.
#include "support/edges.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/influence.hpp>
#include <attribution/report/path_statistics.hpp>
#include <attribution/report/top_paths.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>

namespace {

using namespace edges;

template <class World>
void every_report(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    auto const touches = all.touches();
    auto const sales = all.sales();
    auto const& channel = &touch::channel;
    auto const& region = &sale::region;
    auto const total = all.total();
    auto const large = all.large_values();
    result_or_refusal({all.odd_times()}, {"join"}, [&] {
        auto const joined = att::join(sales, touches);
        result_or_refusal({all.odd_values()}, {"explain", "attribute"}, [&] {
            if (large)
                return;  // what overflows is a matter of each touchpoint's sum
            auto const audit = att::explain(joined, att::linear, att::last_touches(1));
            auto const ledger = att::attribute(joined, att::linear, att::last_touches(1));
            if (!std::equal(ledger.begin(), ledger.end(), audit.credits().begin(),
                            audit.credits().end()))
                broken("explain gives other credits than attribute");
            for (std::size_t row = 0; row < all.log.size(); ++row)
                if ((audit.touchpoints()[row].what == att::outcome::missing_key) !=
                    says_nothing(all.log[row].user))
                    broken("explain and the table differ about the key of touchpoint row ", row);
            for (std::size_t row = 0; row < all.book.size(); ++row)
                if ((audit.conversions()[row].what == att::outcome::missing_key) !=
                    says_nothing(all.book[row].user))
                    broken("explain and the table differ about the key of conversion row ", row);
        });
        result_or_refusal({false}, {"path_statistics", "distribution"}, [&] {
            auto const figures = att::path_statistics(joined, att::at_any_time);
            support::holds(figures.length.size() + figures.not_reached == all.book.size());
            if (!figures.length.empty())
                (void)figures.length.mean();
        });
        result_or_refusal({all.odd_values() || all.odd_channels(), large}, {"influence"}, [&] {
            auto const report = att::influence(joined, att::at_any_time, channel);
            support::holds(report.reached().conversions + report.not_reached().conversions ==
                           all.book.size());
            same(static_cast<wide_number>(report.reached().amount) +
                     static_cast<wide_number>(report.not_reached().amount),
                 total, all.size(), "influence");
            (void)report.largest_first();
        });
        result_or_refusal({all.odd_values() || all.odd_channels(), large}, {"top_paths"}, [&] {
            auto const report = att::top_paths(joined, att::at_any_time, channel, 1);
            auto count = report.others().conversions + report.not_reached().conversions;
            for (auto const& row : report)
                count += row.conversions.conversions;
            support::holds(count == all.book.size());
        });
        result_or_refusal(
            {all.odd_values() || all.odd_channels() || all.odd_regions(), large},
            {"by", "attribute"}, [&] {
                auto const table =
                    att::attribute(joined, att::models(att::first_touch, att::linear),
                                   att::at_any_time, att::by(channel, region));
                same(static_cast<wide_number>(table.total(0)), total, all.size(), "compare");
                same(static_cast<wide_number>(table.total(1)), total, all.size(), "compare");
                (void)table.largest_first(1);
            });
    });
}

}  // namespace

TEST_CASE("law: any value of any field leaves whole reports, or an error that names the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_report(all); });
}
