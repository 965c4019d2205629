// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/counted_parts.hpp>
#include <attribution/engine/learn/kept_channel.hpp>
#include <attribution/engine/learn/sparse_totals.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/product.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Paths through the same channels, however often and in whatever order, and how they ended.
struct counted_set {
    std::vector<std::uint32_t> channels;  // places, ascending
    std::uint64_t conversions;
    std::uint64_t nulls;
    double value;  // of the conversions
};

/// All paths by their sets of channels, in an order that does not depend on who was counted first.
template <class Channel, amount Amount>
struct counted_sets {
    std::vector<Channel> channels;  // ascending
    std::vector<counted_set> sets;
    evidence<Amount> seen;
};

/// What the channels of some sets earn.
struct credited_sets {
    std::vector<exact_sum> conversions;  // by channel
    std::vector<exact_sum> value;
    exact_sum cut;                 // what was negative
    std::uint64_t cut_paths = 0;   // converting paths with something negative
    std::uint64_t lost_paths = 0;  // converting paths in which nothing is positive

    /// Says in a card what was set to 0, and what is lost.
    void note(model_card& card) const {
        if (cut_paths != 0)
            card.more.emplace_back(std::string{"negative, set to 0"},
                                   number_text(cut.value()) + " in " + std::to_string(cut_paths) +
                                       " converting paths");
        if (lost_paths != 0)
            card.warnings.push_back("no channel contributes to " + std::to_string(lost_paths) +
                                    " converting paths: they are unattributed");
    }
};

/// Splits the conversions of each set, and their value, in proportion to what its channels
/// contribute: `part_of(channel, the set's channels)`, or 0 where that is negative. Sums are exact.
template <class PartOf>
credited_sets credit_sets(std::vector<counted_set> const& sets, std::size_t channels,
                          PartOf part_of) {
    credited_sets all{std::vector<exact_sum>(channels), std::vector<exact_sum>(channels), {}, 0, 0};
    std::vector<double> parts;
    for (auto const& one : sets) {
        if (one.conversions == 0)
            continue;
        auto const times = static_cast<double>(one.conversions);
        exact_sum positive;
        exact_sum negative;
        parts.clear();
        for (auto const channel : one.channels) {
            double const part = part_of(channel, one.channels);
            (part < 0 ? negative : positive).add(part);
            parts.push_back(std::max(0.0, part));
        }
        double const sum = positive.value();
        if (negative.value() < 0) {
            all.cut_paths += one.conversions;
            all.cut.add(product(negative.value(), times));
        }
        if (!(sum > 0)) {
            all.lost_paths += one.conversions;
            continue;
        }
        for (std::size_t i = 0; i < parts.size(); ++i) {
            double const share = parts[i] / sum;
            all.conversions[one.channels[i]].add(product(times, share));
            all.value[one.channels[i]].add(product(one.value, share));
        }
    }
    return all;
}

/// Counts for estimators that need to know only which channels a path has: those of `shapley`, with
/// another `solve`. A commutative monoid, see `learned_counts`.
///
/// The solver has a `name`, and makes a model when it is called with `counted_sets`.
template <class Solver, class Channel, amount Amount>
class set_counts {
    using counts_type = shapley_counts<no_projection, coalition_game_fn, Channel, Amount, false>;

  public:
    using channel_type = Channel;
    using amount_type = Amount;
    using parts_type = typename counts_type::parts_type;

    explicit set_counts(Solver solver) : solver_(std::move(solver)) {}

    std::uint32_t channel(channel_probe<Channel> const& seen) { return counts_.channel(seen); }
    [[nodiscard]] attribution::evidence<Amount>& evidence() & { return counts_.evidence(); }
    [[nodiscard]] attribution::evidence<Amount> evidence() const&& {
        return static_cast<counts_type const&&>(counts_).evidence();
    }
    void add(std::span<std::uint32_t const> path, path_outcome<Amount> const& outcome) {
        counts_.add(path, outcome);
    }
    /// Errors:     std::overflow_error if there are more paths than 64 bits can count.
    void merge(set_counts const& other) { counts_.merge(other.counts_); }

    /// The rules by which paths were counted: the same for all that count sets.
    [[nodiscard]] std::string counted_by() const { return counts_.counted_by(); }
    [[nodiscard]] parts_type take_apart() const { return counts_.take_apart(); }

    /// Adds counts that were taken apart.
    ///
    /// Errors:     std::invalid_argument if no paths could give such counts; std::overflow_error as
    ///             `merge`. If anything is thrown, nothing is added.
    void merge_parts(parts_type const& parts) { counts_.merge_parts(parts); }

    /// Errors:     fit_error: no path, nobody converted, and what the solver refuses;
    ///             std::overflow_error if a value does not fit into its type.
    [[nodiscard]] auto solve() const {
        auto const parts = take_apart();
        require_conversions(parts.seen, Solver::name);
        counted_sets<Channel, Amount> all{parts.channels, {}, parts.seen};
        for (auto const& [players, conversions, nulls, value] : parts.coalitions) {
            auto& one = all.sets.emplace_back(
                counted_set{{}, conversions, nulls, as_double(value ? &*value : nullptr)});
            for (auto const& player : players)
                one.channels.push_back(player.second);
        }
        return solver_(all);
    }

  private:
    [[no_unique_address]] Solver solver_;
    counts_type counts_{{}, {}, {}};
};

}  // namespace attribution::detail
