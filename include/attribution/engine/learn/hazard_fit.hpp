// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exponential.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/logarithm.hpp>
#include <attribution/numeric/product.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// Additive hazards: how the effects of touchpoints, which add up and decay, are found. What is observed is a
/// template's parameter, so that only who fits hazards compiles it.
namespace attribution::inline v0_1::detail {

/// What is known of touchpoints and conversions. No sum over it depends on anything but its order.
struct observed_hazards {
    /// Touchpoints of one channel and one age at the end of their paths.
    struct aged {
        std::uint32_t channel;
        double age;
        double touches;  // of all paths
    };
    std::vector<aged> all;                // by channel
    std::vector<std::uint32_t> in_paths;  // places in `all`: of one converting path after another
    std::vector<std::size_t> ends;        // where each path ends among them
    std::vector<double> conversions;      // of each path; not 0
    std::size_t channels = 0;

    [[nodiscard]] std::size_t size() const { return ends.size(); }
    [[nodiscard]] std::span<std::uint32_t const> path(std::size_t i) const {
        auto const begin = i == 0 ? 0 : ends[i - 1];
        return {in_paths.data() + begin, ends[i] - begin};
    }
    [[nodiscard]] double total() const {
        double sum = 0;
        for (double const one : conversions)
            sum += one;
        return sum;
    }
};

/// A touchpoint of a channel adds strength * decay * e^(-decay * age) to the hazard.
struct channel_hazard {
    double strength;  // conversions that it brings, if it has all the time there is; 0: none
    double decay;     // per unit of age
};

/// One step from some hazards to likelier ones.
struct hazard_step {
    std::vector<channel_hazard> next;
    std::vector<double> earned;  // conversions of each channel, by the hazards before the step
    double log_likelihood = 0;   // of the hazards before the step; -infinity if they cannot be
};

/// The slowest decay that is looked for: with it, the effect of the oldest touchpoint is 1% smaller
/// than at first.
inline double slowest_decay(observed_hazards const& seen) {
    double oldest = 1;
    for (auto const& one : seen.all)
        oldest = std::max(oldest, one.age);
    return 1 / (100 * oldest);
}

/// The best strength and decay of one channel, given how many conversions it is responsible for and
/// how old its touchpoints were then: those with the largest earned * log(strength * decay) - decay *
/// ages - strength * exposure(decay).
///
/// With the best strength, earned / exposure, the slope in the decay has the sign of 1 / decay -
/// exposure' / exposure - ages / earned, whose zero is searched for between two decays.
class best_hazard {
  public:
    using touches = std::span<observed_hazards::aged const>;

    best_hazard(touches all, double earned, double ages)
        : all_{all}, earned_{earned}, mean_age_{ages / earned} {}

    [[nodiscard]] channel_hazard operator()(double start, double slowest) const {
        auto const decay = decay_from(std::max(start, slowest), slowest);
        return {earned_ / look(decay).exposure, decay};
    }

  private:
    struct view {
        double exposure;
        double slope;
    };
    [[nodiscard]] view look(double decay) const {
        double exposure = 0;
        double change = 0;
        for (auto const& one : all_) {
            double const far = product(decay, one.age);
            exposure += product(one.touches, one_minus_exp_minus(far));
            change += product(one.touches, product(one.age, exp_minus(far)));
        }
        return {exposure, 1 / decay - change / exposure - mean_age_};
    }
    [[nodiscard]] double decay_from(double start, double slowest) const {
        auto const here = look(start).slope;
        double low = start;  // where the slope is positive
        double high = start;
        double at_low = here;
        double at_high = here;
        while (at_high > 0) {
            low = high;
            at_low = at_high;
            high *= 1.5;
            at_high = look(high).slope;
        }
        while (!(at_low > 0)) {
            if (low <= slowest)
                return slowest;
            high = low;
            at_high = at_low;
            low = std::max(slowest, low / 1.5);
            at_low = look(low).slope;
        }
        return between(low, at_low, high, at_high);
    }
    /// Where the slope is 0. Regula falsi, Illinois' variant.
    [[nodiscard]] double between(double low, double at_low, double high, double at_high) const {
        int kept = 0;  // which end was kept last
        double middle = low;
        for (int i = 0; i < 60 && high - low > product(high, 1e-13); ++i) {
            middle = low + product(high - low, at_low / (at_low - at_high));
            double const there = look(middle).slope;
            if (there == 0)
                break;
            if (there > 0) {
                low = middle;
                at_low = there;
                at_high = kept > 0 ? at_high / 2 : at_high;
                kept = 1;
            } else {
                high = middle;
                at_high = there;
                at_low = kept < 0 ? at_low / 2 : at_low;
                kept = -1;
            }
        }
        return middle;
    }

