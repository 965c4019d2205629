// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/customer_codec.hpp>
#include <attribution/engine/stream/desk_codec.hpp>
#include <attribution/engine/stream/forgetting.hpp>
#include <attribution/engine/stream/outside_call.hpp>
#include <attribution/engine/wire/byte_reader.hpp>
#include <attribution/engine/wire/byte_writer.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/engine/wire/spelling.hpp>
#include <attribution/wire/configuration.hpp>

#include <string>
#include <string_view>

namespace attribution::inline v0_1 {

/// The part of a desk that survives a restart: `snapshot` and `restore` are members of every
/// `live_desk`.
template <class Desk>
class snapshots {
  public:
    /// The whole desk as bytes. A desk that is made from them by `restore` goes on as if nothing
    /// had happened. Equal desks have equal bytes, whatever the order in which customers came and
    /// wherever the desk was restored, on every machine: what `tidy` would forget is left out.
    ///
    /// Shape:      the members of the records that matter, `members(&touch::user, ...)`: those that
    ///             the desk reads, and those that models, policies and sinks read.
    /// Errors:     std::invalid_argument if the members do not include key, time, id or value.
    ///             std::logic_error from within a sink, when only some credits have been handed
    ///             out.
    /// Example:    examples/recipes/your_own_policy.cpp
    template <class TouchpointMembers, class ConversionMembers>
    [[nodiscard]] std::string snapshot(configuration const& how, TouchpointMembers const& touch,
                                       ConversionMembers const& sale) const {
        auto const& desk = static_cast<Desk const&>(*this);
        detail::outside_call::refuse_while(desk.calls_);
        detail::customer_codec const customers{desk.now_->touchpoints, desk.now_->conversions,
                                               touch, sale};
        detail::desk_codec<typename Desk::state_type, decltype(customers)> const codec{customers};
        detail::byte_writer body;
        codec.write(body, desk.state_, [&](auto const& customer) {
            return detail::spare_of<Desk::keeps_everything>(customer, *desk.now_, desk.policy_,
                                                            desk.state_.time.horizon());
        });
        return detail::seal(detail::describe_desk(desk.options_, how, customers.name()),
                            body.bytes());
    }

    /// As above, and what the desk was made with is read from its model and policy: see `made_with`
    /// for what can be read. Nobody has to name anything, and a desk with another lookback or model
    /// refuses the bytes.
    template <class TouchpointMembers, class ConversionMembers>
    [[nodiscard]] std::string snapshot(TouchpointMembers const& touch,
                                       ConversionMembers const& sale) const {
        return snapshot(made_with(), touch, sale);
    }

    /// What the desk was made with, as a snapshot says it.
    [[nodiscard]] configuration made_with() const {
        auto const& desk = static_cast<Desk const&>(*this);
        return {.model = detail::spelled(desk.model_), .policy = detail::spelled(desk.policy_)};
    }

    /// Makes this desk equal to the desk from which the snapshot was taken.
    ///
    /// Errors:     partial_error if the bytes are damaged, or come from a desk of another
    ///             configuration or with other members. If anything is thrown, nothing has changed.
    template <class TouchpointMembers, class ConversionMembers>
    void restore(std::string_view bytes, configuration const& how, TouchpointMembers const& touch,
                 ConversionMembers const& sale) {
        auto& desk = static_cast<Desk&>(*this);
        detail::outside_call::refuse_while(desk.calls_);
        detail::customer_codec const customers{desk.now_->touchpoints, desk.now_->conversions,
                                               touch, sale};
        detail::byte_reader in{
            detail::unseal(detail::describe_desk(desk.options_, how, customers.name()), bytes)};
        typename Desk::state_type fresh{desk.options_.memory};
        detail::desk_codec<typename Desk::state_type, decltype(customers)>{customers}.read(in,
                                                                                           fresh);
        if (Desk::credits_at_once && !fresh.waiting.empty())
            detail::byte_reader::refuse("a conversion waits in a desk that credits at once");
        in.finish();
        desk.state_.swap(fresh);
    }

    /// As above, from a snapshot that was taken without a configuration.
    template <class TouchpointMembers, class ConversionMembers>
    void restore(std::string_view bytes, TouchpointMembers const& touch,
                 ConversionMembers const& sale) {
        restore(bytes, made_with(), touch, sale);
    }
};

}  // namespace attribution
