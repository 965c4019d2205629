// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/engine/credit/credit_each.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/join.hpp>
#include <attribution/model/models.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

/// The sink bound to the records, for the credits of `Models` models.
template <std::size_t Models, class Sink, class Conversions, class Touchpoints>
constexpr auto bound_sink(Sink const& sink, Conversions const& c, Touchpoints const& t) {
    if constexpr (Models == 1) {
        return sink.bind(c, t);
    } else {
        static_assert(
            requires { sink.template bind<Models>(c, t); },
            "attribution: this sink adds up the credits of one model; call attribute() once for "
            "each, or add up with by(...)");
        return sink.template bind<Models>(c, t);
    }
}

/// Hands every credit to `receive`, in the order of the rows.
template <class Journeys, class Policy, class Sink, class... Models>
constexpr void hand_in_order(parallel how, Journeys const& joined, Policy const& p, Sink& receive,
                             Models const&... each) {
    if (how.threads() != 1)
        throw std::invalid_argument{
            "attribute: a sink that takes credits one by one takes them in their order, on one "
            "thread; add up with by(...), or attribute into a ledger first"};
    single_credits<typename Journeys::value_type, Sink, sizeof...(Models)> receiver{receive};
    detail::credit_each(visiting::by_row, joined, p, 0, joined.conversions().size(), receiver,
                        std::index_sequence_for<Models...>{}, each...);
}

/// Every credit in the order of the rows, model by model.
template <class Journeys, class Policy, class... Models>
constexpr auto kept_credits(parallel how, Journeys const& joined, Policy const& p,
                            Models const&... each) {
    using amount_type = typename Journeys::value_type;
    using credits = std::vector<credit<amount_type>>;
    constexpr std::size_t count = sizeof...(Models);
    auto const conversions = joined.conversions().size();
    auto const parts = detail::parts_for(conversions, how.threads());
    std::array<std::vector<credits>, count> lines;  // by model, then by part
    for (auto& own : lines)
        own.assign(parts, credits{});
    detail::for_each_part(parts, how.threads(), [&](std::size_t part, std::size_t) {
        auto const begin = detail::part_begin(conversions, parts, part);
        auto const end = detail::part_begin(conversions, parts, part + 1);
        for (auto& own : lines)
            own[part].reserve(end - begin);  // each conversion has a credit, attributed or not
        auto const keep = [&](credit<amount_type> const& earned, std::size_t m = 0) {
            lines[m][part].push_back(earned);
        };
        single_credits<amount_type, decltype(keep), count> receiver{keep};
        detail::credit_each(visiting::by_row, joined, p, begin, end, receiver,
                            std::index_sequence_for<Models...>{}, each...);
    });
    std::vector<credits> all(count, credits{});
    for (std::size_t m = 0; m < count; ++m)
        for (auto& own : lines[m])
            if (all[m].empty())
                all[m].swap(own);
            else
                all[m].insert(all[m].end(), own.begin(), own.end());
    return all;
}

template <class Journeys, class Credits, std::size_t... I>
constexpr auto ledgers(Journeys const& joined, std::vector<Credits>& of_models,
                       std::index_sequence<I...>) {
    return std::array{
        ledger{joined.conversions(), joined.touchpoints(), std::move(of_models[I])}...};
}

}  // namespace detail

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
        requires detail::is_journeys<Journeys>
    [[nodiscard]] constexpr auto operator()(parallel how, Journeys const& joined, Model const& m,
                                            Policy const& p, Sink&& sink) const {
        detail::check_policy<Policy>();
        detail::checked_models<Journeys, Model>::check();
        using conversion_records = std::remove_cvref_t<decltype(joined.conversions())>;
        using touchpoint_records = std::remove_cvref_t<decltype(joined.touchpoints())>;
        return detail::with_models(m, [&](auto const&... each) {
            constexpr std::size_t count = sizeof...(each);
            if constexpr (bindable_sink<Sink, conversion_records, touchpoint_records>) {
                auto bound =
                    detail::bound_sink<count>(sink, joined.conversions(), joined.touchpoints());
                if constexpr (detail::mergeable<decltype(bound)>)
                    detail::tally_all(how, joined, p, bound, each...);
                else
                    detail::hand_in_order(how, joined, p, bound, each...);
                return bound.finish();
            } else {
                using earned = credit<typename Journeys::value_type>;
                if constexpr (count == 1)
                    static_assert(
                        std::invocable<Sink&, earned const&>,
                        "attribution: a sink must be callable with a credit, or be by(...)");
                else
                    static_assert(std::invocable<Sink&, earned const&, std::size_t>,
                                  "attribution: a sink of several models must be callable with a "
                                  "credit and the number of its model, or be by(...)");
                detail::hand_in_order(how, joined, p, sink, each...);
            }
        });
    }

    /// As above, into a ledger that keeps every credit; with several models, into a std::array of
    /// ledgers.
    ///
    /// Errors:     as above; a ledger is returned whole or not at all.
    template <class Journeys, class Model, class Policy = always_policy>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] constexpr auto operator()(parallel how, Journeys const& joined, Model const& m,
                                            Policy const& p = {}) const {
        detail::check_policy<Policy>();
        detail::checked_models<Journeys, Model>::check();
        auto credits = detail::with_models(
            m, [&](auto const&... each) { return detail::kept_credits(how, joined, p, each...); });
        if constexpr (detail::is_model_list<Model>)
            return detail::ledgers(joined, credits, std::make_index_sequence<Model::size()>{});
        else
            return ledger{joined.conversions(), joined.touchpoints(), std::move(credits.front())};
    }
};

/// Which touchpoint earned this money? The arguments are those of `attribute_fn`.
inline constexpr attribute_fn attribute{};

}  // namespace attribution
