// SPDX-License-Identifier: BSL-1.0
#include "draws.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace truth {

world make_chain(world_rules const& rules, std::size_t customers, std::uint64_t seed);  // chain.cpp

void run_experiments(world& made, std::vector<double> const& lost, double conversions,
                     draws& random) {
    constexpr double times_as_many = 100;
    // Twice the difference of the halves; their numbers of conversions are as good as Poisson's.
    for (std::size_t i = 0; i < lost.size(); ++i) {
        auto const error =
            std::sqrt((2 * conversions + 2 * (conversions - lost[i])) / times_as_many);
        made.experiments.push_back(
            {static_cast<std::uint32_t>(i), lost[i] + error * random.normal(), error});
    }
}

namespace {

using channels_mask = std::uint32_t;

constexpr double step = 0.125;  // days
constexpr std::size_t steps = 45 * 8;
constexpr double horizon = step * static_cast<double>(steps);
constexpr std::size_t most_touches = 12;

struct planned {
    double at;  // days
    std::size_t channel;
    channels_mask needs;  // it would not be without these channels

    friend bool operator<(planned const& a, planned const& b) {
        return std::pair{a.at, a.channel} < std::pair{b.at, b.channel};
    }
};

/// Something that raises the customer's rate from a time on, as long as its channels are there.
struct influence {
    channels_mask needs;
    double from;
    double effect;
    double half_life;
};

double season_at(world_rules const& rules, double day) {
    return rules.season == 0
               ? 1
               : std::exp(-rules.season * std::cos(2 * std::numbers::pi * day / horizon));
}

/// A customer: inclination, what will be seen, and how likely a conversion is with parts of it.
class customer {
  public:
    customer(world_rules const& rules, draws& random) : rules_{&rules} {
        inclination_ = rules.intent == 0 ? 0 : rules.intent * random.normal();
        plan(random);
        for (auto const& one : touches_) {
            auto const& own = rules.channels[one.channel];
            influences_.push_back({one.needs, one.at, own.effect, own.half_life});
            for (auto const& pair : rules.orders)
                if (pair.then == one.channel)
                    add_pair(pair, one);
        }
    }

    [[nodiscard]] std::vector<planned> const& touches() const { return touches_; }
    [[nodiscard]] channels_mask seen() const {
        channels_mask all = 0;
        for (auto const& one : touches_)
            all |= one.needs;
        return all;
    }

    /// How much is accumulated in each step when only these channels are there; the probability
    /// not to convert is exp(-sum).
    void accumulate(channels_mask left, std::vector<double>& into) const {
        into.assign(steps, 0);
        if (rules_->how == mechanism::logistic) {
            auto const at = decides();
            auto const odds = std::exp(rules_->base + inclination_ + sum(left, at));
            into[static_cast<std::size_t>(at / step)] = std::log1p(odds);
            return;
        }
        auto const born = touches_.front().at;
        for (auto i = static_cast<std::size_t>(born / step) + 1; i < steps; ++i) {
            auto const day = static_cast<double>(i) * step;
            auto const age = std::pow(day - born, rules_->ageing);
            auto const base = age * season_at(*rules_, day);
            auto const effects = sum(left, day);
            into[i] = step * (rules_->how == mechanism::additive
                                  ? base * rules_->base * std::exp(inclination_) + effects
                                  : base * std::exp(rules_->base + inclination_ + effects));
        }
    }

    /// When the customer decides, once and for all: half a day after the last touchpoint.
    [[nodiscard]] double decides() const {
        return std::min(touches_.back().at + 0.5, horizon - step);
    }

  private:
    void plan(draws& random) {
        double at = random.unit() * 10;
        while (rules_->season != 0 &&
               !random.chance(season_at(*rules_, at) / std::exp(rules_->season)))
            at = random.unit() * (horizon - 5);
        std::vector<double> begins;
        std::vector<double> follows;
        for (auto const& one : rules_->channels) {
            auto const inclined = std::exp(one.intent * inclination_);
            begins.push_back(one.begins * inclined);
            follows.push_back(one.frequency * inclined);
        }
        do {
            add({at, random.place(touches_.empty() ? begins : follows), 0}, random);
            at += random.exponential(2.5);
        } while (at < horizon - step && touches_.size() < most_touches && random.chance(0.72));
        std::sort(touches_.begin(), touches_.end());
    }
    void add(planned one, draws& random) {
        one.needs |= channels_mask{1} << one.channel;
        touches_.push_back(one);
        for (auto const& excites : rules_->excitements)
            if (excites.cause == one.channel && random.chance(excites.probability)) {
                auto const at = one.at + random.exponential(0.5);
                if (at < horizon - step)
                    add({at, excites.follower, one.needs}, random);
            }
    }
    void add_pair(order_effect const& pair, planned const& then) {
        auto const first = std::ranges::find_if(
            touches_, [&](planned const& one) { return one.channel == pair.first && one < then; });
        if (first != touches_.end())
            influences_.push_back({first->needs | then.needs, then.at, pair.effect,
                                   rules_->channels[pair.then].half_life});
    }
    [[nodiscard]] double sum(channels_mask left, double day) const {
        double all = 0;
        for (auto const& one : influences_)
            if ((one.needs & ~left) == 0 && one.from <= day)
                all += one.effect * std::exp2((one.from - day) / one.half_life);
        return all;
    }

