// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/learn/length_text.hpp>
#include <attribution/engine/learn/solved_hazards.hpp>
#include <attribution/engine/learn/timed_counts.hpp>
#include <attribution/engine/learn/timed_parts.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/hazard_model.hpp>
#include <attribution/learn/model_card.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

namespace attribution::inline v0_1 {

/// Touchpoints by channel and age, and the paths that converted. A commutative monoid, see
/// `learned_counts`.
template <class Projection, class Channel, amount Amount, class Length>
class hazard_counts {
  public:
    using channel_type = Channel;
    using amount_type = Amount;
    using model_type = hazard_model<Projection, Channel, Length>;
    using parts_type = detail::timed_parts<Channel, Amount>;

    hazard_counts(Projection projection, Length resolution, hazard_options options)
        : projection_(std::move(projection)), resolution_{resolution}, options_{options} {}

    std::uint32_t channel(channel_probe<Channel> const& seen) { return counts_.channel(seen); }
    [[nodiscard]] attribution::evidence<Amount>& evidence() & { return counts_.evidence(); }
    [[nodiscard]] attribution::evidence<Amount> evidence() const&& {
        return std::move(counts_).evidence();
    }
    void add(std::span<std::uint32_t const> path, std::span<std::int64_t const> ages,
             path_outcome<Amount> const& outcome) {
        counts_.add(path, ages, outcome);
    }

    /// Errors:     std::invalid_argument if `other` was counted with another resolution;
    ///             std::overflow_error if there are more paths, or touchpoints in them, than 64
    ///             bits can count.
    void merge(hazard_counts const& other) {
        if (!(resolution_ == other.resolution_))
            throw std::invalid_argument{
                "additive_hazard: counts of different resolutions cannot be merged"};
        counts_.merge(other.counts_);
    }

    /// The rules by which paths were counted. Counts by different rules cannot be merged.
    [[nodiscard]] std::string counted_by() const {
        return "ages of touchpoints in units of " + detail::length_text(resolution_);
    }
    [[nodiscard]] parts_type take_apart() const { return counts_.take_apart(); }

    /// Adds counts that were taken apart.
    ///
    /// Errors:     std::invalid_argument if no paths could give such counts; std::overflow_error as
    ///             `merge`. If anything is thrown, nothing is added.
    void merge_parts(parts_type const& parts) {
        detail::check(parts, "additive_hazard");
        counts_.merge_parts(parts);
    }

    /// Errors:     fit_error: no path, nobody converted, the likelihood does not settle;
    ///             std::overflow_error if a value does not fit into its type.
    [[nodiscard]] model_type solve() const {
        auto const parts = take_apart();
        require_conversions(parts.seen, "additive_hazard");
        auto what = detail::solved(parts, options_);
        what.card.more.emplace(what.card.more.begin(), "ages in units of",
                               detail::length_text(resolution_));
        return {projection_, resolution_,
                std::make_shared<typename model_type::learned const>(std::move(what))};
    }

  private:
    [[no_unique_address]] Projection projection_;
    Length resolution_;
    hazard_options options_;
    detail::timed_counts<Channel, Amount> counts_;
};

/// The estimator that `additive_hazard` makes.
template <class Projection, class Length>
struct additive_hazard_estimator {
    static constexpr bool needs_touchpoints = true;
    [[no_unique_address]] Projection channel;
    Length resolution;
    hazard_options options;

    template <class Step>
    [[nodiscard]] std::int64_t age(Step const& one) const {
        return detail::age_of(one, resolution);
    }
    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        static_assert(std::totally_ordered<Channel>,
                      "attribution: additive_hazard() needs channels that are ordered by <, so "
                      "that results do not depend on who came first");
        return hazard_counts<Projection, Channel, Amount, Length>{channel, resolution, options};
    }
};

/// Learns by how much each channel's touchpoints raise the rate at which customers convert, and how
/// fast that fades; credits each touchpoint with its part of the rate at the conversion.
///
/// Shape:      a touchpoint of channel a adds strength_a * decay_a * e^(-decay_a * t) to the hazard
///             at age t; hazards add up. A path is seen from each touchpoint to its conversion, or
///             to the end of its window if there is none. Strengths and decays are those that make
///             what was seen likeliest. Effects are strengths, half-lives, and what each channel
///             earns of the conversions and their value.
/// Units:      ages are whole `resolution`s, and taken as the middle of theirs: a touchpoint at the
///             very instant of the conversion is half a unit old. An hour by default; a number if
///             times are numbers.
/// Options:    `additive_hazard(&touch::channel, 10min, {.most_steps = 1'000})`.
/// Edges:      touchpoints after the conversion have no part in it. Those of another conversion of
///             the same customer count again: `since_previous_conversion` says otherwise. A policy
///             that cuts paths short also cuts what is seen of those who did not convert. A channel
///             that earns nothing has strength 0. Decays are not looked for where less than 1% of the
///             effect would fade within the oldest touchpoint's age; the card warns of it. No conversion comes by
///             itself: the whole of each is given to its touchpoints. Channels that were never
///             learned weigh 0.
/// Errors:     std::invalid_argument if the resolution is not positive, or there are no steps.
///             `solve`: fit_error.
/// Complexity: a hash look-up per touchpoint to count; to solve, steps * (distinct ages of channels +
///             touchpoints of converting paths). Memory for those, not for all paths.
/// Same bytes: counts are whole numbers and sorted, powers and logarithms do not depend on libm, and
///             products are rounded before they are added: neither the order of the records nor that
///             of merging can change a result. The likelihood may have several maxima; the search
///             begins where all channels are alike, so that no chance decides between them.
/// Source:     Zhang, Wei, Ren, 2014, "Multi-touch attribution in online advertising with survival
///             theory". Their step takes a decay to the maximum of a bound of the likelihood; here
///             each step takes strength and decay to the maximum itself, and steps are lengthened:
///             the same end, in dozens of steps instead of thousands. A widespread implementation (the Python package mta, `additive_hazard`)
///             differs: it begins at random, ends each path with its last touchpoint, takes only the
///             seconds of a day of each age, and counts a channel's part once for each of its
///             touchpoints.
/// Example:    examples/recipes/learned_side_by_side.cpp
template <class Projection, class Length = std::chrono::hours>
[[nodiscard]] auto additive_hazard(Projection channel, Length resolution = Length{1},
                                   hazard_options options = {}) {
    static_assert(detail::may_project<Projection, hazard_options>,
                  "attribution: the first argument of additive_hazard() is a projection of "
                  "touchpoints to channels, the second one the resolution of their ages, as in "
                  "additive_hazard(&touch::channel, std::chrono::minutes{10})");
    if (!(resolution > Length{}))
        throw std::invalid_argument{"additive_hazard: the resolution must be positive"};
    if (options.most_steps == 0)
        throw std::invalid_argument{"additive_hazard: there must be at least 1 step"};
    return additive_hazard_estimator<Projection, Length>{std::move(channel), resolution, options};
}

}  // namespace attribution
