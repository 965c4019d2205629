// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/all_or_nothing.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/engine/stream/held_records.hpp>
#include <attribution/engine/stream/live_records.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace attribution::inline v0_1::detail {

/// What of a customer's records no waiting and no future conversion can need, according to the
/// policy.
template <bool KeepsEverything, class Touchpoints, class Conversions, class Policy, class Time>
[[nodiscard]] spare_records spare_of(held_records<Touchpoints, Conversions> const& customer,
                                     present<Touchpoints, Conversions>& now, Policy const& p,
                                     Time horizon) {
    auto const waits = customer.conversions.empty() ? 0 : customer.first_waiting();
    auto const earliest = customer.earliest_open(horizon);
    spare_records spare;
    if constexpr (!KeepsEverything) {
        now.touches = customer.touchpoints;
        live_touchpoints const touches{now};
        spare.touchpoints = detail::first_needed(p, earliest, live_times{touches});
    }
    // A previous conversion before the policy's reach cannot be told from none. A conversion is
    // not needed either if another one comes between it and all conversions from `earliest` on.
    if constexpr (says_earliest<Policy, Time> && !KeepsEverything) {
        spare.conversions =
            customer.before(waits, std::min(horizon, detail::earliest(p, earliest)));
    } else {
        spare.conversions = customer.before(waits, earliest);
        spare.conversions -= spare.conversions != 0 ? 1 : 0;
        while (spare.conversions != 0 && customer.conversions[spare.conversions].does_not_count())
            --spare.conversions;
    }
    return spare;
}

/// Forgets what a desk does not need any more.
template <bool KeepsEverything, class State, class Present, class Policy>
class forgetting {
  public:
    forgetting(State& state, Present& now, Policy const& p)
        : state_{state}, now_{now}, policy_{p} {}

    void all() const {
        state_.book.for_each([&](auto& customer) { return forget(customer, amount::all); });
        forget(state_.nobody, amount::all);
        state_.ids.forget(state_.time.horizon());
    }

    void of(typename State::customer_type& customer) const { forget(customer, amount::all); }

    /// Of the next two customers, in turn, and only where a quarter or more can go, so that the
    /// rest is not moved each time. Before the horizon has moved at all, everything is needed.
    void some() const {
        if (!(first_instant<typename State::time_type>() < state_.time.horizon()))
            return;
        state_.book.for_some(
            2, [&](auto& customer) { return forget(customer, amount::a_quarter_or_more); });
        if (state_.nobody.conversions.size() > 2 * state_.nobodys_kept + 16) {
            forget(state_.nobody, amount::all);
            state_.nobodys_kept = state_.nobody.conversions.size();
        }
    }

  private:
    enum class amount { all, a_quarter_or_more };

    template <class T>
    static bool is_worth_it(amount what, std::size_t gone, std::vector<T> const& of) {
        return gone != 0 && (what == amount::all || gone >= of.size() / 4);
    }

    /// Returns whether nothing is left of the customer.
    bool forget(typename State::customer_type& customer, amount what) const {
        auto const spare =
            spare_of<KeepsEverything>(customer, now_, policy_, state_.time.horizon());
        if (is_worth_it(what, spare.touchpoints, customer.touchpoints)) {
            erase_front_or_nothing(customer.touchpoints, spare.touchpoints);
            state_.counts.held_touchpoints -= spare.touchpoints;
            if constexpr (State::remembers)
                customer.credited_before.forget(spare.touchpoints);
        }
        if (is_worth_it(what, spare.conversions, customer.conversions)) {
            erase_front_or_nothing(customer.conversions, spare.conversions);
            customer.credited -= spare.conversions;
        }
        if constexpr (State::counts_some)
            State::counting::forget(now_.conversions, customer.counted,
                                    customer.earliest_open(state_.time.horizon()));
        return customer.empty();
    }

    State& state_;
    Present& now_;
    Policy const& policy_;
};

}  // namespace attribution::detail
