// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/argument_checks.hpp>
#include <attribution/join.hpp>
#include <attribution/parallel.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>

#include <concepts>
#include <ranges>
#include <utility>

namespace attribution::inline v0_1::detail {

template <class Journeys>
inline constexpr bool is_journeys = false;
template <class C, class T>
inline constexpr bool is_journeys<journeys<C, T>> = true;

/// It is enough if one of the two is right: `join` then says what is wrong with the other. A
/// `parallel` before them does not count as the first.
template <class A, class B>
concept are_records = !std::same_as<A, parallel> && !is_journeys<A> &&
                      (is_conversion_records<A> || is_touchpoint_records<A> ||
                       is_conversion_records<B> || is_touchpoint_records<B>);

/// What `join` would need to know of them is missing.
template <class A, class B>
concept are_plain_ranges = !is_journeys<A> && !are_records<A, B> && std::ranges::range<A const> &&
                           std::ranges::range<B const>;

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

    /// Refuses ranges of records that nobody said anything of.
    template <class Conversions, class Touchpoints, class... Rest>
        requires are_plain_ranges<Conversions, Touchpoints>
    constexpr void operator()(Conversions const&, Touchpoints const&, Rest&&...) const {
        static_assert(are_records<Conversions, Touchpoints>,
                      "attribution: say how to read these ranges: conversions(range, key, time, "
                      "value) and touchpoints(range, key, time)");
    }

  private:
    constexpr Algorithm const& self() const { return static_cast<Algorithm const&>(*this); }
};

}  // namespace attribution::detail
