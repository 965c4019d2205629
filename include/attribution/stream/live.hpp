// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/engine/stream/counting.hpp>
#include <attribution/engine/stream/desk_options.hpp>
#include <attribution/engine/stream/stream_times.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/stream/allowed_lateness.hpp>
#include <attribution/stream/at_once.hpp>
#include <attribution/stream/conversion_stream.hpp>
#include <attribution/stream/deduplicate_conversions.hpp>
#include <attribution/stream/keep_everything.hpp>
#include <attribution/stream/live_desk.hpp>
#include <attribution/stream/touchpoint_stream.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

struct live_fn {
    /// Attributes touchpoints and conversions as they arrive, with the models, policies and sinks
    /// of `attribute`, and gives the same credits.
    ///
    /// Arguments:  `conversion_stream<...>(...)`, `touchpoint_stream<...>(...)`, a model, a policy,
    ///             and options: `allowed_lateness(length)`, `at_once`, `keep_everything`,
    ///             `deduplicate_conversions(length)`.
    /// Returns:    a desk: `touch(t)`, `convert(c, sink)`, `advance(watermark, sink)`,
    ///             `finish(sink)`.
    /// Same bytes: credits are those of `attribute` over the accepted records with their rows in
    ///             the order of ids, whatever the order in which they came.
    /// Waiting:    a conversion is credited when nothing can change it any more: when (watermark -
    ///             allowed lateness) has passed it and, if the policy looks at what comes after the
    ///             conversion, has passed its window. With `at_once` it is credited when it comes.
    /// Memory:     touchpoints that no waiting and no future conversion can reach, according to the
    ///             policy, are forgotten as records come. Policies that reach back without end
    ///             (`always`, `where(...)`, `!lookback(...)`, `since_previous_conversion`) need `&&
    ///             lookback(...)`, `&& maximum_age(...)` or `&& last_touches(k)` beside them, or
    ///             `keep_everything`. A policy of your own declares how far it reaches by a member
    ///             `earliest` or `first_needed`, see `policy`.
    /// Edges:      the id of a credited conversion is recognised for as long as touchpoints of its
    ///             time would be kept (with last_touches alone: until the horizon passes it); after
    ///             that the conversion is late. `about().previous()` is empty if the previous
    ///             conversion lies before the policy's reach; no policy of the library can tell the
    ///             difference.
    /// Errors:     a static_assert says what cannot be used in a stream, and what to do instead.
    /// Example:    examples/recipes/as_it_happens.cpp
    template <class Conversions, class Touchpoints, class Model, class Policy, class... Options>
    [[nodiscard]] auto operator()(Conversions conversions, Touchpoints touchpoints, Model m,
                                  Policy p, Options... options) const {
        static_assert(
            detail::is_conversion_stream<Conversions>,
            "attribution: the first argument of live() must be made by "
            "conversion_stream<record>(key, time, id, value); are the two sides swapped?");
        static_assert(detail::is_touchpoint_stream<Touchpoints>,
                      "attribution: the second argument of live() must be made by "
                      "touchpoint_stream<record>(key, time, id); are the two sides swapped?");
        static_assert((detail::is_live_option<Options> && ...),
                      "attribution: live() takes the options allowed_lateness(length), at_once, "
                      "keep_everything and deduplicate_conversions(length)");
        static_assert(
            same_time_line<typename Conversions::time_type, typename Touchpoints::time_type>,
            "attribution: the times of conversions and touchpoints are not on one time line; "
            "convert one of them in its projection");
        detail::check_policy<Policy>();
        static_assert(!detail::is_model_list<Model>,
                      "attribution: live() credits by one model; make a desk for each");
        using time = typename detail::stream_times<Touchpoints, Conversions>::time_type;
        auto const chosen = detail::desk_options_of(options...);
        using chosen_type = std::remove_const_t<decltype(chosen)>;
        constexpr bool everything = chosen_type::keeps_everything;
        static_assert(
            !detail::names_rows<Policy>,
            "attribution: this policy, such as without_duplicates(...), is made for the rows of "
            "one range and says nothing about a stream; live() already takes every id once");
        static_assert(
            everything || detail::reach_ends<Policy, time>,
            "attribution: this policy can reach back to any touchpoint, so that live() could "
            "never forget one; add how far it reaches (policy && lookback(length), && "
            "maximum_age(length), && last_touches(k)), or pass keep_everything");
        static_assert(
            everything || !detail::decides_time<Policy> || detail::window_ends<Policy>,
            "attribution: this policy's window never ends, so that live() could never credit "
            "a conversion; give it an end (and if it is your own: window_ends = true), or "
            "pass keep_everything and call finish()");
        static_assert(
            !chosen_type::at_once || !detail::decides_time<Policy>,
            "attribution: this policy looks at what comes after a conversion, which cannot "
            "be known at once; leave out at_once");
        if constexpr (detail::counts_some<Conversions>) {
            static_assert(
                everything || Conversions::forgets_counted,
                "attribution: once_per(projection) remembers every value for ever; in a stream, "
                "give it a length, once_per(projection, length), or pass keep_everything");
            static_assert(!chosen_type::at_once || Conversions::decides_at_once,
                          "attribution: which of two conversions at one instant counts "
                          "once_per(...) is known "
                          "only when both have come; leave out at_once");
        }
        static_assert(
            !detail::asks_credited<Policy> ||
                (!detail::decides_time<Policy> && !chosen_type::at_once),
            "attribution: this policy, such as credited_at_most(...), asks what was credited "
            "before, "
            "and so needs conversions in the order of time; leave out at_once, and policies that "
            "look at what comes after a conversion");
        using length = typename chosen_type::lateness_type;
        if constexpr (!std::same_as<length, detail::no_lateness>)
            static_assert(detail::length_on<length, time>,
                          "attribution: allowed_lateness() needs a std::chrono duration for time "
                          "points, a number for times that are numbers");
        using memory = typename chosen_type::memory_type;
        if constexpr (chosen_type::deduplicates && !std::same_as<memory, detail::for_ever>)
            static_assert(detail::length_on<memory, time>,
                          "attribution: deduplicate_conversions() needs a std::chrono duration for "
                          "time points, a number for times that are numbers");
        return live_desk<Touchpoints, Conversions, Model, Policy, chosen_type>{
            std::move(touchpoints), std::move(conversions), std::move(m), std::move(p), chosen};
    }
};

/// Attributes touchpoints and conversions as they arrive. The arguments are those of `live_fn`.
inline constexpr live_fn live{};

}  // namespace attribution