    touches all_;
    double earned_;
    double mean_age_;
};

/// Expectation and maximisation. A touchpoint is responsible for its part of the hazard at the
/// conversion; the next hazards are the best with these responsibilities. So the likelihood never
/// falls.
template <class Observed>
hazard_step likelier(Observed const& seen, std::vector<channel_hazard> const& hazards,
                     double slowest) {
    hazard_step step{hazards, std::vector<double>(seen.channels, 0), 0};
    std::vector<double> hazard;  // of one touchpoint
    hazard.reserve(seen.all.size());
    double expected = 0;
    for (auto const& one : seen.all) {
        auto const& of = hazards[one.channel];
        double const far = product(of.decay, one.age);
        hazard.push_back(product(product(of.strength, of.decay), exp_minus(far)));
        expected += product(product(one.touches, of.strength), one_minus_exp_minus(far));
    }
    std::vector<double> ages(seen.channels, 0);  // by responsibility
    for (std::size_t i = 0; i < seen.size(); ++i) {
        double sum = 0;
        for (auto const place : seen.path(i))
            sum += hazard[place];
        if (!(sum > 0)) {
            step.log_likelihood = -std::numeric_limits<double>::infinity();
            return step;
        }
        step.log_likelihood += product(seen.conversions[i], logarithm(sum));
        for (auto const place : seen.path(i)) {
            double const part = product(seen.conversions[i], hazard[place] / sum);
            step.earned[seen.all[place].channel] += part;
            ages[seen.all[place].channel] += product(part, seen.all[place].age);
        }
    }
    step.log_likelihood -= expected;
    for (std::size_t c = 0, first = 0, last = 0; c < seen.channels; ++c, first = last) {
        while (last < seen.all.size() && seen.all[last].channel == c)
            ++last;
        step.next[c].strength = 0;
        if (step.earned[c] > 0)
            step.next[c] = best_hazard{{seen.all.data() + first, last - first},
                                       step.earned[c],
                                       ages[c]}(hazards[c].decay, slowest);
    }
    return step;
}

/// The hazards that make the observations likeliest, and how that was found.
struct fitted_hazards {
    std::vector<channel_hazard> hazards;
    std::vector<double> earned;  // conversions of each channel
    double log_likelihood = 0;
    double slowest = 0;  // decay that was looked for
    std::size_t steps = 0;
    bool settled = false;
};

/// Looks for the likeliest hazards, by expectation and maximisation with steps that are lengthened
/// where that is likelier still.
///
/// Source:     Varadhan & Roland, 2008, "Simple and globally convergent methods for accelerating the
///             convergence of any EM algorithm" (scheme S3), on logarithms.
template <class Observed>
class hazard_search {
  public:
    explicit hazard_search(Observed const& seen)
        : seen_{&seen}, slowest_{slowest_decay(seen)}, total_{seen.total()} {}

    [[nodiscard]] fitted_hazards operator()(std::size_t most_steps) const {
        auto now = begin();
        auto step = likelier(*seen_, now, slowest_);
        fitted_hazards result{now, step.earned, step.log_likelihood, slowest_, 1, false};
        while (result.steps < most_steps && !result.settled && is_finite(step.log_likelihood)) {
            double const before = step.log_likelihood;
            auto const first = without_idle(step.next, step.earned);
            auto const second = likelier(*seen_, first, slowest_);
            ++result.steps;
            result.settled = settled(now, first, second.earned);
            auto const third = without_idle(second.next, second.earned);
            // One plain step after a longer one brings strengths and decays into line.
            auto const longer = likelier(*seen_, lengthened(now, first, third), slowest_);
            now = longer.next;
            step = likelier(*seen_, now, slowest_);
            result.steps += 2;
            if (!(is_finite(longer.log_likelihood) &&
                  step.log_likelihood >= second.log_likelihood)) {
                now = third;
                step = likelier(*seen_, now, slowest_);
                ++result.steps;
            }
            // A channel that fades away never stops changing.
            result.settled =
                result.settled || !(step.log_likelihood - before > product(total_, 1e-13));
            result.hazards = now;
            result.earned = step.earned;
            result.log_likelihood = step.log_likelihood;
        }
        return result;
    }

