// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "world.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truth {

/// How what customers saw makes them convert.
enum class mechanism {
    intensity,  // the rate is exp(base + sum of effects): Poisson, Cox
    additive,   // the rate is base + sum of effects: additive hazard, Hawkes
    logistic,   // one decision, half a day after the last touchpoint, by the logistic function
    chain       // a Markov chain of channels, a removed channel loses whoever comes to it
};

struct channel_rules {
    std::string name;
    std::string kind;
    double begins;         // how often it is the first touchpoint, relative to the others
    double frequency;      // how often it is the next one
    double effect;         // when the touchpoint is new
    double half_life;      // of the effect, in days
    double intent = 0;     // how strongly it follows those who would buy anyway
    double untracked = 0;  // probability that a touchpoint is not recorded
};

/// `then` has an additional effect if `first` came before it.
struct order_effect {
    std::size_t first;
    std::size_t then;
    double effect;
};

/// A touchpoint of `cause` brings one of `follower`, which would not be without it.
struct excitement {
    std::size_t cause;
    std::size_t follower;
    double probability;
};

struct world_rules {
    std::string name;
    std::string about;
    mechanism how = mechanism::intensity;
    double base = -6;         // additive: conversions per day; otherwise a logarithm or logit
    std::size_t portion = 1;  // one of so many customers exists: small samples
    double intent = 0;        // standard deviation of the customers' own inclination
    double season = 0;        // how much more happens in the middle than at the borders
    double ageing = 0;        // exponent with which the base rate grows since the first touchpoint
    double other_device = 0;  // probability that a touchpoint is of a device nobody links
    std::vector<channel_rules> channels;
    std::vector<order_effect> orders;
    std::vector<excitement> excitements;
};

/// All worlds of the board.
[[nodiscard]] std::vector<world_rules> const& worlds();

/// Nothing if there is no world of this name.
[[nodiscard]] std::optional<world_rules> world_named(std::string_view name);

/// Makes the world, and computes what each channel really causes: the Shapley value of the
/// conversions that are expected of these customers when only the touchpoints of some channels are
/// left, all else unchanged. In a `chain`, the removal effects of the channels, in proportion.
///
/// Also runs an experiment for each channel: among a hundred times as many customers, every second one, by
/// lot, is kept from it. What is measured, scaled to the customers of the world, has the error that
/// such numbers have by chance.
///
/// The same numbers give the same world.
[[nodiscard]] world make_world(world_rules const& rules, std::size_t customers, std::uint64_t seed);

}  // namespace truth
