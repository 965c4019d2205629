// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/amount/number_text.hpp>
#include <attribution/learn/channel_weights.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/learned_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/learn/shapley_values.hpp>
#include <attribution/model/model.hpp>

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// What a model does on a path with a channel whose Shapley value is negative.
enum class negative_values {
    refuse,  // std::domain_error that names the touchpoint and the conversion
    as_zero  // the channel earns nothing
};

/// Options of a Shapley estimator.
struct shapley_options {
    bool by_value = false;  // weigh by the value of paths, not by conversions
    negative_values negative = negative_values::refuse;
    shapley_sampling sampling = {};  // for games of your own with too many players to count out
};

/// A player of the ordered variant: a channel at a position of the path, from 1.
template <class Channel>
struct placed_channel {
    std::size_t position;
    Channel channel;

    friend auto operator<=>(placed_channel const&, placed_channel const&) = default;
    friend std::ostream& operator<<(std::ostream& out, placed_channel const& player) {
        return out << player.position << ' ' << player.channel;
    }
};

/// Who plays: channels, or channels at their positions.
template <bool Ordered, class Channel>
using shapley_player = std::conditional_t<Ordered, placed_channel<Channel>, Channel>;

/// What one player adds, by the game.
template <class Player>
struct shapley_effect {
    Player player;
    double conversions;  // game (a): conversions; (b): conversion rate; your own: what it returns
    double value;        // game (a): value; (b): value per path; your own: as `conversions`
    double standard_error;  // of a sampled value; 0 if it was counted out
};

namespace detail {

/// What was learned about the players of a game.
template <class Channel, class Player>
struct learned_players {
    channel_numbers<Channel> channels;  // in their order
    std::vector<shapley_effect<Player>> effects;
    std::vector<double> weights;  // by player
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> places;
    // ordered: of every channel, (position, player)
    model_card card;
};

}  // namespace detail

/// What `shapley` learns: a model, and the numbers behind it.
///
/// Cheap to copy: what was learned is shared and never changes. A temporary returns copies of the
/// numbers.
template <class Projection, class Channel, class Player, bool Linear>
class shapley_model
    : public learned_model<Projection, Channel, detail::learned_players<Channel, Player>> {
    using base = learned_model<Projection, Channel, detail::learned_players<Channel, Player>>;

  public:
    using learned = detail::learned_players<Channel, Player>;

    shapley_model(Projection channel, shapley_options options, std::shared_ptr<learned const> what)
        : base{std::move(channel), std::move(what)}, options_{options} {}

    /// Errors:     std::domain_error, as `fit`, if a channel is or holds a NaN, or is a null
    ///             pointer to text.
    template <class Path>
    void operator()(Path const& steps, weights w) const {
        if constexpr (Linear && ordered) {
            std::fill(w.begin(), w.end(), 1.0);
        } else if constexpr (Linear) {
            weigh_channels(
                this->what().channels, steps, this->projection(), channel_of,
                [](std::size_t) { return 1.0; }, w);
        } else if constexpr (ordered) {
            weigh_places(steps, w);
        } else {
            weigh_channels(
                this->what().channels, steps, this->projection(), channel_of,
                [&](std::size_t number) { return this->what().weights[number]; }, w);
        }
        for (std::size_t i = 0; i < w.size(); ++i)
            if (w[i] < 0)
                judge(steps, i, w[i]);
    }

  private:
    static constexpr char const* channel_of = "shapley: the channel of touchpoint row ";
    static constexpr bool ordered = !std::same_as<Player, Channel>;

    template <class Path>
    void weigh_places(Path const& steps, weights w) const {
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const one = steps[i];
            auto const number = this->number_of(one, channel_of);
            if (number >= this->what().places.size())
                continue;
            for (auto const& [position, player] : this->what().places[number])
                if (position == i + 1)
                    w[i] = this->what().weights[player];
        }
    }

    template <class Path>
    void judge(Path const& steps, std::size_t i, double& weight) const {
        if (options_.negative == negative_values::refuse)
            throw std::domain_error{
                "shapley: touchpoint row " + std::to_string(steps[i].row()) +
                " of conversion row " + std::to_string(steps.about().row()) +
                " is of a channel with the negative value " + detail::number_text(weight) +
                "; choose negative_values::as_zero, or coalition_game, which has none"};
        weight = 0;
    }

    shapley_options options_;
};

}  // namespace attribution
