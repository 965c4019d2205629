// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <string>

namespace same_bytes {

namespace {

auto const window = att::lookback(date::days{30});

att::configuration configured(char const* model) {
    return {.model = model, .policy = "30 days", .grouping = "channel"};
}

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
    over_worlds("bytes of a tally", [](world const& one, digest& all) {
        auto const orders = one.in_doubles();
        auto const touches = one.touches();
        auto const journeys = att::join(orders, touches);
        auto sums = att::by(&touch::channel).bind(journeys.conversions(), journeys.touchpoints());
        att::attribute(journeys, att::linear, window, sums);
        all.text(att::to_bytes(sums, configured("linear")));
    });
    over_worlds("bytes of counts", [](world const& one, digest& all) {
        auto const counts = att::learn(att::join(one.in_doubles(), one.touches()),
                                       att::markov(&touch::channel), window);
        all.text(att::to_bytes(counts, configured("markov")));
    });
}

}  // namespace same_bytes
