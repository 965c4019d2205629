// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/aged_states.hpp>
#include <attribution/numeric/exponential.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/positive_definite.hpp>
#include <attribution/numeric/product.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// Rates of conversion as functions of what was seen, and how long ago.
namespace attribution::inline v0_1::detail {

/// How long customers were in a state, and how often they converted in it.
struct observed_state {
    std::vector<std::uint32_t> touches;  // as `aged_states` has them; channels by their place
    std::uint64_t ticks;
    std::uint64_t conversions;
    double value;  // of the conversions
};

/// Half-lives that an effect may have, in units of the ages, and what is left of the effect.
struct fading {
    static constexpr std::size_t number = 9;
    std::array<std::array<double, age_classes::number>, number> left{};

    [[nodiscard]] static constexpr double half_life(std::size_t choice) {
        return power_of_two(static_cast<int>(choice) - 2);
    }

    /// The mean of 2^(-age / half-life) over each class of ages.
    constexpr fading() {
        constexpr double ln2 = 0.693'147'180'559'945'3;
        for (std::size_t choice = 0; choice < number; ++choice)
            for (std::uint32_t of = 0; of < age_classes::number; ++of) {
                auto const lives = [&](std::int64_t ticks) {
                    return static_cast<double>(ticks) /
                           (static_cast<double>(age_classes::ticks_per_unit) * half_life(choice));
                };
                auto const begin = lives(age_classes::begin(of));
                auto const end = lives(age_classes::end(of));
                left[choice][of] =
                    (exponential(-begin * ln2) - exponential(-end * ln2)) / ((end - begin) * ln2);
            }
    }
};

inline constexpr fading faded{};

/// The rate of conversion per unit of time: exp(baseline + sum over touchpoints of the effect of
/// their channel, faded).
struct conversion_rate_by_age {
    double baseline = 0;
    std::vector<double> effects;       // by channel
    std::vector<std::size_t> fadings;  // by channel, the choice of half-life
    double objective = 0;              // logarithm of the likelihood, less the penalty
    unsigned rounds = 0;
    bool settled = false;

    /// What a touchpoint adds to the logarithm of the rate.
    [[nodiscard]] double added(std::uint32_t touch) const {
        auto const channel = touch / age_classes::number;
        return product(effects[channel], faded.left[fadings[channel]][touch % age_classes::number]);
    }
};

/// Finds the rate that makes the observed states, a vector of them, likeliest, with a penalty of
/// shrinkage / 2 * the sum of squared effects.
///
/// Newton's method, in the space of (channel, class of age) pairs: the likelihood and its first two
/// derivatives there say, by their quadratic approximation, which half-life suits each channel best
/// (coordinate by coordinate), and then the effects of all channels are solved for together. A
/// candidate that is no better is moved halfway back. At last, the half and the double of each
/// channel's half-life are tried with all effects solved for anew, in at most four rounds. States
/// are taken in their order, and all arithmetic is in products and sums that are rounded one by one:
/// the same bits everywhere.
template <class States>
class survival_fit {
  public:
    survival_fit(States const& states, std::size_t channels, double shrinkage)
        : channels_{channels}, shrinkage_{shrinkage},
          gradient_(places() + 1, 0.0), information_{places() + 1} {
        for (auto const& one : states) {
            auto& own = states_.emplace_back(exposed{{}, 0, 0});
            own.exposure =
                static_cast<double>(one.ticks) / static_cast<double>(age_classes::ticks_per_unit);
            own.conversions = static_cast<double>(one.conversions);
            for (auto const touch : one.touches)
                if (!own.touches.empty() && own.touches.back().first == touch)
                    own.touches.back().second += 1;
                else
                    own.touches.emplace_back(touch, 1.0);
        }
    }

    [[nodiscard]] conversion_rate_by_age operator()() {
        auto best = start();
        look(best);
        bool ended = false;
        for (unsigned round = 1; round <= most_rounds && !ended; ++round) {
            auto const candidate = improved(best);
            auto const before = best.objective;
            auto const better = accept(best, candidate, 16) ||
                                (!is_at_top(best) && accept(best, stepped(best), 60));
            ended = !better || best.objective - before <= 1e-13 * std::abs(best.objective);
            best.rounds = round;
        }
        polish(best);
        for (int sweep = 0; sweep < 4 && neighbours(best); ++sweep)
            polish(best);
        polish(best);
        best.settled = ended && is_at_top(best);
        return best;
    }

  private:
    static constexpr unsigned most_rounds = 200;
    static constexpr std::size_t per_channel = age_classes::number;

    struct exposed {
        std::vector<std::pair<std::uint32_t, double>> touches;  // and how often each is there
        double exposure;
        double conversions;
    };

    [[nodiscard]] std::size_t places() const { return channels_ * per_channel; }

