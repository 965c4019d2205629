// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/survival_fit.hpp>
#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/survival_model.hpp>
#include <attribution/numeric/product.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// What is computed from the counts of a survival model.
namespace attribution::inline v0_1::detail {

/// What each channel caused in all observed states, and what the baseline did.
template <class Channel>
void credit_states(std::span<observed_state const> states, survival_credit how,
                   learned_survival<Channel>& what) {
    std::vector<double> added;
    std::vector<double> without;
    std::vector<double> shares;
    auto& [rate, conversions, value] = what.baseline;
    for (auto const& one : states) {
        if (one.conversions == 0)
            continue;
        added.clear();
        without.clear();
        for (auto const touch : one.touches) {
            added.push_back(what.added[touch]);
            without.push_back(what.without[touch]);
        }
        shares.assign(one.touches.size(), 0.0);
        share_conversion(how, added, without, shares);
        double left = 1;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            auto& effect = what.effects[one.touches[i] / age_classes::number];
            effect.conversions += product(shares[i], static_cast<double>(one.conversions));
            effect.value += product(shares[i], one.value);
            left -= shares[i];
        }
        conversions += product(left, static_cast<double>(one.conversions));
        value += product(left, one.value);
    }
}

inline std::string name_of(survival_options const& options) {
    std::string const name = options.exposure == survival_exposure::all_the_time
                                 ? "survival: rate of conversion by channels and ages"
                                 : "survival: conversion at the end by channels and ages";
    switch (options.credit) {
    case survival_credit::shapley:
        return name + ", Shapley values";
    case survival_credit::backwards:
        return name + ", removed backwards";
    default:
        return name + ", in proportion";
    }
}

/// Adds to the card what was found, and what speaks against it.
template <class Channel>
void describe(conversion_rate_by_age const& rate, std::size_t states,
              learned_survival<Channel>& what) {
    auto& card = what.card;
    auto const add = [&](char const* name, double number) {
        card.more.emplace_back(name, number_text(rounded_weight(number)));
    };
    add("baseline rate", what.baseline.rate);
    add("from the baseline", what.baseline.conversions);
    card.more.emplace_back(std::string{"states"}, std::to_string(states));
    card.more.emplace_back(std::string{"rounds"}, std::to_string(rate.rounds));
    if (!rate.settled)
        card.warnings.push_back("the effects had not settled when the search was given up");
    for (auto const& effect : what.effects)
        if (effect.effect < 0) {
            card.warnings.push_back("a channel has a negative effect: customers convert less "
                                    "after it, and a path gives it nothing");
            break;
        }
}

/// States must be in an order that does not depend on who was counted first.
template <class Channel>
learned_survival<Channel> solved(std::vector<Channel> const& channels,
                                 std::span<observed_state const> states,
                                 survival_options const& options, model_card card) {
    auto const rate = survival_fit{states, channels.size(), options.shrinkage}();
    learned_survival<Channel> what;
    what.card = std::move(card);
    what.baseline.rate = exponential(rate.baseline);
    for (std::size_t i = 0; i < channels.size(); ++i) {
        what.channels(channel_probe<Channel>(channels[i]));
        what.effects.push_back(
            {channels[i], rate.effects[i], fading::half_life(rate.fadings[i]), 0, 0});
    }
    for (std::uint32_t i = 0; i < channels.size() * age_classes::number; ++i) {
        what.added.push_back(rate.added(i));
        what.without.push_back(exponential(-what.added.back()));
    }
    detail::credit_states(states, options.credit, what);
    detail::describe(rate, states.size(), what);
    return what;
}

}  // namespace attribution::detail