    world_rules const* rules_;
    double inclination_;
    std::vector<planned> touches_;
    std::vector<influence> influences_;
};

double probability(std::vector<double> const& accumulated) {
    double sum = 0;
    for (auto const one : accumulated)
        sum += one;
    return -std::expm1(-sum);
}

/// What the conversions are by in expectation: each channel's, and all.
struct expectation {
    std::vector<double> channels;
    std::vector<double> lost;  // without this channel alone
    double caused = 0;
    double all = 0;
};

/// Adds the Shapley values of one customer's channels. All other channels would change nothing.
void add_values(customer const& one, expectation& total) {
    std::vector<std::size_t> own;
    auto const seen = one.seen();
    for (std::size_t i = 0; i < total.channels.size(); ++i)
        if ((seen >> i & 1) != 0)
            own.push_back(i);
    auto const players = own.size();
    std::vector<double> worth(std::size_t{1} << players);
    std::vector<double> scratch;
    for (std::size_t coalition = 0; coalition < worth.size(); ++coalition) {
        channels_mask left = 0;
        for (std::size_t i = 0; i < players; ++i)
            left |= static_cast<channels_mask>((coalition >> i & 1) << own[i]);
        one.accumulate(left, scratch);
        worth[coalition] = probability(scratch);
    }
    total.all += worth.back();
    total.caused += worth.back() - worth.front();
    for (std::size_t i = 0; i < players; ++i)
        total.lost[own[i]] += worth.back() - worth[(worth.size() - 1) ^ std::size_t{1} << i];
    std::vector<double> weight(players);  // by the number of players who are there already
    weight[0] = 1 / static_cast<double>(players);
    for (std::size_t k = 1; k < players; ++k)
        weight[k] = weight[k - 1] * static_cast<double>(k) / static_cast<double>(players - k);
    for (std::size_t coalition = 0; coalition < worth.size(); ++coalition)
        for (std::size_t i = 0; i < players; ++i)
            if ((coalition >> i & 1) == 0)
                total.channels[own[i]] +=
                    weight[static_cast<std::size_t>(std::popcount(coalition))] *
                    (worth[coalition | std::size_t{1} << i] - worth[coalition]);
}

date::sys_seconds instant(double day) {
    return date::sys_days{date::year{2026} / 1 / 1} +
           std::chrono::seconds{static_cast<std::int64_t>(day * 86400)};
}

/// When the customer converts, in days; not within the horizon if never.
double lives(customer const& one, draws& random, std::vector<double>& scratch) {
    one.accumulate(~channels_mask{0}, scratch);
    auto rest = random.exponential(1);
    for (std::size_t i = 0; i < steps; ++i) {
        if (rest < scratch[i])
            return (static_cast<double>(i) + rest / scratch[i]) * step;
        rest -= scratch[i];
    }
    return horizon;
}

}  // namespace

world make_world(world_rules const& rules, std::size_t customers, std::uint64_t seed) {
    auto const number = std::max<std::size_t>(customers / rules.portion, 1);
    if (rules.how == mechanism::chain)
        return make_chain(rules, number, seed);
    draws random{seed};
    world made{rules.name, {}, {}, {}, instant(horizon), 0, number};
    std::vector<double> const nothing(rules.channels.size());
    expectation total{nothing, nothing, 0, 0};
    std::vector<double> scratch;
    for (std::size_t i = 0; i < number; ++i) {
        customer const one{rules, random};
        add_values(one, total);
        auto converts = lives(one, random, scratch);
        // Nobody is observed any longer who decided: all decisions are when observation ends.
        double const moved = rules.how == mechanism::logistic ? horizon - one.decides() : 0;
        bool const ever = converts < horizon;
        if (moved != 0)
            converts = one.decides();
        auto const key = static_cast<std::uint32_t>(2 * i);  // its other device is one more
        for (auto const& touch : one.touches()) {
            auto const other = random.chance(rules.other_device);
            auto const recorded = !random.chance(rules.channels[touch.channel].untracked);
            if (recorded && (touch.at < converts || other))
                made.touches.push_back({key + (other ? 1U : 0U),
                                        static_cast<std::uint32_t>(touch.channel),
                                        instant(touch.at + moved)});
        }
        if (ever)
            made.sales.push_back({key, instant(converts + moved)});
    }
    for (std::size_t i = 0; i < rules.channels.size(); ++i)
        made.channels.push_back(
            {rules.channels[i].name, rules.channels[i].kind, total.channels[i] / total.caused});
    made.incremental = total.caused / total.all;
    run_experiments(made, total.lost, total.all, random);
    return made;
}

}  // namespace truth