    /// No effects: the rate of everybody.
    [[nodiscard]] conversion_rate_by_age start() const {
        conversion_rate_by_age rate{0,
                                    std::vector<double>(channels_, 0.0),
                                    std::vector<std::size_t>(channels_, fading::number / 2),
                                    0,
                                    0,
                                    false};
        double exposure = 0;
        double conversions = 0;
        for (auto const& one : states_) {
            exposure += one.exposure;
            conversions += one.conversions;
        }
        auto const everybody = conversions / exposure;
        auto const parts = take_apart(everybody);
        rate.baseline = (parts.exponent + 53) * 0.693'147'180'559'945'3;
        for (int i = 0; i < 40; ++i)  // Newton's method for the logarithm, from at most ln 2 above
            rate.baseline += everybody / exponential(rate.baseline) - 1;
        return rate;
    }

    /// Computes the objective of a rate, and its derivatives.
    void look(conversion_rate_by_age& rate) {
        std::vector<double> added(places());
        for (std::uint32_t i = 0; i < places(); ++i)
            added[i] = rate.added(i);
        gradient_.assign(places() + 1, 0.0);
        information_ = symmetric_matrix{places() + 1};
        rate.objective = 0;
        for (auto const& one : states_) {
            auto logarithm = rate.baseline;
            for (auto const& [touch, times] : one.touches)
                logarithm += product(times, added[touch]);
            auto const expected = product(one.exposure, exponential(logarithm));
            rate.objective += product(one.conversions, logarithm) - expected;
            auto const missing = one.conversions - expected;
            gradient_[places()] += missing;
            information_(places(), places()) += expected;
            for (std::size_t i = 0; i < one.touches.size(); ++i) {
                auto const [touch, times] = one.touches[i];
                auto const weight = product(expected, times);
                gradient_[touch] += product(missing, times);
                information_(places(), touch) += weight;
                for (std::size_t j = 0; j <= i; ++j)
                    information_(touch, one.touches[j].first) +=
                        product(weight, one.touches[j].second);
            }
        }
        for (auto const effect : rate.effects)
            rate.objective -= product(product(effect, effect), shrinkage_ / 2);
    }

    /// Moves on to the candidate, or to a point between it and the best one that is better. The
    /// derivatives are those of the best one afterwards. Returns whether there was one among `points`.
    bool accept(conversion_rate_by_age& best, conversion_rate_by_age candidate, int points) {
        for (int point = 0; point < points; ++point) {
            look(candidate);
            if (candidate.objective > best.objective) {
                best = std::move(candidate);
                return true;
            }
            // Between different half-lives there is no line to go back on.
            candidate.fadings = best.fadings;
            candidate.baseline = (candidate.baseline + best.baseline) / 2;
            for (std::size_t i = 0; i < channels_; ++i)
                candidate.effects[i] = (candidate.effects[i] + best.effects[i]) / 2;
        }
        look(best);
        return false;
    }

    /// One step of Newton's method, with the half-lives as they are.
    [[nodiscard]] conversion_rate_by_age stepped(conversion_rate_by_age rate) const {
        solve_for_effects(rate, gradient_);
        return rate;
    }

    /// Does one more step promise nothing that is worth it?
    [[nodiscard]] bool is_at_top(conversion_rate_by_age const& rate) const {
        return promised(rate, stepped(rate)) - rate.objective <=
               1e-9 * (1 + std::abs(rate.objective));
    }

    /// The objective is too flat at its top to say where that is to more than half of the digits;
    /// one step of Newton's method, which near the top needs no such judge, gives the rest.
    void polish(conversion_rate_by_age& best) {
        auto finest = stepped(best);
        auto const before = best.objective;
        look(finest);
        if (finest.objective >= before - 1e-9 * std::abs(before))
            best = std::move(finest);
        else
            look(best);
    }

    /// Tries the next shorter and the next longer half-life of each channel, with the effects of all
    /// channels solved for anew, where the approximation says that this may be better. Returns
    /// whether one was.
    bool neighbours(conversion_rate_by_age& best) {
        bool found = false;
        for (std::size_t channel = 0; channel < channels_; ++channel)
            for (auto const shorter : {true, false}) {
                auto const now = best.fadings[channel];
                if (now == (shorter ? 0 : fading::number - 1))
                    continue;
                auto candidate = switched(best, channel, shorter ? now - 1 : now + 1);
                if (promised(best, candidate) < best.objective - 1)
                    continue;
                auto const gradient = gradient_;
                auto const information = information_;
                look(candidate);
                polish(candidate);
                if (candidate.objective > best.objective + 1e-12 * std::abs(best.objective)) {
                    best = std::move(candidate);
                    found = true;
                } else {
                    gradient_ = gradient;
                    information_ = information;
                }
            }
        return found;
    }

    /// The rate with another half-life of one channel, and the effects that suit it best by the
    /// approximation.
    [[nodiscard]] conversion_rate_by_age switched(conversion_rate_by_age const& rate,
                                                  std::size_t channel, std::size_t choice) const {
        auto other = rate;
        other.fadings[channel] = choice;
        auto residual = gradient_;
        for (auto place = channel * per_channel; place < (channel + 1) * per_channel; ++place) {
            auto const one = static_cast<std::uint32_t>(place);
            auto const step = other.added(one) - rate.added(one);
            for (std::size_t i = 0; i <= places(); ++i)
                residual[i] -= product(information_(i, place), step);
        }
        solve_for_effects(other, residual);
        return other;
    }

