// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/credit/credit_later.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/join.hpp>
#include <attribution/model/path.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Do all models pick the touchpoint at the same end of the path?
template <class... Models>
inline constexpr bool same_end = false;
template <pick_model First, pick_model... Others>
inline constexpr bool same_end<First, Others...> = ((First::picks == Others::picks) && ...);

template <pick_model First, class... Others>
inline constexpr path_end end_of = First::picks;

/// Prefetches the memory that crediting a conversion will read.
template <class Conversions, class Receiver, class RowOf>
constexpr void prefetch_for(Conversions const& conversions, Receiver& receiver, std::size_t row,
                            std::size_t touchpoints, RowOf row_of) {
    constexpr std::size_t most = 8;
    conversions.prefetch_value(row);
    for (std::size_t i = 0; i < std::min(touchpoints, most); ++i)
        receiver.prefetch(row_of(i));
}

/// Credits by a model that needs only the length of the path.
template <class How, class Amount, class Receiver, class Give>
constexpr void credit_shape(How& how, std::size_t length, std::size_t row, Amount const& value,
                            Receiver& receiver, std::size_t model, Give give) {
    check_value(row, value);
    if (!how(length, value, give))
        receiver.one(credit<Amount>{row, no_row, value, 1.0}, model);
}

/// Credits by any model.
template <class How, class Path, class Amount, class Receiver, class Model>
constexpr void credit_path(How& how, Path const& steps, std::size_t row, Amount const& value,
                           Receiver& receiver, std::size_t model, Model const& m) {
    if constexpr (shape_model<Model>)
        credit_shape(how, steps.size(), row, value, receiver, model,
                     [&](equal_credits<Amount> const& all) {
                         receiver.equal(
                             row, all, [&](std::size_t i) { return steps[i].row(); }, model);
                     });
    else
        how(steps, value, m, [&](credit<Amount> const& earned, std::size_t i) {
            if (i == no_row)
                receiver.one(earned, model);
            else
                receiver.step(i, earned, model);
        });
}

/// The route of models that pick the touchpoint at one end.
template <path_end End, class Journeys, class Policy, class Receiver, std::size_t... I>
constexpr void credit_by_end(visiting order, Journeys const& journeys, Policy const& p,
                             std::size_t first, std::size_t last, Receiver& receiver,
                             std::index_sequence<I...>) {
    auto const& conversions = journeys.conversions();
    auto waiting = later<std::size_t>(order, [&](std::size_t row, std::size_t touchpoint) {
        auto const value = conversions.value(row);
        check_value(row, value);
        credit<typename Journeys::value_type> const earned{row, touchpoint, value, 1.0};
        (receiver.one(earned, I), ...);
    });
    journeys.template for_each_end<End>(
        order, p, first, last,
        [&](typename Journeys::anchor_type const& about, std::size_t touchpoint) {
            detail::prefetch_for(conversions, receiver, about.row(), touchpoint != no_row ? 1 : 0,
                                 [&](std::size_t) { return touchpoint; });
            waiting.add(about.row(), touchpoint);
            if (waiting.full())
                waiting.credit_all();
        });
    waiting.credit_all();
    receiver.finish([&](std::size_t position) { return journeys.row_at(position); });
}

/// The route of models that need only the length of the path.
template <class Journeys, class Policy, class Receiver, std::size_t... I, class... Models>
constexpr void credit_by_length(visiting order, Journeys const& journeys, Policy const& p,
                                std::size_t first, std::size_t last, Receiver& receiver,
                                std::index_sequence<I...>, Models const&... models) {
    using amount_type = typename Journeys::value_type;
    auto const& conversions = journeys.conversions();
    std::tuple<typename crediting_of<amount_type, Models>::type...> crediting{
        crediting_of<amount_type, Models>::make(models)...};
    auto const row_at = [&](std::size_t position) { return journeys.row_at(position); };
    auto waiting = later<stretch>(order, [&](std::size_t row, stretch found) {
        auto const value = conversions.value(row);
        (credit_shape(std::get<I>(crediting), found.size(), row, value, receiver, I,
                      [&](equal_credits<amount_type> const& all) {
                          receiver.equal_at(found.first, row, all, row_at, I);
                      }),
         ...);
    });
    journeys.for_each_stretch(
        order, p, first, last, [&](typename Journeys::anchor_type const& about, stretch found) {
            detail::prefetch_for(conversions, receiver, about.row(), found.size(),
                                 [&](std::size_t i) { return row_at(found.first + i); });
            waiting.add(about.row(), found);
            if (waiting.full())
                waiting.credit_all();
        });
    waiting.credit_all();
    receiver.finish(row_at);
}

/// The route of all other models.
template <class Journeys, class Policy, class Receiver, std::size_t... I, class... Models>
constexpr void credit_by_path(visiting order, Journeys const& journeys, Policy const& p,
                              std::size_t first, std::size_t last, Receiver& receiver,
                              std::index_sequence<I...>, Models const&... models) {
    using amount_type = typename Journeys::value_type;
    using path_type = typename Journeys::path_type;
    using paths_type =
        kept_paths<path_type, typename Journeys::anchor_type, typename Journeys::time_type>;
    auto const& conversions = journeys.conversions();
    std::tuple<typename crediting_of<amount_type, Models>::type...> crediting{
        crediting_of<amount_type, Models>::make(models)...};
    paths_type paths;
    auto waiting = later<typename paths_type::place>(
        order, [&](std::size_t row, typename paths_type::place const& kept) {
            path_type const steps = paths[kept];
            auto const value = conversions.value(row);
            receiver.begin(steps.size());
            (credit_path(std::get<I>(crediting), steps, row, value, receiver, I, models), ...);
        });
    auto const credit_all = [&] {
        waiting.credit_all();
        paths.clear();
    };
    journeys.for_each_path(order, p, first, last, [&](path_type const& steps) {
        auto const row = steps.about().row();
        waiting.add(row, paths.keep(steps));
        detail::prefetch_for(conversions, receiver, row, steps.size(),
                             [&](std::size_t i) { return steps.visits()[i].row; });
        if (waiting.full())
            credit_all();
    });
    credit_all();
    receiver.finish([&](std::size_t position) { return journeys.row_at(position); });
}

}  // namespace attribution::detail
