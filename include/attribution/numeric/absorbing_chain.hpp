// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/product.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A Markov chain that starts somewhere, hops from state to state, and ends for good: converted or
/// not. Cycles are fine; every state must be able to end.
///
/// The hops from one state lie side by side. `ends` holds, per state, the probability
/// to convert, the probability to be lost, and the value that a visit earns by converting.
struct absorbing_chain {
    struct hop {
        std::uint32_t to;
        double probability;
    };
    struct ending {
        double converts = 0;
        double lost = 0;
        double value = 0;
    };

    std::vector<double> start;        // probability to begin in each state
    std::vector<std::size_t> begins;  // where each state's hops begin, and where the last ends
    std::vector<hop> hops;
    std::vector<ending> ends;

    [[nodiscard]] std::size_t size() const { return start.size(); }
    [[nodiscard]] std::span<hop const> hops_from(std::size_t state) const {
        return {hops.data() + begins[state], begins[state + 1] - begins[state]};
    }
};

/// The part that converts, as a probability and as value.
struct absorbed {
    double converts = 0;
    double value = 0;
    bool settled = true;
};

/// For every group of states (such as those that hold a channel): how much of what converts passes
/// through the group?
///
/// `in_groups(state, low, high)`: is the state in a group whose number lies in [low, high)?
///
/// Both ways to solve it only add, multiply and divide non-negative numbers, so no digits cancel
/// and even the smallest effect is accurate to nearly all of its digits: P(through a group) is
/// computed as such, not as 1 - P(around it). Every product is rounded before it is added, so that
/// the result does not depend on the compiler.
///
/// `eliminate`: state reduction. A state is eliminated by joining each way in to each way out; the
/// probability to leave it is the sum of the ways out, never 1 - P(stay). For a set of groups, all
/// states outside of every group are eliminated once for the whole set; then the set is cut in
/// halves. For groups of one state each (order 1), all effects cost little more than one
/// factorisation, O(n^3), instead of n of them. Needs n^2 numbers.
/// Source: Grassmann, Taksar, Heyman, 1985, "Regenerative analysis and steady state distributions
/// for Markov chains".
///
/// `push`: the mass at the start is passed on along the hops, sweep after sweep, until less than
/// 2^-56 of what has arrived is still on its way. O(hops) per sweep, and roughly as many sweeps as
/// paths are long: for large sparse chains.
template <class InGroups>
class group_effects {
  public:
    group_effects(absorbing_chain const& chain, std::size_t groups, InGroups in_groups)
        : chain_{chain}, in_groups_{in_groups}, effects_(groups) {}

    /// Both return false if the chain was not solved: some state can never end, or `push` did not
    /// settle in `sweeps` sweeps.
    bool eliminate() {
        solved_ = true;
        if (!effects_.empty() && chain_.size() != 0) {
            reduced whole{chain_};
            split(whole, 0, effects_.size());
        }
        return solved_;
    }

    bool push(std::size_t sweeps) {
        for (std::size_t group = 0; group < effects_.size(); ++group) {
            std::vector<double> mass = chain_.start;
            auto const inside = [&](std::size_t state) {
                return in_groups_(state, group, group + 1);
            };
            if (!flow(mass, inside, sweeps).settled)
                return false;
            for (std::size_t state = 0; state < chain_.size(); ++state)
                if (!inside(state))
                    mass[state] = 0;  // too little to matter: it never arrived
            // So far, what arrived in the group stayed there; now it goes on through the whole
            // chain.
            effects_[group] = flow(
                mass, [](std::size_t) { return false; }, sweeps);
            if (!effects_[group].settled)
                return false;
        }
        return true;
    }

    [[nodiscard]] std::vector<absorbed> const& effects() const { return effects_; }

    /// Everything that converts.
    [[nodiscard]] absorbed all(std::size_t sweeps) const {
        auto mass = chain_.start;
        return flow(
            mass, [](std::size_t) { return false; }, sweeps);
    }

  private:
    static constexpr std::size_t endings = 3;  // columns before those of the states

    /// A chain as a dense table: row 0 is the start, row 1 + i the i-th state; columns are
    /// converts, lost, value, and the states.
    struct reduced {
        std::vector<std::size_t> states;  // which of the chain's
        std::vector<double> cells;

        explicit reduced(absorbing_chain const& chain) {
            states.assign(chain.size(), 0);
            std::iota(states.begin(), states.end(), std::size_t{0});
            cells.assign((states.size() + 1) * width(), 0.0);
            std::copy(chain.start.begin(), chain.start.end(), row(0) + endings);
            for (std::size_t i = 0; i < states.size(); ++i) {
                auto* const own = row(i + 1);
                own[0] = chain.ends[i].converts;
                own[1] = chain.ends[i].lost;
                own[2] = chain.ends[i].value;
                for (auto const& hop : chain.hops_from(i))
                    own[endings + hop.to] += hop.probability;
            }
        }

