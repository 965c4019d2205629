// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <string>

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

template <class Estimator>
void effects(std::string const& name, Estimator const& how) {
    auto const window = att::lookback(date::days{30});
    each_fit(name, [&](world const& one, digest& all) {
        auto const model = att::fit(one.in_doubles(), one.touches(), how, window);
        for (auto const& effect : model.effects()) {
            all.number(effect.conversions);
            all.number(effect.value);
        }
        add_credits(att::attribute(one.in_cents(), one.touches(), model, window), all);
    });
}

}  // namespace

void learned() {
    effects("markov", att::markov(&touch::channel));
    effects("markov of order 3", att::markov(&touch::channel, {.order = 3}));
    effects("shapley", att::shapley(&touch::channel));
    effects("ordered_shapley", att::ordered_shapley(&touch::channel));
    each_fit("choose_order", [](world const& one, digest& all) {
        auto const choice =
            att::choose_order(att::join(one.in_cents(), one.touches()),
                              att::markov(&touch::channel), att::lookback(date::days{60}), 4);
        all.number(choice.best);
        for (auto const& order : choice.orders) {
            all.number(order.auc);
            all.number(order.penalized_auc);
            all.number(order.validated_auc);
            all.number(order.standard_error);
        }
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
