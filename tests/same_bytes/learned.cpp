// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace same_bytes {

namespace {

/// Learns from each world and adds what `read` makes of it; a world without what is needed counts too.
template <class Read>
void each_fit(std::string const& name, Read read) {
    over_worlds("learned, " + name, [&](world const& one, digest& all) {
        try {
            read(one, all);
        } catch (att::fit_error const& error) {
            all.text(error.what());
        }
    });
}

template <class Estimator, class... Windows>
void effects(std::string const& name, Estimator const& how, Windows const&... ends) {
    auto const window = att::lookback(date::days{30});
    each_fit(name, [&](world const& one, digest& all) {
        auto const model = att::fit(one.in_doubles(), one.touches(), how, window, ends...);
        for (auto const& effect : model.effects()) {
            all.number(effect.conversions);
            all.number(effect.value);
        }
        add_credits(att::attribute(one.in_cents(), one.touches(), model, window), all);
    });
}

struct counted {
    std::vector<std::int32_t> path;
    std::int64_t conversions;
    double value;
    std::int64_t lost;
};

std::vector<counted> counted_paths(world const& one) {
    std::vector<counted> rows;
    for (std::size_t i = 0; i + 3 < one.log.size(); i += 3) {
        auto const& sale = one.book[i % one.book.size()];
        auto const won = sale.cents % 4;
        rows.push_back({{one.log[i].channel, one.log[i + 1].channel, one.log[i + 2].channel},
                        won,
                        won == 0 ? 0 : sale.value,
                        sale.cents % 7});
    }
    return rows;
}

void add_orders(att::order_choice const& choice, digest& all) {
    all.number(choice.best);
    for (auto const& order : choice.orders) {
        all.number(order.auc);
        all.number(order.penalized_auc);
        all.number(order.validated_auc);
        all.number(order.standard_error);
    }
}

void add_combinations(att::order_choice const& choice, digest& all) {
    all.number(choice.best_by_combinations);
    for (auto const& order : choice.orders)
        all.number(order.auc_penalized_by_combinations);
}

template <class Estimator>
void add_prediction(world const& one, Estimator const& how, digest& all) {
    auto const found =
        att::predictive_quality(one.in_cents(), one.touches(), how, att::lookback(date::days{60}));
    all.number(found.auc);
    all.number(found.standard_error);
    all.number(found.log_loss);
    all.number(found.base_log_loss);
}

}  // namespace

void learned() {
    auto const& channel = &touch::channel;
    effects("markov", att::markov(&touch::channel));
    effects("markov of order 3", att::markov(&touch::channel, {.order = 3}));
    effects("shapley", att::shapley(&touch::channel));
    effects("ordered_shapley", att::ordered_shapley(&touch::channel));
    effects("shapley of rates, by value",
            att::shapley(channel, att::conversion_rate_game,
                         {.by_value = true, .negative = att::negative_values::as_zero}));
    effects("shapley of a game of one's own",
            att::shapley(channel, [](std::span<std::int32_t const> members) {
                double worth = 0;
                for (auto const member : members)
                    worth += static_cast<double>(member + 1) / 3;
                return worth * worth;
            }));
    effects("probabilistic", att::probabilistic(channel));
    effects("probabilistic, compared with all channels",
            att::probabilistic(channel, {.others = att::compared_with::channels_of_the_data}));
    effects("additive_hazard", att::additive_hazard(channel));
    effects("bagged_logistic", att::bagged_logistic(channel, {.fits = 20}));
    effects("survival", att::survival(channel, std::chrono::hours{12}));
    effects("survival at the end, removed backwards",
            att::survival(channel, std::chrono::hours{36},
                          {.credit = att::survival_credit::backwards,
                           .exposure = att::survival_exposure::at_the_end}));
    effects("over the last 2, markov", att::over(att::last(2), att::markov(channel)));
    effects("markov, until", att::markov(channel),
            att::until(date::sys_seconds{std::chrono::seconds{1'704'000'000}}));
    effects("markov, converting_only", att::markov(channel), att::converting_only);
    each_fit("markov of counted paths", [](world const& one, digest& all) {
        auto const table = counted_paths(one);
        auto const rows = att::aggregated_paths(table, &counted::path, &counted::conversions,
                                                &counted::value, &counted::lost);
        add_orders(att::choose_order(rows, att::markov(), 3), all);
        auto const chain = att::fit(rows, att::markov({}, {.order = 2}));
        all.text(chain.card().text());
        for (auto const& effect : chain.effects()) {
            all.number(effect.credited_conversions);
            all.number(effect.credited_value);
        }
        for (auto const& hop : chain.transitions()) {
            all.number(hop.count);
            all.number(hop.probability);
        }
    });
    each_fit("choose_order by combinations", [](world const& one, digest& all) {
        add_combinations(att::choose_order(att::join(one.in_cents(), one.touches()),
                                           att::markov(&touch::channel),
                                           att::lookback(date::days{60}), 4),
                         all);
    });
    each_fit("with_refits", [](world const& one, digest& all) {
        auto const how = att::with_refits(att::probabilistic(&touch::channel));
        auto const journeys = att::join(one.in_cents(), one.touches());
        auto const counts = att::learn(journeys, how, window);
        all.text(att::to_bytes(counts, {.model = "probabilistic", .policy = "30 days"}));
        auto const table = att::attribute(
            journeys, counts.solve(), window,
            att::with_intervals(att::by(&touch::channel), {.replicates = 7, .confidence = 0.7}));
        for (auto const& row : table) {
            all.number(row.low);
            all.number(row.high);
            all.number(row.share_error);
        }
    });
    each_fit("predictive_quality", [](world const& one, digest& all) {
        add_prediction(one, att::markov(&touch::channel, {.order = 2}), all);
        add_prediction(one, att::probabilistic(&touch::channel), all);
    });
    each_fit("predictive_quality by score", [](world const& one, digest& all) {
        add_prediction(one, att::bagged_logistic(&touch::channel, {.fits = 20}), all);
    });
    each_fit("choose_order", [](world const& one, digest& all) {
        add_orders(att::choose_order(att::join(one.in_cents(), one.touches()),
                                     att::markov(&touch::channel), att::lookback(date::days{60}),
                                     4),
                   all);
    });
    each_fit("shapley_values, sampled", [](world const& one, digest& all) {
        std::vector<std::int32_t> const players{0, 1, 2, 3, 4, 5};
        auto const game = [&](auto const& members) {
            double worth = 0;
            for (auto const member : members)
                worth += one.book[static_cast<std::size_t>(member)].value;
            return worth * worth;
        };
        for (auto const& value :
             att::shapley_values(players, game, {.most_counted_out = 2, .orders = 64})) {
            all.number(value.value);
            all.number(value.standard_error);
        }
    });
}

}  // namespace same_bytes
