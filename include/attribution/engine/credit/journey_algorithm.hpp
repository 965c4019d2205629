// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/join.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/models.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/records/records.hpp>

#include <concepts>
#include <utility>

namespace attribution::inline v0_1::detail {

template <class Journeys>
inline constexpr bool is_journeys = false;
template <class C, class T>
inline constexpr bool is_journeys<journeys<C, T>> = true;

/// It is enough if one of the two is right: `join` then says what is wrong with the other. A
/// `parallel` before them does not count as the first.
template <class A, class B>
concept are_records =
    !std::same_as<A, parallel> && (is_conversion_records<A> || is_touchpoint_records<A> ||
                                   is_conversion_records<B> || is_touchpoint_records<B>);

template <class Policy>
constexpr void check_policy() {
    static_assert(policy<Policy>, "attribution: this is not a policy; wrap a predicate of a "
                                  "touchpoint in where(...)");
}

template <class Journeys, class Model>
constexpr void check_model() {
    static_assert(model<Model, typename Journeys::path_type>,
                  "attribution: this is not a model; a model is callable as (path, weights) and "
                  "writes one weight per touchpoint");
}

template <class Journeys, class Model>
struct checked_models {
    static constexpr void check() { check_model<Journeys, Model>(); }
};
template <class Journeys, class... Models>
struct checked_models<Journeys, model_list<Models...>> {
    static constexpr void check() { (check_model<Journeys, Models>(), ...); }
};

/// The common beginning of all algorithms: they take journeys, or records that are joined first, on
/// one thread unless `parallel` comes first.
///
/// `Algorithm` itself defines the calls that begin with `parallel` and journeys.
template <class Algorithm>
class journey_algorithm {
  public:
    /// As below, on one thread.
    template <class Journeys, class... Rest>
        requires is_journeys<Journeys>
    [[nodiscard]] constexpr decltype(auto) operator()(Journeys const& joined,
                                                      Rest&&... rest) const {
        return self()(parallel{1}, joined, std::forward<Rest>(rest)...);
    }

    /// Joins the records, then continues as below.
    template <class Conversions, class Touchpoints, class... Rest>
        requires are_records<Conversions, Touchpoints>
    [[nodiscard]] constexpr decltype(auto) operator()(Conversions const& conversions,
                                                      Touchpoints const& touchpoints,
                                                      Rest&&... rest) const {
        return (*this)(parallel{1}, conversions, touchpoints, std::forward<Rest>(rest)...);
    }

    /// As above, on several threads.
    template <class Conversions, class Touchpoints, class... Rest>
        requires are_records<Conversions, Touchpoints>
    [[nodiscard]] constexpr decltype(auto) operator()(parallel how, Conversions const& conversions,
                                                      Touchpoints const& touchpoints,
                                                      Rest&&... rest) const {
        return self()(how, join(how, conversions, touchpoints), std::forward<Rest>(rest)...);
    }

  private:
    constexpr Algorithm const& self() const { return static_cast<Algorithm const&>(*this); }
};

}  // namespace attribution::detail
