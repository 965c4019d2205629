// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace same_bytes {

namespace {

template <class Conversions>
void tallies(std::string const& name, Conversions conversions_of) {
    over_worlds("report, " + name, [&](world const& one, digest& all) {
        auto const report =
            att::attribute(conversions_of(one), one.touches(), att::time_decay(date::days{7}),
                           window, att::by(&touch::channel, &order::region));
        for (auto const& row : report) {
            all.number(row.amount);
            all.number(row.conversions);
        }
    });
}

}  // namespace

void reports() {
    tallies("cents", [](world const& one) { return one.in_cents(); });
    tallies("doubles", [](world const& one) { return one.in_doubles(); });
    over_worlds("report, path statistics", [](world const& one, digest& all) {
        auto const figures =
            att::path_statistics(att::join(one.in_doubles(), one.touches()), window);
        all.number(figures.not_reached);
        if (figures.length.empty())
            return;
        all.number(figures.length.mean());
        all.number(figures.first_lag.mean().count());
        all.number(figures.last_lag.quantile(9, 10).count());
    });
    over_worlds("report, influence", [](world const& one, digest& all) {
        for (auto const& row :
             att::influence(att::join(one.in_doubles(), one.touches()), window, &touch::channel)) {
            all.number(row.influenced.amount);
            all.number(row.assisted.amount);
            all.number(row.touchpoints);
        }
    });
    over_worlds("report, top paths", [](world const& one, digest& all) {
        auto const top =
            att::top_paths(att::join(one.in_doubles(), one.touches()), window, &touch::channel);
        for (auto const& row : top) {
            for (auto const channel : row.sequence)
                all.number(channel);
            all.number(row.conversions.amount);
            all.number(row.conversions.conversions);
        }
    });
    over_worlds("report, several models", [](world const& one, digest& all) {
        auto const several = att::models(att::first_touch, att::linear, att::j_shaped);
        auto const table = att::attribute(one.in_cents(), one.touches(), several, window,
                                          att::by(&touch::channel));
        add_report(table, 3, all);
        add_report(table.largest_first(1), 3, all);
    });
    over_worlds("report, rounded", [](world const& one, digest& all) {
        auto const ledger =
            att::attribute(one.in_cents(), one.touches(), att::position_decay, window);
        add_report(att::rounded(ledger | att::by(&touch::channel, att::month_of(&touch::at)), 100),
                   1, all);
    });
    over_worlds("report, with_intervals", [](world const& one, digest& all) {
        auto const how_sure = att::with_intervals(att::by(&touch::channel, &order::region),
                                                  att::bootstrap{.replicates = 39, .seed = 3});
        auto const add = [&](auto const& table) {
            for (auto const& row : table) {
                all.number(row.low);
                all.number(row.high);
                all.number(row.share_low);
                all.number(row.share_high);
                all.number(row.share_error);
            }
        };
        add(att::attribute(one.in_cents(), one.touches(), att::linear, window, how_sure));
        add(att::attribute(one.in_doubles(), one.touches(), att::time_decay(date::days{7}), window,
                           how_sure));
    });
    over_worlds("report, calibrated", [](world const& one, digest& all) {
        auto const table =
            att::attribute(one.in_cents(), one.touches(), att::linear, window,
                           att::with_intervals(att::by(&touch::channel), {.replicates = 39}));
        std::vector<att::lift<std::int32_t>> const measured{
            {*table[0].key, static_cast<double>(table[0].amount) / 3, 1'000},
            {*table[0].key, 500, 3'000},
            {*table[1].key, -500, 100}};
        for (auto const& row : att::calibrated(table, measured)) {
            all.number(row.amount);
            all.number(row.low);
            all.number(row.high);
            all.number(row.standard_error);
            all.text(to_string(row.source));
        }
    });
    over_worlds("report, explain", [](world const& one, digest& all) {
        auto const audit =
            att::explain(one.in_cents(), one.touches(), att::last_touch,
                         att::named("a month", window) && att::where(&touch::channel, 2));
        for (std::size_t row = 0; row < one.log.size(); ++row)
            all.text(audit.touchpoint_reason(row));
        for (std::size_t row = 0; row < one.book.size(); ++row)
            all.text(audit.conversion_reason(row));
    });
    over_worlds("report, return_on_ad_spend", [](world const& one, digest& all) {
        auto const spend =
            att::spending(one.log, &touch::channel, att::month_of(&touch::at), &touch::usage);
        auto const table = att::attribute(
            one.in_doubles(), one.touches(), att::linear, window,
            att::return_on_ad_spend(spend, &touch::channel, att::month_of(&touch::at)));
        for (auto const& row : table) {
            all.number(row.spend);
            all.number(row.cost_per_conversion().value_or(-1));
            all.number(row.roi().value_or(-2));
            all.number(row.roas().value_or(-1));
        }
        all.number(table.total().amount);
    });
    over_worlds("report, return_on_ad_spend with_intervals", [](world const& one, digest& all) {
        auto const spend =
            att::spending(one.log, &touch::channel, att::month_of(&touch::at), &touch::usage);
        auto const returns =
            att::return_on_ad_spend(spend, &touch::channel, att::month_of(&touch::at));
        for (auto const& row : att::attribute(one.in_doubles(), one.touches(), att::linear, window,
                                              att::with_intervals(returns, {.replicates = 39}))) {
            all.number(row.roi_low().value_or(-2));
            all.number(row.roas_high().value_or(-1));
        }
    });
}

}  // namespace same_bytes
