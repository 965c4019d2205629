// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/credit/sink.hpp>
#include <attribution/engine/credit/argument_checks.hpp>
#include <attribution/engine/credit/credit_each.hpp>
#include <attribution/engine/credit/credit_history.hpp>
#include <attribution/engine/credit/handing_out.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/join.hpp>
#include <attribution/model/models.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/policy.hpp>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

struct attribute_fn : detail::journey_algorithm<attribute_fn> {
    using detail::journey_algorithm<attribute_fn>::operator();

    /// Splits every conversion's value among the touchpoints that may earn it, and hands each
    /// credit to the sink.
    ///
    /// Arguments:  [parallel{n},] journeys; a model, or several of them: `models(a, b)`; a policy;
    ///             a sink. Conversions and touchpoints may stand in the place of the journeys and
    ///             are then joined; for several calls over the same records, `join` once.
    /// Shape:      credits come conversion by conversion in the order of their rows, each
    ///             conversion's in the order (time, row) of its path. Touchpoints with weight 0 get
    ///             no credit. A conversion that no touchpoint earned gives one unattributed credit.
    /// Sink:       any callable that takes a `credit` and, with several models, also the number of
    ///             the model; or `by(...)`, which adds up and is returned as a report.
    /// Threads:    with `parallel{n}`, sinks that add up and ledgers give the same bytes.
    /// Errors:     std::domain_error if a weight is negative, NaN or infinite (naming conversion
    ///             and touchpoint) or a floating value is not finite, for the first row that has
    ///             one; whatever the sink, a projection, a policy or the model throws. Credits
    ///             handed out before the error stay handed out.
    /// Complexity: the join's path look-up, the model's work, O(n) per path; buffers are reused.
    ///             Under a policy that is nothing but a window, models that have a `shape` take
    ///             O(1) per path and O(1) per credit; into `by(...)` of touchpoints they take O(1)
    ///             per path and touchpoint, however many windows overlap.
    template <class Journeys, class Model, class Policy, class Sink>
        requires(detail::is_journeys<Journeys> && !detail::asks_credited<Policy>)
    [[nodiscard]] constexpr auto operator()(parallel how, Journeys const& joined, Model const& m,
                                            Policy const& p, Sink&& sink) const {
        detail::check_policy<Policy, Journeys>();
        detail::checked_models<Journeys, Model>::check();
        using conversion_records = std::remove_cvref_t<decltype(joined.conversions())>;
        using touchpoint_records = std::remove_cvref_t<decltype(joined.touchpoints())>;
        return detail::with_models(m, [&](auto const&... each) {
            constexpr std::size_t count = sizeof...(each);
            if constexpr (bindable_sink<Sink, conversion_records, touchpoint_records>) {
                auto bound =
                    detail::bound_sink<count>(sink, joined.conversions(), joined.touchpoints());
                if constexpr (detail::draws_customers<decltype(bound)> &&
                              (detail::refittable<decltype(each)> || ...)) {
                    auto const none = bound;
                    detail::tally_all(how, joined, p, bound, each...);
                    detail::tally_refits(how, joined, p, none, bound, each...);
                } else if constexpr (detail::mergeable<decltype(bound)>)
                    detail::tally_all(how, joined, p, bound, each...);
                else
                    detail::hand_in_order(how, joined, p, bound, each...);
                return bound.finish();
            } else {
                using earned = credit<typename Journeys::value_type>;
                detail::check_sink<count, Sink, earned>();
                detail::hand_in_order(how, joined, p, sink, each...);
            }
        });
    }

    /// As above, into a ledger that keeps every credit; with several models, into a std::array of
    /// ledgers.
    ///
    /// Errors:     as above; a ledger is returned whole or not at all.
    template <class Journeys, class Model, class Policy = always_policy>
        requires(detail::is_journeys<Journeys> && !detail::asks_credited<Policy>)
    [[nodiscard]] constexpr auto operator()(parallel how, Journeys const& joined, Model const& m,
                                            Policy const& p = {}) const {
        detail::check_policy<Policy, Journeys>();
        detail::checked_models<Journeys, Model>::check();
        auto credits = detail::with_models(
            m, [&](auto const&... each) { return detail::kept_credits(how, joined, p, each...); });
        if constexpr (detail::is_model_list<Model>)
            return detail::ledgers(joined, credits, std::make_index_sequence<Model::size()>{});
        else
            return ledger{joined.conversions(), joined.touchpoints(), std::move(credits.front())};
    }

    /// As above, for a policy that asks what was credited before, such as `credited_at_most`: all
    /// conversions are credited once more, each customer's in the order of time, to know that.
    template <class Journeys, class Model, class Policy, class... Sink>
        requires(detail::is_journeys<Journeys>&& detail::asks_credited<Policy>)
    [[nodiscard]] auto operator()(parallel how, Journeys const& joined, Model const& m,
                                  Policy const& p, Sink&&... sink) const {
        static_assert(!detail::is_model_list<Model>,
                      "attribution: what this policy admits depends on what the model credited "
                      "before; call attribute() once for each model");
        detail::checked_models<Journeys, Model>::check();
        auto const history = detail::history_of(joined, m, p);
        return (*this)(how, joined, m, detail::settled_policy{p, history},
                       std::forward<Sink>(sink)...);
    }
};

/// Which touchpoint earned this money? The arguments are those of `attribute_fn`.
inline constexpr attribute_fn attribute{};

}  // namespace attribution
