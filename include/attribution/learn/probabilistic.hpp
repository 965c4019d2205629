// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/learn/conversion_rates.hpp>
#include <attribution/engine/learn/set_counts.hpp>
#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/learned_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/model/model.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Which other channels a channel is compared with.
enum class compared_with {
    channels_of_the_path,  // as the paper has it
    channels_of_the_data   // as a widespread implementation had it
};

/// Options of a probabilistic estimator.
struct probabilistic_options {
    compared_with others = compared_with::channels_of_the_path;
};

/// What a channel contributes.
template <class Channel>
struct probabilistic_effect {
    Channel channel;
    double rate;         // the part of the paths with this channel that convert
    double conversions;  // what it earns of the paths that were learned from
    double value;        // of their value
};

namespace detail {

/// What was learned about rates of conversion.
template <class Channel>
struct learned_rates {
    channel_numbers<Channel> channels;  // in their order
    conversion_rates rates;
    std::vector<double> among_all;  // C by channel, if all are compared; else empty
    std::vector<probabilistic_effect<Channel>> effects;
    model_card card;

    /// C of a channel in a path with these distinct channels; may be negative.
    template <class Members>
    [[nodiscard]] double contribution_of(std::uint32_t channel, Members const& members) const {
        return among_all.empty() ? detail::contribution(rates, channel, members)
                                 : among_all[channel];
    }
};

}  // namespace detail

/// What `probabilistic` learns: a model, and the numbers behind it.
///
/// Cheap to copy: what was learned is shared and never changes. A temporary returns copies of the
/// numbers.
template <class Projection, class Channel>
class probabilistic_model
    : public learned_model<Projection, Channel, detail::learned_rates<Channel>> {
    using base = learned_model<Projection, Channel, detail::learned_rates<Channel>>;

  public:
    using learned = detail::learned_rates<Channel>;

    probabilistic_model(Projection channel, std::shared_ptr<learned const> what)
        : base{std::move(channel), std::move(what)} {}

    /// Weighs each touchpoint with its channel's contribution in this path, 0 if that is negative,
    /// split evenly over the channel's touchpoints.
    ///
    /// Errors:     std::domain_error, as `fit`, if a channel is or holds a NaN, or is a null
    ///             pointer to text.
    template <class Path>
    void operator()(Path const& steps, weights w) const {
        auto const known = this->what().channels.size();
        auto numbers = steps.space().indices.borrow(steps.size());
        auto members = steps.space().indices.borrow();
        auto times = steps.space().indices.borrow(known);
        auto worth = steps.space().weights.borrow(known);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const one = steps[i];
            auto const number =
                this->number_of(one, "probabilistic: the channel of touchpoint row ");
            numbers.span()[i] = number;
            if (number < known && ++times.span()[number] == 1)
                members->push_back(number);
        }
        for (auto const number : members.span())
            worth.span()[number] =
                std::max(0.0, this->what().contribution_of(static_cast<std::uint32_t>(number),
                                                           members.span())) /
                static_cast<double>(times.span()[number]);
        for (std::size_t i = 0; i < steps.size(); ++i)
            w[i] = numbers.span()[i] < known ? worth.span()[numbers.span()[i]] : 0;
    }

  private:
};

namespace detail {

/// Makes a `probabilistic_model` of counted sets.
template <class Projection>
struct probabilistic_solver {
    static constexpr char const* name = "probabilistic";
    [[no_unique_address]] Projection channel;
    probabilistic_options options;

    template <class Channel, amount Amount>
    auto operator()(counted_sets<Channel, Amount> const& all) const {
        auto what = std::make_shared<learned_rates<Channel>>();
        for (auto const& one : all.channels)
            what->channels(one);
        what->rates = conversion_rates{all.sets, all.channels.size()};
        bool const of_data = options.others == compared_with::channels_of_the_data;
        for (std::uint32_t i = 0; of_data && i < all.channels.size(); ++i)
            what->among_all.push_back(contribution_among_all(what->rates, i));
        what->card = card_of(all.seen,
                             std::string{"probabilistic model of second order, channels compared "
                                         "with those of the "} +
                                 (of_data ? "data" : "path"),
                             all.channels.size());
        auto const earned =
            credit_sets(all.sets, all.channels.size(), [&](std::uint32_t one, auto const& members) {
                return what->contribution_of(one, members);
            });
        for (std::uint32_t i = 0; i < all.channels.size(); ++i)
            what->effects.push_back({all.channels[i], what->rates.of(i),
                                     earned.conversions[i].value(), earned.value[i].value()});
        earned.note(what->card);
        return probabilistic_model<Projection, Channel>{channel, std::move(what)};
    }
};

}  // namespace detail

/// The estimator that `probabilistic` makes.
template <class Projection>
struct probabilistic_estimator {
    [[no_unique_address]] Projection channel;
    probabilistic_options options;

    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        static_assert(std::totally_ordered<Channel>,
                      "attribution: probabilistic() needs channels that are ordered by <, so that "
                      "results do not depend on who came first");
        using solver = detail::probabilistic_solver<Projection>;
        return detail::set_counts<solver, Channel, Amount>{solver{channel, options}};
    }
};

/// Credits each channel of a path with how likely paths with it are to convert, alone and together
/// with each other channel of the path.
///
/// Shape:      paths -> P(i), the part of the paths with channel i that convert, and P(i, j) of
///             those with both -> in a path with n channels, C(i) = P(i) + 1 / (2 (n - 1)) * sum
///             over its other channels j of (P(i, j) - P(i) - P(j)); alone, C(i) = P(i).
/// Options:    `probabilistic(&touch::channel, {.others = compared_with::channels_of_the_data})`:
///             C(i) over all channels that were learned, the same in every path; a pair that no
///             path has then has P(i, j) = 0.
/// Edges:      C may be negative, where a channel does worse in company. It is then 0, in the path;
///             the model card says in how many of the paths that were learned from, and how much.
///             A path in which no C is positive is unattributed. Channels that were never learned
///             weigh 0, and do not count among the others; a pair that was never seen together adds
///             nothing. Order and repeats play no part. Values of conversions are only credited.
/// Errors:     fit_error: no path, nobody converted.
/// Complexity: sets of channels * channels^2 of a set, to learn; channels^2 per path to weigh.
/// Same bytes: counts are whole numbers, sums are exact, sets are sorted: neither the order of the
///             records nor that of merging, nor the names of the channels, can change a result.
///             Counts are those of `shapley`, also in bytes.
/// Source:     Shao & Li, 2011, "Data-driven multi-touch attribution models", section 4. Widespread
///             implementations (the Python package mta, `shao`) differ: they add up the C of all
///             converting paths before they normalise, so that a path counts for more where its
///             channels convert more often, and they keep negative C; here every conversion is
///             split by itself, and adds up. Earlier ones compare with all channels of the data.
/// Example:    examples/recipes/learned_side_by_side.cpp
template <class Projection = detail::no_projection>
[[nodiscard]] auto probabilistic(Projection channel = {}, probabilistic_options options = {}) {
    static_assert(detail::may_project<Projection, probabilistic_options, compared_with>,
                  "attribution: the first argument of probabilistic() is a projection of "
                  "touchpoints to channels, or {} for paths that were counted before; options come "
                  "second");
    return probabilistic_estimator<Projection>{std::move(channel), options};
}

}  // namespace attribution
