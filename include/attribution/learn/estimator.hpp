// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/learn/kept_channel.hpp>
#include <attribution/learn/channel_numbers.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace attribution::inline v0_1 {

/// Several paths through the same channels, counted: how many converted, what their conversions
/// were worth in total, and how many did not convert.
template <amount Amount>
struct path_outcome {
    std::uint64_t conversions = 0;
    Amount value{};
    std::uint64_t nulls = 0;
};

/// Adds paths of `touchpoints` touchpoints each to the evidence. Counts call this first. Returns
/// whether the paths have any touchpoints: without them there is nothing to learn.
///
/// Errors:     std::overflow_error if there are more paths than 64 bits count.
template <amount Amount>
bool take_note(evidence<Amount>& seen, std::size_t touchpoints,
               path_outcome<Amount> const& outcome) {
    if (touchpoints == 0) {
        seen.pathless_conversions = detail::counted(seen.pathless_conversions, outcome.conversions);
        seen.pathless_customers = detail::counted(seen.pathless_customers, outcome.nulls);
        seen.pathless_value.add(outcome.value);
        return false;
    }
    static_cast<void>(
        detail::counted(detail::counted(seen.paths(), outcome.conversions), outcome.nulls));
    ++seen.rows;
    seen.conversions += outcome.conversions;
    seen.nulls += outcome.nulls;
    seen.value.add(outcome.value);
    return true;
}

/// Errors:     fit_error if there was no path, or none that converted.
template <amount Amount>
void require_conversions(evidence<Amount> const& seen, std::string const& estimator) {
    if (seen.paths() == 0)
        throw fit_error{fit_failure::no_path, estimator + ": there is no path to learn from"};
    if (seen.conversions == 0)
        throw fit_error{fit_failure::no_converting_path,
                        estimator + ": no path converted, so there is nothing to explain"};
}

/// Takes paths given by the numbers of their channels; or also by what the estimator's `age(step)`
/// gives for each of their touchpoints.
template <class Counts>
concept adds_paths = requires(Counts& counts, std::span<std::uint32_t const> path,
                              path_outcome<typename Counts::amount_type> const& outcome) {
    counts.add(path, outcome);
}
|| requires(Counts& counts, std::span<std::uint32_t const> path, std::span<std::int64_t const> ages,
            path_outcome<typename Counts::amount_type> const& outcome) {
    counts.add(path, ages, outcome);
};

/// Counts of paths, in the form that an estimator needs to learn from them: a commutative monoid.
///
/// `channel` numbers a channel, `add` counts paths given by the numbers of their channels,
/// `evidence` is what everything was learned from (`take_note` keeps it), `merge` adds the counts
/// of another object, in any order with the same result, and `solve` makes a model of them. The
/// result does not depend on the order in which anything was added.
///
/// If `merge` throws, the counts are unchanged. If `add` throws, as it may when memory runs out,
/// the counts may hold a part of the path; they may then only be destroyed or assigned to.
///
/// `to_bytes` and `merge_bytes` take counts that can be taken apart, see `separable`.
/// Example:    examples/recipes/your_own_estimator.cpp
template <class Counts>
concept learned_counts = adds_paths<Counts> &&
    requires(Counts& counts, Counts const& other,
             channel_probe<typename Counts::channel_type> const& channel) {
    { counts.channel(channel) } -> std::same_as<std::uint32_t>;
    counts.merge(other);
    counts.evidence();
    other.solve();
};

/// Learns a model from paths. In `fit` it stands where the model stands in `attribute`.
///
/// `channel` is a projection of touchpoints. `counts<Channel, Amount>()` makes empty counts for any
/// type of channel; this concept checks them for numbers only. An estimator may also declare, as
/// the library's own do:
///   - `void prepare(path, visit) const`: calls `visit(other)` once, with the path to be learned
///     from instead of this one. The given path has touchpoints; the other may have none;
///   - `std::int64_t age(step) const`: how old a touchpoint is at the end of its path, in any unit.
///     Then its counts have `add(path, ages, outcome)` instead of `add(path, outcome)`, and get the
///     age of each touchpoint beside the number of its channel. It needs touchpoints;
///   - `static constexpr bool needs_touchpoints = true`: it cannot learn from counted paths, as the
///     estimators that `over(selector, estimator)` makes cannot;
///   - `of_order(n) const`: the same estimator of another order. If its counts also have a
///     `quality()`, `choose_order` can choose among the orders.
template <class Estimator>
concept estimator = requires(Estimator const& e) {
    e.channel;
    { e.template counts<int, double>() } -> learned_counts;
};

namespace detail {

/// Refused where it is named, so that nothing else is said first.
template <class Estimator>
struct unlearned_part {
    static_assert(!estimator<Estimator>,
                  "attribution: a blend is made of models, and this is an estimator; learn its "
                  "model first: 0.5 * fit(conversions, touchpoints, estimator) + 0.5 * linear");
};

}  // namespace detail

/// Says how what an estimator learns has a part in a blend.
template <estimator Estimator>
constexpr auto operator*(double, Estimator const&) {
    (void)detail::unlearned_part<Estimator>{};
}
template <estimator Estimator>
constexpr auto operator*(Estimator const&, double) {
    (void)detail::unlearned_part<Estimator>{};
}

namespace detail {

/// Calls `visit` with the path that the estimator learns from; by default this is the path itself.
template <class Estimator, class Path, class Visit>
void prepare(Estimator const& how, Path const& steps, Visit const& visit) {
    if constexpr (requires { how.prepare(steps, visit); })
        how.prepare(steps, visit);
    else
        visit(steps);
}

template <class Estimator>
concept needs_touchpoints = requires {
    requires Estimator::needs_touchpoints;
};

/// Does the estimator learn from the ages of touchpoints, which are these `Step`s of a path?
template <class Estimator, class Step>
concept tells_ages = requires(Estimator const& how, Step const& one) {
    { how.age(one) } -> std::same_as<std::int64_t>;
};

}  // namespace detail

}  // namespace attribution
