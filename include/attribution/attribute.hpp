// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/engine/credit/credit_each.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/join.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>

#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

template <class Journeys>
inline constexpr bool is_journeys = false;
template <class C, class T>
inline constexpr bool is_journeys<journeys<C, T>> = true;

/// One of them is enough: `join` says what is wrong with the other. A `parallel` before them is not
/// the first of them.
template <class A, class B>
concept are_records =
    !std::same_as<A, parallel> && (is_conversion_records<A> || is_touchpoint_records<A> ||
                                   is_conversion_records<B> || is_touchpoint_records<B>);

template <class Journeys, class Policy>
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

}  // namespace detail

/// Splits every conversion's value among the touchpoints that may earn it, and hands each credit to
/// the sink.
///
/// Shape:      credits come conversion by conversion in the order of their rows, each conversion's
///             in the order (time, row) of its path. Touchpoints with weight 0 get no credit. A
///             conversion nobody earned gives one unattributed credit.
/// Sink:       any callable that takes a `credit`; or `by(...)`, which adds up and is returned as a
///             report.
/// Threads:    `attribute(parallel{n}, ...)`: the same bytes, of sinks that add up and of ledgers.
/// Errors:     std::domain_error if a weight is negative, NaN or infinite (naming conversion and
///             touchpoint) or a floating value is not finite, of the first row that has such;
///             whatever the sink, a projection, a policy or the model throws. Credits handed out
///             before stay handed out.
/// Complexity: the join's path look-up, the model's work, O(n) per path; buffers are reused. Under
///             a policy that is nothing but a window, models that have a `shape` take O(1) per
///             path and O(1) per credit; into `by(...)` of touchpoints they take O(1) per path and
///             touchpoint, however many windows overlap.
template <class Journeys, class Model, class Policy, class Sink>
    requires detail::is_journeys<Journeys>
constexpr auto attribute(parallel how, Journeys const& journeys, Model const& m, Policy const& p,
                         Sink&& sink) {
    detail::check_policy<Journeys, Policy>();
    detail::check_model<Journeys, Model>();
    using amount_type = typename Journeys::value_type;
    using conversion_records = std::remove_cvref_t<decltype(journeys.conversions())>;
    using touchpoint_records = std::remove_cvref_t<decltype(journeys.touchpoints())>;
    auto const in_order = [&](auto& receive) {
        if (how.threads() != 1)
            throw std::invalid_argument{
                "attribute: a sink that takes credits one by one takes them in their order, on one "
                "thread; add up with by(...), or attribute into a ledger first"};
        auto receiver =
            detail::single_credits<amount_type, std::remove_reference_t<decltype(receive)>>{
                receive};
        detail::credit_each(detail::visiting::by_row, journeys, p, 0, journeys.conversions().size(),
                            receiver, std::index_sequence<0>{}, m);
    };
    if constexpr (bindable_sink<Sink, conversion_records, touchpoint_records>) {
        auto bound = sink.bind(journeys.conversions(), journeys.touchpoints());
        if constexpr (detail::mergeable<decltype(bound)>)
            detail::tally_all(how, journeys, p, bound, m);
        else
            in_order(bound);
        return bound.finish();
    } else {
        static_assert(std::invocable<Sink&, credit<amount_type> const&>,
                      "attribution: a sink must be callable with a credit, or be by(...)");
        in_order(sink);
    }
}

/// As above, on one thread.
template <class Journeys, class Model, class Policy, class Sink>
    requires detail::is_journeys<Journeys>
constexpr auto attribute(Journeys const& journeys, Model const& m, Policy const& p, Sink&& sink) {
    return attribute(parallel{1}, journeys, m, p, std::forward<Sink>(sink));
}

/// As above, into a ledger that keeps every credit.
///
/// Errors:     as above; a ledger is returned whole or not at all.
template <class Journeys, class Model, class Policy = always_policy>
    requires detail::is_journeys<Journeys>
[[nodiscard]] constexpr auto attribute(parallel how, Journeys const& journeys, Model const& m,
                                       Policy const& p = {}) {
    detail::check_policy<Journeys, Policy>();
    detail::check_model<Journeys, Model>();
    using amount_type = typename Journeys::value_type;
    using credits = std::vector<credit<amount_type>>;
    auto const count = journeys.conversions().size();
    auto const parts = detail::parts_for(count, how.threads());
    std::vector<credits> lines(parts, credits{});
    detail::for_each_part(parts, how.threads(), [&](std::size_t part, std::size_t) {
        auto const begin = detail::part_begin(count, parts, part);
        auto const end = detail::part_begin(count, parts, part + 1);
        lines[part].reserve(end - begin);  // each conversion has a credit, attributed or not
        auto const keep = [&](credit<amount_type> const& earned) { lines[part].push_back(earned); };
        detail::single_credits<amount_type, decltype(keep)> receiver{keep};
        detail::credit_each(detail::visiting::by_row, journeys, p, begin, end, receiver,
                            std::index_sequence<0>{}, m);
    });
    credits all;
    for (auto& part : lines)
        if (all.empty())
            all.swap(part);
        else
            all.insert(all.end(), part.begin(), part.end());
    return ledger{journeys.conversions(), journeys.touchpoints(), std::move(all)};
}

/// As above, on one thread.
template <class Journeys, class Model, class Policy = always_policy>
    requires detail::is_journeys<Journeys>
[[nodiscard]] constexpr auto attribute(Journeys const& journeys, Model const& m,
                                       Policy const& p = {}) {
    return attribute(parallel{1}, journeys, m, p);
}

/// Joins, then attributes into a ledger: which touchpoint earned this money?
///
/// Complexity: `join`, and the attribution. For several models over the same records, `join` once.
template <class Conversions, class Touchpoints, class Model, class Policy = always_policy>
    requires detail::are_records<Conversions, Touchpoints>
[[nodiscard]] constexpr auto attribute(Conversions const& conversions,
                                       Touchpoints const& touchpoints, Model const& m,
                                       Policy const& p = {}) {
    return attribute(join(conversions, touchpoints), m, p);
}

/// As above, on several threads.
template <class Conversions, class Touchpoints, class Model, class Policy = always_policy>
    requires detail::are_records<Conversions, Touchpoints>
[[nodiscard]] constexpr auto attribute(parallel how, Conversions const& conversions,
                                       Touchpoints const& touchpoints, Model const& m,
                                       Policy const& p = {}) {
    return attribute(how, join(how, conversions, touchpoints), m, p);
}

/// Joins, then attributes into any sink.
template <class Conversions, class Touchpoints, class Model, class Policy, class Sink>
    requires detail::are_records<Conversions, Touchpoints>
constexpr auto attribute(Conversions const& conversions, Touchpoints const& touchpoints,
                         Model const& m, Policy const& p, Sink&& sink) {
    return attribute(join(conversions, touchpoints), m, p, std::forward<Sink>(sink));
}

/// As above, on several threads.
template <class Conversions, class Touchpoints, class Model, class Policy, class Sink>
    requires detail::are_records<Conversions, Touchpoints>
constexpr auto attribute(parallel how, Conversions const& conversions,
                         Touchpoints const& touchpoints, Model const& m, Policy const& p,
                         Sink&& sink) {
    return attribute(how, join(how, conversions, touchpoints), m, p, std::forward<Sink>(sink));
}

}  // namespace attribution