        /// The states of `from` at `kept`, in that order.
        reduced(reduced const& from, std::vector<std::size_t> const& kept) {
            for (auto const place : kept)
                states.push_back(from.states[place]);
            cells.assign((kept.size() + 1) * width(), 0.0);
            for (std::size_t i = 0; i <= kept.size(); ++i) {
                auto const* const old = from.row(i == 0 ? 0 : kept[i - 1] + 1);
                auto* const own = row(i);
                std::copy_n(old, endings, own);
                for (std::size_t j = 0; j < kept.size(); ++j)
                    own[endings + j] = old[endings + kept[j]];
            }
        }

        [[nodiscard]] std::size_t width() const { return endings + states.size(); }
        double* row(std::size_t i) { return cells.data() + i * width(); }
        [[nodiscard]] double const* row(std::size_t i) const { return cells.data() + i * width(); }

        /// Eliminates the states from `first` on, the last one first, by joining their ways in to
        /// their ways out.
        bool eliminate_from(std::size_t first) {
            for (auto k = states.size(); k-- > first;) {
                auto const* const out = row(k + 1);
                double leaves = out[0] + out[1];
                for (std::size_t j = 0; j < k; ++j)
                    leaves += out[endings + j];
                for (std::size_t i = 0; i <= k; ++i) {
                    auto* const in = row(i);
                    if (in[endings + k] == 0)
                        continue;
                    if (!(leaves > 0))
                        return false;
                    double const factor = in[endings + k] / leaves;
                    for (std::size_t j = 0; j < endings + k; ++j)
                        in[j] += product(factor, out[j]);
                }
            }
            return true;
        }
    };

    /// Reduces to the states of groups [low, high), and goes on with the halves.
    void split(reduced const& whole, std::size_t low, std::size_t high) {
        std::vector<std::size_t> kept;
        std::vector<std::size_t> others;
        for (std::size_t i = 0; i < whole.states.size(); ++i)
            (in_groups_(whole.states[i], low, high) ? kept : others).push_back(i);
        auto const count = kept.size();
        kept.insert(kept.end(), others.begin(), others.end());
        reduced part{whole, kept};
        if (!part.eliminate_from(count)) {
            solved_ = false;
            return;
        }
        if (high - low > 1) {
            reduced const rest{part, first_numbers(count)};
            split(rest, low, low + (high - low) / 2);
            split(rest, low + (high - low) / 2, high);
            return;
        }
        // Only the group's own states are left. Set aside what goes from the start past them: what
        // converts now has been in the group.
        reduced own{part, first_numbers(count)};
        std::fill_n(own.row(0), endings, 0.0);
        if (!own.eliminate_from(0))
            solved_ = false;
        effects_[low] = {own.row(0)[0], own.row(0)[2], true};
    }

    static std::vector<std::size_t> first_numbers(std::size_t count) {
        std::vector<std::size_t> numbers(count, 0);
        std::iota(numbers.begin(), numbers.end(), std::size_t{0});
        return numbers;
    }

    /// Passes `mass` on until almost nothing moves. Mass in a state that `stays` remains there.
    template <class Stays>
    absorbed flow(std::vector<double>& mass, Stays stays, std::size_t sweeps) const {
        constexpr double enough = 0x1p-56;
        constexpr double nothing = 0x1p-200;
        std::vector<char> moving(chain_.size(), 0);
        for (std::size_t state = 0; state < chain_.size(); ++state)
            moving[state] = stays(state) ? 0 : 1;
        absorbed done;
        for (std::size_t sweep = 0; sweep < sweeps; ++sweep) {
            for (std::size_t state = 0; state < chain_.size(); ++state) {
                double const here = mass[state];
                if (here == 0 || moving[state] == 0)
                    continue;
                mass[state] = 0;
                auto const& end = chain_.ends[state];
                done.converts += product(here, end.converts);
                done.value += product(here, end.value);
                for (auto const& hop : chain_.hops_from(state))
                    mass[hop.to] += product(here, hop.probability);
            }
            double moves = 0;
            double rests = done.converts;
            for (std::size_t state = 0; state < chain_.size(); ++state)
                (moving[state] != 0 ? moves : rests) += mass[state];
            if (moves <= enough * rests || moves < nothing)
                return done;
        }
        done.settled = false;
        return done;
    }

    absorbing_chain const& chain_;
    InGroups in_groups_;
    std::vector<absorbed> effects_;
    bool solved_ = true;
};

}  // namespace attribution::detail
