// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/credit_routes.hpp>
#include <attribution/engine/credit/single_credits.hpp>
#include <attribution/engine/credit/tallied_credits.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/memory/copies.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/engine/values/customer_bucket.hpp>
#include <attribution/join.hpp>
#include <attribution/model/path.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Credits the conversions at the positions [first, last) of an order by every model, by the cheapest
/// route that the models and the policy allow.
template <class Journeys, class Policy, class Receiver, class Indices, class... Models>
constexpr void credit_each(visiting order, Journeys const& journeys, Policy const& p,
                           std::size_t first, std::size_t last, Receiver& receiver, Indices indices,
                           Models const&... models) {
    constexpr bool prunes_all = only_window<Policy, step<typename Journeys::anchor_type>>;
    if constexpr (prunes_all && (stretch_model<Models, typename Journeys::time_type> && ...))
        credit_by_stretch(order, journeys, p, first, last, receiver, indices, models...);
    else
        credit_by_path(order, journeys, p, first, last, receiver, indices, models...);
}

/// Into how many parts to cut the conversions, so that a thread that finishes early finds more
/// work.
constexpr std::size_t parts_for(std::size_t conversions, std::size_t threads) {
    constexpr std::size_t parts_per_thread = 16;
    if (threads == 1 || conversions == 0)
        return conversions == 0 ? 0 : 1;
    return std::min(conversions, threads * parts_per_thread);
}

constexpr std::size_t part_begin(std::size_t conversions, std::size_t parts, std::size_t part) {
    return conversions / parts * part + std::min(part, conversions % parts);
}

/// A bound sink whose result does not depend on the order of the credits: they can be added up
/// where they are earned, and the sums merged.
template <class Bound>
concept mergeable = std::copy_constructible<Bound> && requires(Bound& bound, Bound const& other) {
    bound.merge(other);
};

template <class Amount, std::size_t Models, class Bound>
constexpr auto receiver_for(Bound& bound) {
    if constexpr (takes_portions<Bound>)
        return tallied_credits<Amount, Bound, Models>{bound};
    else
        return single_credits<Amount, Bound>{bound};
}

/// Adds up the credits of all models in `bound`, which holds no credits yet; after an error, some.
template <class Journeys, class Policy, mergeable Bound, class... Models>
constexpr void tally_all(parallel how, Journeys const& journeys, Policy const& p, Bound& bound,
                         Models const&... models) {
    using amount_type = typename Journeys::value_type;
    constexpr std::index_sequence_for<Models...> indices{};
    auto const count = journeys.conversions().size();
    auto const parts = parts_for(count, how.threads());
    Bound const none = bound;
    copies<Bound> others{std::max(std::min(parts, how.threads()), std::size_t{1}) - 1, none};
    try {
        for_each_part(parts, how.threads(), [&](std::size_t part, std::size_t thread) {
            auto& own = thread == 0 ? bound : others[thread - 1];
            auto receiver = receiver_for<amount_type, sizeof...(Models)>(own);
            credit_each(visiting::by_customer, journeys, p, part_begin(count, parts, part),
                        part_begin(count, parts, part + 1), receiver, indices, models...);
        });
    } catch (...) {
        // Which conversion fails first depends on the order. Report the first one in the order of
        // the rows.
        auto again = none;
        auto receiver = receiver_for<amount_type, sizeof...(Models)>(again);
        detail::credit_each(visiting::by_row, journeys, p, 0, count, receiver, indices, models...);
        throw;
    }
    for (std::size_t i = 0; i < others.size(); ++i)
        bound.merge(others[i]);
}

/// Can the model be learned again of other customers?
template <class Model>
concept refittable = requires(Model const& m, bucket_draws const& draws) {
    m.refit(draws);
};

/// A bound sink that draws customers, and takes sums of credits that other models gave them.
template <class Bound>
concept draws_customers = requires(Bound& bound, bucket_draws const& draws) {
    bound.draws(bound.replicates());
    bound.take(std::vector{bound.drawn(draws)});
};

template <class Model>
decltype(auto) refitted(Model const& m, [[maybe_unused]] bucket_draws const& draws) {
    if constexpr (refittable<Model>)
        return m.refit(draws);
    else
        return (m);
}

/// Credits every replicate of a sink that draws customers by the models that these customers teach.
/// `none` is the sink before any credit.
template <class Journeys, class Policy, class Bound, class... Models>
void tally_refits(parallel how, Journeys const& journeys, Policy const& p, Bound const& none,
                  Bound& bound, Models const&... models) {
    using sums = decltype(bound.drawn(bound.draws(0)));
    std::vector<sums> all(bound.replicates());
    auto const one = [&](std::size_t replicate, std::size_t) {
        auto const draws = bound.draws(replicate);
        auto again = none;
        detail::tally_all(parallel{1}, journeys, p, again, detail::refitted(models, draws)...);
        all[replicate] = again.drawn(draws);
    };
    detail::for_each_part(all.size(), how.threads(), one);
    bound.take(std::move(all));
}

}  // namespace attribution::detail
