// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/join.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A step that knows which earlier conversions its touchpoint has been credited with.
template <class Step, class History>
class credited_step : public Step {
  public:
    constexpr credited_step(Step const& s, History const& history) : Step(s), history_{&history} {}

    /// How many of them satisfy a predicate of the conversion's record.
    template <class Predicate>
    [[nodiscard]] constexpr std::size_t credited(Predicate alike) const {
        return history_->count(*this, alike);
    }

  private:
    History const* history_;
};

/// The reason that a policy gives for what it refuses.
template <class Policy>
inline constexpr outcome declared_refusal = outcome::refused;
template <class Policy>
    requires requires {
        Policy::refusal;
    }
inline constexpr outcome declared_refusal<Policy> = Policy::refusal;

/// A policy that asks what was credited before, together with the answer: it is a policy like any
/// other.
template <class Policy, class History>
class settled_policy : public policy_tag {
  public:
    static constexpr bool decides_time = detail::decides_time<Policy>;
    static constexpr bool window_ends = detail::window_ends<Policy>;
    static constexpr bool names_rows = detail::names_rows<Policy>;

    constexpr settled_policy(Policy const& p, History const& history)
        : inner_(p), history_{&history} {}

    template <class Step>
        requires(!only_window<Policy, Step>)
    constexpr bool operator()(Step const& s) const {
        return detail::admits(inner_, credited_step<Step, History>{s, *history_});
    }
    template <class Step>
    constexpr bool within_window(Step const& s) const {
        return detail::admits_within_window(inner_, credited_step<Step, History>{s, *history_});
    }
    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        return detail::window_of(inner_, about);
    }
    [[nodiscard]] std::string name() const { return detail::policy_name(inner_); }
    static constexpr outcome refusal = declared_refusal<Policy>;

    template <class Visit>
    constexpr void for_each_part(Visit visit) const requires requires(Policy const& p) {
        p.for_each_part([](auto const&) {});
    }
    {
        inner_.for_each_part([&](auto const& part) {
            using part_type = std::remove_cvref_t<decltype(part)>;
            visit(settled_policy<part_type, History>{part, *history_});
        });
    }

  private:
    Policy inner_;
    History const* history_;
};

/// Which conversions each touchpoint was credited with, in the order of time.
template <class Conversions>
class credit_history {
  public:
    credit_history(Conversions const& conversions, std::size_t touchpoints)
        : conversions_{&conversions}, credited_(touchpoints),
          place_(conversions.size(), static_cast<std::size_t>(-1)) {}

    void add(std::size_t touchpoint, std::size_t conversion) {
        credited_[touchpoint].push_back(conversion);
    }
    /// The conversion comes after all that were settled before, and before all others.
    void settle(std::size_t conversion) { place_[conversion] = settled_++; }

    template <class Step, class Predicate>
    [[nodiscard]] std::size_t count(Step const& s, Predicate const& alike) const {
        auto const own = place_[s.about().row()];
        std::size_t found = 0;
        for (auto const row : credited_[s.row()]) {
            if (place_[row] >= own)
                break;
            if (alike((*conversions_)[row]))
                ++found;
        }
        return found;
    }

  private:
    Conversions const* conversions_;
    std::vector<std::vector<std::size_t>> credited_;  // rows of conversions, by touchpoint
    std::vector<std::size_t> place_;  // in the order in which they were settled, by row
    std::size_t settled_ = 0;
};

/// Credits all conversions, each customer's in the order of time, and notes which touchpoints are
/// credited with which.
///
/// Errors:     as `attribute`; of several errors, that of the first conversion in that order.
template <class Journeys, class Model, class Policy>
auto history_of(Journeys const& joined, Model const& m, Policy const& p) {
    auto const& conversions = joined.conversions();
    credit_history<std::remove_cvref_t<decltype(conversions)>> history{conversions,
                                                                       joined.touchpoints().size()};
    crediting<typename Journeys::value_type> splits;
    joined.for_each_path(visiting::by_customer, settled_policy{p, history}, 0, conversions.size(),
                         [&](typename Journeys::path_type const& steps) {
                             auto const row = steps.about().row();
                             splits.hand_out(steps, conversions.value(row), m,
                                             [&](auto const& earned) {
                                                 if (earned.attributed())
                                                     history.add(earned.touchpoint, row);
                                             });
                             history.settle(row);
                         });
    return history;
}

}  // namespace attribution::detail
