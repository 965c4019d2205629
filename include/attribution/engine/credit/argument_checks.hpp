// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/sink.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

/// What stands where a policy or a model belongs, in words.
namespace attribution::inline v0_1::detail {

template <class T>
concept looks_like_duration = requires {
    typename T::rep;
    typename T::period;
};

/// An estimator proper is known further up.
template <class T>
concept looks_like_estimator = requires(T const& estimator) {
    estimator.channel;
    estimator.template counts<int, double>();
};

template <class Sink, class Journeys>
inline constexpr bool sums_up_in = false;
template <class Sink, class Journeys>
    requires requires(Journeys const& joined) {
        joined.touchpoints();
    }
inline constexpr bool sums_up_in<Sink, Journeys> =
    bindable_sink<Sink, std::remove_cvref_t<decltype(std::declval<Journeys>().conversions())>,
                  std::remove_cvref_t<decltype(std::declval<Journeys>().touchpoints())>>;

template <class Model, class Journeys>
inline constexpr bool weighs_paths_of = false;
template <class Model, class Journeys>
    requires requires {
        typename Journeys::path_type;
    }
inline constexpr bool weighs_paths_of<Model, Journeys> = model<Model, typename Journeys::path_type>;

/// `Journeys` is void where there are none yet, as in a stream.
template <class Policy, class Journeys = void>
constexpr void check_policy() {
    if constexpr (policy<Policy>) {
        // as it should be
    } else if constexpr (looks_like_duration<Policy>) {
        static_assert(policy<Policy>, "attribution: this is a length of time and not a policy; as "
                                      "a window it is lookback(length)");
    } else if constexpr (sums_up_in<Policy, Journeys>) {
        static_assert(policy<Policy>, "attribution: this is by(...), which comes after the policy; "
                                      "for no policy write always");
    } else if constexpr (looks_like_estimator<Policy>) {
        static_assert(policy<Policy>, "attribution: this is an estimator and not a policy; it "
                                      "comes before the policy, in fit() and learn()");
    } else if constexpr (weighs_paths_of<Policy, Journeys>) {
        static_assert(policy<Policy>, "attribution: this is a model and not a policy; several "
                                      "models are models(a, b), in the place of one");
    } else {
        static_assert(policy<Policy>, "attribution: this is not a policy; wrap a predicate of a "
                                      "touchpoint in where(...)");
    }
}

template <class Journeys, class Model>
constexpr void check_model() {
    if constexpr (weighs_paths_of<Model, Journeys>) {
        // as it should be
    } else if constexpr (is_conversion_records<Model> || is_touchpoint_records<Model>) {
        static_assert(
            weighs_paths_of<Model, Journeys>,
            "attribution: these are records and not a model; journeys have joined theirs already");
    } else if constexpr (policy<Model>) {
        static_assert(weighs_paths_of<Model, Journeys>,
                      "attribution: this is a policy and not a model; the "
                      "model, such as last_touch, comes before it");
    } else if constexpr (looks_like_estimator<Model>) {
        static_assert(weighs_paths_of<Model, Journeys>,
                      "attribution: this is an estimator and not a model yet; "
                      "fit(conversions, touchpoints, estimator) makes it one");
    } else if constexpr (sums_up_in<Model, Journeys>) {
        static_assert(weighs_paths_of<Model, Journeys>,
                      "attribution: this is by(...), which comes after the "
                      "model and the policy");
    } else {
        static_assert(weighs_paths_of<Model, Journeys>,
                      "attribution: this is not a model; a model is callable "
                      "as (path, weights) and writes one weight per "
                      "touchpoint");
    }
}

template <std::size_t Models, class Sink, class Credit>
constexpr void check_sink() {
    if constexpr (Models == 1)
        static_assert(std::invocable<Sink&, Credit const&>,
                      "attribution: a sink must be callable with a credit, or be by(...)");
    else
        static_assert(std::invocable<Sink&, Credit const&, std::size_t>,
                      "attribution: a sink of several models must be callable with a credit and "
                      "the number of its model, or be by(...)");
}

/// Each of several models.
template <class Journeys, class Model>
struct checked_models {
    static constexpr void check() { check_model<Journeys, Model>(); }
};
template <class Journeys, class... Models>
struct checked_models<Journeys, model_list<Models...>> {
    static constexpr void check() { (check_model<Journeys, Models>(), ...); }
};

}  // namespace attribution::detail
