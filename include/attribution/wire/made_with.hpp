// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/engine/wire/spelling.hpp>
#include <attribution/wire/configuration.hpp>

#include <string>

namespace attribution::inline v0_1 {

/// Does the policy ask for what happened before: the previous conversion, or what touchpoints were
/// credited with? Then the records of one day, or any other part of the time, give other credits
/// than those of all time; parts by customer do not.
template <class Policy>
concept needs_history = detail::asks_previous<Policy> || detail::asks_credited<Policy>;

struct made_with_fn {
    /// How a result is made, read from the values that make it: a lookback of 7 days from one of
    /// 30, first touch from linear, a learned model from one that learned from other data.
    ///
    /// Arguments:  a model or `models(...)`, and a policy.
    /// Returns:    a configuration for `to_bytes` and `merge_bytes`, with the model and the policy
    ///             as text, such as "lookback(7 days)": equal for equal values, whatever the unit of a
    ///             length in whole numbers, and the same on every machine. If the policy needs history, an entry
    ///             `needs` says so. The grouping is empty: the types of its keys are compared in any
    ///             case, and you may add a name for it.
    /// Edges:      what cannot be read from a value, such as a lambda or a pointer to a member, is a
    ///             "?", and two of them are taken for the same; `named(name, policy)` puts a name
    ///             beside it. An enumerator is its number. Of a learned model the card is compared.
    ///             A model, policy or selector of your own says by `made_of()` what it was made of: a
    ///             std::tuple of its name, then numbers, lengths, texts, ranges or tuples or optional
    ///             ones of them, models or policies. Without that, one without members is its `name()`.
    /// Errors:     none of its own.
    /// Complexity: that of the texts; of a learned model, that of its card.
    /// Source:     ours; the failures that it prevents are those of reports whose settings were changed
    ///             between two parts.
    /// Example:    examples/recipes/daily_job.cpp
    template <class Model, class Policy>
    [[nodiscard]] configuration operator()(Model const& m, Policy const& p) const {
        configuration how{.model = detail::spelled(m), .policy = detail::spelled(p)};
        std::string needs;
        if constexpr (detail::asks_previous<Policy>)
            needs = "the previous conversion of each customer";
        if constexpr (detail::asks_credited<Policy>)
            needs.append(needs.empty() ? "" : ", and ").append("what was credited before");
        if constexpr (needs_history<Policy>)
            how.more.emplace_back(std::string{"needs"}, needs + ", also from before these records");
        return how;
    }
};

/// How a result is made, read from the values that make it. The arguments are those of
/// `made_with_fn`.
inline constexpr made_with_fn made_with{};

}  // namespace attribution