    /// The objective that the approximation around `rate` promises elsewhere.
    [[nodiscard]] double promised(conversion_rate_by_age const& rate,
                                  conversion_rate_by_age const& elsewhere) const {
        std::vector<double> steps(places() + 1);
        for (std::uint32_t i = 0; i < places(); ++i)
            steps[i] = elsewhere.added(i) - rate.added(i);
        steps.back() = elsewhere.baseline - rate.baseline;
        auto sum = rate.objective;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            sum += product(gradient_[i], steps[i]);
            for (std::size_t j = 0; j < steps.size(); ++j)
                sum -= product(product(steps[i], steps[j]), information_(i, j)) / 2;
        }
        for (std::size_t i = 0; i < channels_; ++i)
            sum += product(product(rate.effects[i], rate.effects[i]) -
                               product(elsewhere.effects[i], elsewhere.effects[i]),
                           shrinkage_ / 2);
        return sum;
    }

    /// Where the quadratic approximation around the rate is best.
    [[nodiscard]] conversion_rate_by_age improved(conversion_rate_by_age rate) const {
        auto residual = gradient_;  // the gradient of the approximation where `rate` has got to
        for (int sweep = 0; sweep < 8; ++sweep) {
            for (std::size_t channel = 0; channel < channels_; ++channel)
                choose(channel, rate, residual);
            auto const step = residual[places()] / information_(places(), places());
            rate.baseline += step;
            for (std::size_t i = 0; i <= places(); ++i)
                residual[i] -= product(information_(i, places()), step);
        }
        solve_for_effects(rate, residual);
        return rate;
    }

    /// Gives one channel the effect and the half-life that suit best while the others stay.
    void choose(std::size_t channel, conversion_rate_by_age& rate,
                std::vector<double>& residual) const {
        auto const first = channel * per_channel;
        std::array<double, per_channel> now{};
        std::array<double, per_channel> without{};
        for (std::size_t i = 0; i < per_channel; ++i)
            now[i] = rate.added(static_cast<std::uint32_t>(first + i));
        for (std::size_t i = 0; i < per_channel; ++i) {
            without[i] = residual[first + i];
            for (std::size_t j = 0; j < per_channel; ++j)
                without[i] += product(information_(first + i, first + j), now[j]);
        }
        double best = -1;
        for (std::size_t choice = 0; choice < fading::number; ++choice) {
            auto const& left = faded.left[choice];
            double slope = 0;
            double curvature = shrinkage_;
            for (std::size_t i = 0; i < per_channel; ++i) {
                slope += product(left[i], without[i]);
                for (std::size_t j = 0; j < per_channel; ++j)
                    curvature +=
                        product(product(left[i], left[j]), information_(first + i, first + j));
            }
            auto const gain = curvature > 0 ? product(slope, slope) / curvature : 0;
            if (gain > best) {
                best = gain;
                rate.effects[channel] = curvature > 0 ? slope / curvature : 0;
                rate.fadings[channel] = choice;
            }
        }
        for (std::size_t j = 0; j < per_channel; ++j) {
            auto const step = rate.added(static_cast<std::uint32_t>(first + j)) - now[j];
            for (std::size_t i = 0; i <= places(); ++i)
                residual[i] -= product(information_(i, first + j), step);
        }
    }

    /// All effects together, with the half-lives as they are.
    void solve_for_effects(conversion_rate_by_age& rate,
                           std::vector<double> const& residual) const {
        symmetric_matrix curvature{channels_ + 1};
        std::vector<double> slope(channels_ + 1, 0.0);
        auto const left = [&](std::size_t place) {
            return faded.left[rate.fadings[place / per_channel]][place % per_channel];
        };
        for (std::size_t i = 0; i < places(); ++i) {
            slope[i / per_channel] += product(left(i), residual[i]);
            curvature(channels_, i / per_channel) += product(left(i), information_(places(), i));
            for (std::size_t j = 0; j <= i; ++j) {
                auto const part = product(product(left(i), left(j)), information_(i, j));
                auto const twice = i != j && i / per_channel == j / per_channel;
                curvature(i / per_channel, j / per_channel) += twice ? 2 * part : part;
            }
        }
        curvature(channels_, channels_) = information_(places(), places());
        slope[channels_] = residual[places()];
        for (std::size_t i = 0; i < channels_; ++i) {
            curvature(i, i) += shrinkage_;
            slope[i] -= product(shrinkage_, rate.effects[i]);
        }
        auto const step = solve(std::move(curvature), std::move(slope));
        if (step.empty())
            return;
        for (std::size_t i = 0; i < channels_; ++i)
            rate.effects[i] += step[i];
        rate.baseline += step[channels_];
    }

    std::size_t channels_;
    double shrinkage_;
    std::vector<exposed> states_;
    std::vector<double> gradient_;  // by (channel, class of age), the baseline last
    symmetric_matrix information_;  // of the same
};

}  // namespace attribution::detail
