// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/kept_channel.hpp>
#include <attribution/learn/channel_numbers.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/model/model.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace attribution::inline v0_1 {

/// What all models have that were learned of channels: the numbers behind them. A base of such a model.
///
/// Shape:      `Learned` has `channels`, a `channel_numbers<Channel>`; `effects`, a vector; and `card`,
///             a `model_card`.
/// Cheap to copy: what was learned is shared and never changes. A temporary returns copies of the
/// numbers.
template <class Projection, class Channel, class Learned>
class learned_model : public model_tag {
  public:
    /// One row per channel (per player, where those are what plays), in their order, also for those
    /// whose effect is negative.
    [[nodiscard]] auto const& effects() const& { return learned_->effects; }
    [[nodiscard]] auto effects() const&& { return learned_->effects; }
    [[nodiscard]] model_card const& card() const& { return learned_->card; }
    [[nodiscard]] model_card card() const&& { return learned_->card; }

  protected:
    learned_model(Projection channel, std::shared_ptr<Learned const> what)
        : channel_(std::move(channel)), learned_{std::move(what)} {}

    [[nodiscard]] Learned const& what() const& { return *learned_; }
    [[nodiscard]] Projection const& projection() const& { return channel_; }

    /// The number of a touchpoint's channel; beyond all numbers if it was never learned.
    ///
    /// Errors:     std::domain_error if the channel is or holds a NaN, or is a null pointer to text;
    ///             it begins with `whose` and the touchpoint's row.
    template <class Step>
    [[nodiscard]] std::size_t number_of(Step const& one, char const* whose) const {
        detail::check_reads_channel<channel_probe<Channel>, Projection,
                                    decltype(one.touchpoint())>();
        return learned_->channels.find(detail::channel_in<channel_probe<Channel>>(
            std::invoke(channel_, one.touchpoint()), whose, one.row()));
    }

  private:
    [[no_unique_address]] Projection channel_;
    std::shared_ptr<Learned const> learned_;
};

}  // namespace attribution
