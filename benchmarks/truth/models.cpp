// SPDX-License-Identifier: BSL-1.0
#include "models.hpp"

#include <attribution/attribution.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace truth {

namespace {

namespace att = attribution;

/// A channel cannot earn less than nothing: what is negative counts as 0.
std::vector<double> in_proportion(std::vector<double> amounts) {
    double sum = 0;
    for (auto& one : amounts)
        sum += one = std::max(one, 0.0);
    if (sum > 0)
        for (auto& one : amounts)
            one /= sum;
    return amounts;
}

auto records_of(world const& one) {
    return std::pair{att::conversions(one.sales, &sale::customer, &sale::at, &sale::value),
                     att::touchpoints(one.touches, &touch::customer, &touch::at)};
}

template <class Model>
contender rule(std::string name, Model model) {
    return {std::move(name), [model = std::move(model)](world const& one) {
                auto const [sales, touches] = records_of(one);
                auto const report =
                    att::attribute(sales, touches, model, att::always, att::by(&touch::channel));
                std::vector<double> amounts(one.channels.size());
                for (auto const& row : report)
                    if (row.key)
                        amounts[*row.key] = row.amount;
                return in_proportion(std::move(amounts));
            }};
}

template <class Player>
std::size_t channel_of(Player const& player) {
    if constexpr (requires { player.channel; })
        return player.channel;
    else
        return player;
}

/// What the model learns of each channel over all paths; customers are observed to the world's end.
template <class Estimator>
contender learned(std::string name, Estimator how) {
    return {std::move(name), [how = std::move(how)](world const& one) {
                auto const [sales, touches] = records_of(one);
                auto const model = att::fit(sales, touches, how, att::always, att::until(one.end));
                std::vector<double> amounts(one.channels.size());
                for (auto const& effect : model.effects())
                    if constexpr (requires { effect.player; })
                        amounts[channel_of(effect.player)] += effect.conversions;
                    else
                        amounts[effect.channel] += effect.conversions;
                return in_proportion(std::move(amounts));
            }};
}

/// What a report says, bent towards what experiments measured: of all channels, or of one of each kind.
template <class Model>
std::vector<double> calibrated(world const& one, Model const& model, bool all) {
    auto const [sales, touches] = records_of(one);
    auto const report = att::attribute(sales, touches, model, att::always,
                                       att::with_intervals(att::by(&touch::channel)));
    std::vector<std::string> kinds;
    std::vector<att::lift<std::uint32_t>> measured;
    for (auto const& test : one.experiments) {
        auto const& kind = one.channels[test.channel].kind;
        if (!all && std::ranges::find(kinds, kind) != kinds.end())
            continue;
        kinds.push_back(kind);
        if (std::ranges::any_of(report, [&](auto const& row) { return row.key == test.channel; }))
            measured.emplace_back(test.channel, test.conversions, test.standard_error);
    }
    std::vector<double> amounts(one.channels.size());
    for (auto const& row : att::calibrated(report, measured))
        if (row.key)
            amounts[*row.key] = row.amount;
    return in_proportion(std::move(amounts));
}

contender calibrated_linear(std::string name, bool all) {
    return {std::move(name), [all](world const& one) { return calibrated(one, att::linear, all); },
            true};
}

contender calibrated_survival(std::string name, bool all) {
    using namespace std::chrono_literals;
    return {std::move(name),
            [all](world const& one) {
                auto const [sales, touches] = records_of(one);
                auto const model = att::fit(sales, touches, att::survival(&touch::channel, 12h),
                                            att::always, att::until(one.end));
                return calibrated(one, model, all);
            },
            true};
}

}  // namespace

std::vector<contender> const& contenders() {
    using namespace std::chrono_literals;
    constexpr auto channel = &touch::channel;
    constexpr auto backwards = att::survival_credit::backwards;
    constexpr auto proportional = att::survival_credit::proportional;
    constexpr auto at_the_end = att::survival_exposure::at_the_end;
    static std::vector<contender> const all{
        rule("first touch", att::first_touch),
        rule("last touch", att::last_touch),
        rule("linear", att::linear),
        rule("linear, each channel once", att::over(att::first_of_each(channel), att::linear)),
        rule("position-based", att::position_based()),
        rule("J-shaped", att::j_shaped),
        rule("inverse J-shaped", att::inverse_j_shaped),
        rule("position decay", att::position_decay),
        rule("time decay, 7 days", att::time_decay(date::days{7})),
        rule("time decay, 1 day", att::time_decay(date::days{1})),
        rule("stepped decay, 7 days", att::stepped_time_decay(date::days{7})),
        learned("Markov 1", att::markov(channel)),
        learned("Markov 2", att::markov(channel, {.order = 2})),
        learned("Markov 3", att::markov(channel, {.order = 3})),
        learned("Shapley", att::shapley(channel)),
        learned("Shapley, rates", att::shapley(channel, att::conversion_rate_game)),
        learned("ordered Shapley", att::ordered_shapley(channel)),
        learned("probabilistic", att::probabilistic(channel)),
        learned("bagged logistic", att::bagged_logistic(channel)),
        learned("additive hazard", att::additive_hazard(channel)),
        learned("survival, Shapley", att::survival(channel, 12h)),
        learned("survival, backwards", att::survival(channel, 12h, {.credit = backwards})),
        learned("survival, in proportion", att::survival(channel, 12h, {.credit = proportional})),
        learned("survival at the end, Shapley",
                att::survival(channel, 12h, {.exposure = at_the_end})),
        learned("survival at the end, in proportion",
                att::survival(channel, 12h, {.credit = proportional, .exposure = at_the_end})),
        calibrated_linear("linear, one test per kind", false),
        calibrated_survival("survival, one test per kind", false),
        calibrated_linear("linear, all channels tested", true),
        calibrated_survival("survival, all channels tested", true),
    };
    return all;
}

}  // namespace truth
