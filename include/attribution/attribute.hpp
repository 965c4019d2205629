// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/eligibility/policy.hpp>
#include <attribution/join.hpp>
#include <attribution/ledger.hpp>
#include <attribution/money/allocate.hpp>
#include <attribution/path.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

/// Turns one path after another into credits; keeps its buffers.
template <class Amount>
class crediting {
  public:
    template <class Path, class Model, class Sink>
    constexpr void operator()(Path const& steps, Amount value, Model const& m, Sink&& sink) {
        auto const conversion = steps.about().row();
        if constexpr (std::floating_point<Amount>)
            if (!is_finite(static_cast<double>(value)))
                throw std::domain_error{"attribute: the value of conversion row " +
                                        std::to_string(conversion) + " is not a finite number"};
        weights_.assign(steps.size(), 0.0);
        if (!steps.empty())
            m(steps, weights{weights_});
        check_weights(steps, weights_);
        if (!splitter_.weigh(weights_)) {
            sink(credit<Amount>{conversion, no_row, value, 1.0});
            return;
        }
        parts_.assign(steps.size(), Amount{});
        splitter_.split(value, std::span{parts_});
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (splitter_.counts(i))
                sink(credit<Amount>{conversion, steps[i].row(), parts_[i], splitter_.share(i)});
    }

  private:
    std::vector<double> weights_;
    std::vector<Amount> parts_;
    splitter splitter_;
};

template <class Journeys>
inline constexpr bool is_journeys = false;
template <class C, class T>
inline constexpr bool is_journeys<journeys<C, T>> = true;

/// One of them is enough: `join` says what is wrong with the other.
template <class A, class B>
concept are_records = is_conversion_records<A> || is_touchpoint_records<A> ||
    is_conversion_records<B> || is_touchpoint_records<B>;

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
/// Errors:     std::domain_error if a weight is negative, NaN or infinite (naming conversion and
///             touchpoint) or a floating value is not finite; whatever the sink, a projection, a
///             policy or the model throws. Credits handed out before stay handed out.
/// Complexity: the join's path look-up, the model's work, O(n) per path; buffers are reused.
template <class Journeys, class Model, class Policy, class Sink>
    requires detail::is_journeys<Journeys>
constexpr auto attribute(Journeys const& journeys, Model const& m, Policy const& p, Sink&& sink) {
    detail::check_policy<Journeys, Policy>();
    detail::check_model<Journeys, Model>();
    using amount_type = typename Journeys::value_type;
    auto const run = [&](auto& receive) {
        detail::crediting<amount_type> credits;
        journeys.for_each_path(p, [&](auto const& steps) {
            credits(steps, journeys.conversions().value(steps.about().row()), m, receive);
        });
    };
    if constexpr (bindable_sink<Sink, std::remove_cvref_t<decltype(journeys.conversions())>,
                                std::remove_cvref_t<decltype(journeys.touchpoints())>>) {
        auto bound = sink.bind(journeys.conversions(), journeys.touchpoints());
        run(bound);
        return bound.finish();
    } else {
        static_assert(std::invocable<Sink&, credit<amount_type> const&>,
                      "attribution: a sink must be callable with a credit, or be by(...)");
        run(sink);
    }
}

/// As above, into a ledger that keeps every credit.
///
/// Errors:     as above; a ledger is returned whole or not at all.
template <class Journeys, class Model, class Policy = always_policy>
    requires detail::is_journeys<Journeys>
[[nodiscard]] constexpr auto attribute(Journeys const& journeys, Model const& m,
                                       Policy const& p = {}) {
    using amount_type = typename Journeys::value_type;
    std::vector<credit<amount_type>> credits;
    attribute(journeys, m, p,
              [&](credit<amount_type> const& earned) { credits.push_back(earned); });
    return ledger{journeys.conversions(), journeys.touchpoints(), std::move(credits)};
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

/// Joins, then attributes into any sink.
template <class Conversions, class Touchpoints, class Model, class Policy, class Sink>
    requires detail::are_records<Conversions, Touchpoints>
constexpr auto attribute(Conversions const& conversions, Touchpoints const& touchpoints,
                         Model const& m, Policy const& p, Sink&& sink) {
    return attribute(join(conversions, touchpoints), m, p, std::forward<Sink>(sink));
}

}  // namespace attribution
