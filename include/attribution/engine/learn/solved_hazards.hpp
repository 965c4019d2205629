// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/hazard_fit.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/engine/learn/timed_parts.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/learn/hazard_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/logarithm.hpp>
#include <attribution/numeric/product.hpp>

#include <cstddef>
#include <string>
#include <vector>

/// What is computed from the counts of touchpoints and their ages.
namespace attribution::inline v0_1::detail {

template <class Channel, amount Amount>
observed_hazards observed(timed_parts<Channel, Amount> const& parts) {
    observed_hazards seen;
    seen.channels = parts.channels.size();
    for (auto const& [channel, age, touches] : parts.touches)
        seen.all.push_back({channel, middle_of(age), static_cast<double>(touches)});
    for (auto const& [places, conversions, value] : parts.paths) {
        seen.in_paths.insert(seen.in_paths.end(), places.begin(), places.end());
        seen.ends.push_back(seen.in_paths.size());
        seen.conversions.push_back(static_cast<double>(conversions));
    }
    return seen;
}

/// What each channel earns of the value of the paths.
template <class Channel, amount Amount>
std::vector<double> value_by_channel(timed_parts<Channel, Amount> const& parts,
                                     observed_hazards const& seen,
                                     std::vector<channel_hazard> const& hazards) {
    std::vector<double> result(seen.channels, 0);
    std::vector<double> hazard;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        hazard.clear();
        double sum = 0;
        for (auto const place : seen.path(i)) {
            auto const& one = seen.all[place];
            auto const& of = hazards[one.channel];
            hazard.push_back(
                product(product(of.strength, of.decay), exp_minus(product(of.decay, one.age))));
            sum += hazard.back();
        }
        double const value = as_double(&std::get<2>(parts.paths[i]));
        for (std::size_t k = 0; k < hazard.size(); ++k)
            result[seen.all[seen.path(i)[k]].channel] += product(value, hazard[k] / sum);
    }
    return result;
}

/// Errors:     fit_error if the likelihood does not settle; std::overflow_error if a value does not
///             fit into its type.
template <class Channel, amount Amount>
learned_hazards<Channel> solved(timed_parts<Channel, Amount> const& parts,
                                hazard_options const& options) {
    constexpr double ln2 = 0.6931471805599453;
    auto const seen = observed(parts);
    auto const found = hazard_search{seen}(options.most_steps);
    if (!found.settled)
        throw fit_error{fit_failure::not_settled,
                        "additive_hazard: the likelihood has not settled in " +
                            std::to_string(found.steps) +
                            " steps; allow more, or learn from more conversions, from fewer "
                            "channels or with a coarser resolution"};
    learned_hazards<Channel> what;
    what.hazards = found.hazards;
    what.card = card_of(parts.seen, "additive hazard", parts.channels.size());
    what.card.more.emplace_back(std::string{"log-likelihood"}, number_text(found.log_likelihood));
    what.card.more.emplace_back(std::string{"steps"}, std::to_string(found.steps));
    auto const value = value_by_channel(parts, seen, found.hazards);
    std::size_t lasting = 0;
    for (std::size_t i = 0; i < parts.channels.size(); ++i) {
        auto const& [strength, decay] = found.hazards[i];
        what.channels(parts.channels[i]);
        what.level.push_back(strength > 0 ? logarithm(product(strength, decay)) : 0);
        what.effects.push_back({parts.channels[i], strength, strength > 0 ? ln2 / decay : 0,
                                found.earned[i], value[i]});
        lasting += strength > 0 && decay <= found.slowest ? 1 : 0;
    }
    if (lasting != 0)
        what.card.warnings.push_back(
            "the effects of " + std::to_string(lasting) +
            " channels do not decay within the ages that were seen: their strengths and "
            "half-lives mean nothing, only their proportions");
    return what;
}

}  // namespace attribution::detail
