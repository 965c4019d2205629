// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/credit/credit_history.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/engine/records/counted_before.hpp>
#include <attribution/engine/stream/counting.hpp>
#include <attribution/engine/stream/credited_sales.hpp>
#include <attribution/engine/stream/live_crediting.hpp>
#include <attribution/engine/stream/live_records.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Gives the credits of conversions that nothing can change any more: decides whether they count, and
/// credits those that do.
template <class State, class Touchpoints, class Conversions, class Model, class Policy>
class settling {
  public:
    using conversion_type = typename Conversions::record_type;
    using touchpoint_type = typename Touchpoints::record_type;
    using credit_type = credit<typename Conversions::value_type>;
    using held_conversion = typename State::held_conversion;
    using deadline = typename State::deadline;
    using stamp_type = typename State::stamp_type;
    using node = typename State::node;

    settling(State& state, present<Touchpoints, Conversions>& now,
             live_crediting<Touchpoints, Conversions>& credits, Model const& m, Policy const& p)
        : state_{state}, now_{now}, credits_{credits}, model_{m}, policy_{p} {}

    /// Credits those of the waiting conversions whose time has come. If anything is thrown, the
    /// conversion at which it happened waits on.
    template <class Sink>
    void waiting(Sink& sink) const {
        while (!state_.waiting.empty()) {
            auto const first = state_.waiting.begin();
            if (!state_.time.has_passed(first->closes))
                return;
            auto& customer = state_.customer_of(first->owner);
            auto const place = customer.place_of(first->when);
            auto& one = customer.conversions[place];
            if constexpr (State::counts_some) {
                decide(first->owner, one, *one.record, customer.counted);
                if (one.does_not_count()) {
                    one.record.reset();
                    state_.waiting.erase(first);
                    ++state_.counts.not_counted;
                    continue;
                }
            }
            // Until the watermark passes the conversion, its previous conversion is not known.
            if constexpr (decides_time<Policy>) {
                look_at(first->owner, *one.record);
                auto const window = credits_.window(
                    now_, state_.previous(first->owner, place, first->when), policy_);
                if (!window.empty() && first->closes < window.until) {
                    state_.waiting.insert(deadline{window.until, first->when, first->owner});
                    state_.waiting.erase(first);
                    continue;
                }
            }
            credit_now(first->owner, place, first->when, *one.record, sink);
            one.record.reset();
            state_.waiting.erase(first);
        }
    }

    /// Credits a conversion that has just come.
    template <class Sink>
    void at_once(node* owner, std::size_t place, held_conversion& added,
                 conversion_type const& record, Sink& sink) const {
        if constexpr (State::counts_some) {
            auto& kept = state_.customer_of(owner).counted;
            auto counted = kept;  // the old one stays if the sink throws
            decide(owner, added, record, counted);
            if (added.does_not_count()) {
                ++state_.counts.not_counted;
                return;
            }
            credit_now(owner, place, added.when, record, sink);
            kept = std::move(counted);
        } else {
            credit_now(owner, place, added.when, record, sink);
        }
    }

  private:
    template <class Sink>
    void credit_now(node* owner, std::size_t place, stamp_type const& when,
                    conversion_type const& record, Sink& sink) const {
        look_at(owner, record);
        auto const previous = state_.previous(owner, place, when);
        if constexpr (State::remembers) {
            auto& before = state_.customer_of(owner).credited_before;
            credited_sale<conversion_type> noted{std::make_shared<conversion_type const>(record),
                                                 {}};
            before.make_room();
            // Once the sink was told of a credit, nothing may fail.
            noted.touchpoints.reserve(state_.customer_of(owner).touchpoints.size());
            credits_(now_, previous, model_, settled_policy{policy_, before},
                     [&](credit_type const& earned) {
                         sink(earned);
                         if (earned.attributed())
                             noted.touchpoints.push_back(earned.touchpoint);
                     });
            noted.touchpoints.shrink_to_fit();
            before.add(std::move(noted));
        } else {
            credits_(now_, previous, model_, policy_, sink);
        }
    }

    /// Decides whether a conversion counts, unless that has been decided. All conversions of the
    /// customer before it have been decided about. Without a key it counts.
    void decide(node const* owner, held_conversion& one, conversion_type const& record,
                typename State::counting::memory& counted) const requires State::counts_some {
        if (owner == nullptr || one.verdict != decision::open)
            return;
        auto const& rules = now_.conversions.rules();
        auto const at = now_.conversions.time(record);
        if (counted.refuses(rules, record, at).because != none_before) {
            one.verdict = decision::does_not_count;
        } else {
            counted.note(rules, record, at, 0);
            one.verdict = decision::counts;
        }
    }
    void look_at(node const* owner, conversion_type const& record) const {
        now_.touches = owner ? std::span<touchpoint_type const>{owner->second.touchpoints}
                             : std::span<touchpoint_type const>{};
        now_.conversion = &record;
    }

    State& state_;
    present<Touchpoints, Conversions>& now_;
    live_crediting<Touchpoints, Conversions>& credits_;
    Model const& model_;
    Policy const& policy_;
};

}  // namespace attribution::detail