  private:
    using hazards = std::vector<channel_hazard>;

    /// All channels alike: a decay by which the touchpoints of those who converted are of middling
    /// age, or slower, if by that a conversion could not be.
    [[nodiscard]] hazards begin() const {
        double age = 0;
        double weight = 0;
        for (std::size_t i = 0; i < seen_->size(); ++i)
            for (auto const place : seen_->path(i)) {
                age += product(seen_->conversions[i], seen_->all[place].age);
                weight += seen_->conversions[i];
            }
        hazards start(seen_->channels, {1, weight / age});
        while (!is_finite(likelier(*seen_, start, slowest_).log_likelihood) &&
               start[0].decay > slowest_)
            for (auto& one : start)
                one.decay = std::max(slowest_, one.decay / 2);
        double exposure = 0;
        for (auto const& one : seen_->all)
            exposure += product(one.touches,
                                one_minus_exp_minus(product(start[one.channel].decay, one.age)));
        for (auto& one : start)
            one.strength = total_ / exposure;
        return start;
    }
    /// A channel that earns next to nothing is given up, so that the others can settle.
    [[nodiscard]] hazards without_idle(hazards all, std::vector<double> const& earned) const {
        for (std::size_t c = 0; c < all.size(); ++c)
            if (earned[c] < product(total_, power_of_two(-50)))
                all[c].strength = 0;
        return all;
    }
    /// Do the hazards change by less than 1e-9 of themselves, weighed by what they earn?
    [[nodiscard]] bool settled(hazards const& a, hazards const& b,
                               std::vector<double> const& earned) const {
        for (std::size_t c = 0; c < a.size(); ++c) {
            if (b[c].strength == 0 && a[c].strength == 0)
                continue;
            double const change = std::max(std::abs(a[c].strength / b[c].strength - 1),
                                           std::abs(a[c].decay / b[c].decay - 1));
            if (!(product(change, earned[c]) <= product(total_, 1e-9)))
                return false;
        }
        return true;
    }
    /// Further along the way from `a` over `b` to `c`, for each channel by as much as its way has
    /// become shorter.
    [[nodiscard]] hazards lengthened(hazards const& a, hazards const& b, hazards const& c) const {
        auto result = c;
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (!(c[i].strength > 0))
                continue;
            way const strength{a[i].strength, b[i].strength, c[i].strength};
            way const decay{a[i].decay, b[i].decay, c[i].decay};
            double const change =
                product(strength.change, strength.change) + product(decay.change, decay.change);
            if (!(change > 0))
                continue;
            double const first =
                product(strength.first, strength.first) + product(decay.first, decay.first);
            double const length = std::max(1.0, std::sqrt(first / change));
            result[i].strength = product(a[i].strength, strength.after(length));
            result[i].decay = std::max(slowest_, product(a[i].decay, decay.after(length)));
        }
        return result;
    }

    /// The logarithms of three numbers, one after the other: the first difference, and by how much
    /// the second one differs from it.
    struct way {
        double first;
        double change;

        way(double a, double b, double c)
            : first{logarithm(b / a)}, change{logarithm(c / b) - first} {}
        /// By which factor the number grows until `length`; 1 leads to the third number.
        [[nodiscard]] double after(double length) const {
            double const far =
                product(2 * length, first) + product(product(length, length), change);
            return exponential(std::clamp(far, -20.0, 20.0));
        }
    };

    Observed const* seen_;
    double slowest_;
    double total_;
};

}  // namespace attribution::detail
