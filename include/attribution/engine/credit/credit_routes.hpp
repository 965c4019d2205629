// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/engine/credit/credit_later.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/credit/equal_credits.hpp>
#include <attribution/engine/join/eligible.hpp>
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

/// Prefetches the memory that crediting a conversion will read, unless it is read in its order.
template <class Journeys, class Receiver>
constexpr void prefetch_for(Journeys const& journeys, Receiver& receiver, std::size_t row,
                            stretch found) {
    if constexpr (!Journeys::in_memory_order) {
        constexpr std::size_t most = 8;
        journeys.conversions().prefetch_value(row);
        for (auto i = found.first; i < found.first + std::min(found.size(), most); ++i)
            receiver.prefetch(journeys.row_at(i));
    }
}

/// Can the model credit a stretch of touchpoints without looking at more than their times?
template <class Model, class Time>
concept stretch_model = shape_model<Model> || age_model<Model, Time>;

/// Credits a stretch by a model, and says whether anything was credited.
template <class Model, class How, class Journeys, class Amount, class Receiver>
ATTRIBUTION_INLINE constexpr bool
credit_stretch(How& how, Journeys const& journeys, std::size_t row, stretch found,
               Amount const& value, Receiver& receiver, std::size_t model) {
    auto const row_at = [&](std::size_t position) { return journeys.row_at(position); };
    if constexpr (shape_model<Model>)
        return how(found.size(), value, [&](equal_credits<Amount> const& all) ATTRIBUTION_INLINE {
            receiver.equal_at(found.first, row, all, row_at, model);
        });
    else
        return how(
            found.size(), value, [&](std::size_t i) { return journeys.time_at(found.first + i); },
            [&](std::size_t i, Amount const& part, double share) ATTRIBUTION_INLINE {
                receiver.step(i, credit<Amount>{row, row_at(found.first + i), part, share}, model);
            });
}

/// Credits a path by a model, and says whether anything was credited.
template <class How, class Path, class Amount, class Receiver, class Model>
constexpr bool credit_path(How& how, Path const& steps, Amount const& value, Receiver& receiver,
                           std::size_t model, Model const& m) {
    auto const row = steps.about().row();
    auto const row_of = [&](std::size_t i) { return steps.visits()[i].row; };
    if constexpr (shape_model<Model>)
        return how(steps.size(), value, [&](equal_credits<Amount> const& all) {
            receiver.equal(row, all, row_of, model);
        });
    else if constexpr (age_model<Model, typename Path::time_type>)
        return how(
            steps.size(), value, [&](std::size_t i) { return steps[i].at(); },
            [&](std::size_t i, Amount const& part, double share) {
                receiver.step(i, credit<Amount>{row, row_of(i), part, share}, model);
            });
    else
        return how(steps, value, m, [&](equal_credits<Amount> const& all) {
            receiver.equal(row, all, row_of, model);
        });
}

template <class Journeys, class... Models>
constexpr auto crediting_for(Models const&... models) {
    using amount = typename Journeys::value_type;
    using time = typename Journeys::time_type;
    return std::tuple{crediting_of<amount, Models, time>::make(models)...};
}

/// The touchpoints that a conversion may credit.
struct found_stretch {
    std::size_t row = 0;  // of the conversion
    stretch touchpoints{};
};

/// The route of models that need no path: under a policy that is nothing but a window, the stretch
/// of touchpoints in it says all.
template <class Journeys, class Policy, class Receiver, std::size_t... I, class... Models>
constexpr void credit_by_stretch(visiting order, Journeys const& journeys, Policy const& p,
                                 std::size_t first, std::size_t last, Receiver& receiver,
                                 std::index_sequence<I...>, Models const&... models) {
    using amount = typename Journeys::value_type;
    auto crediting = detail::crediting_for<Journeys>(models...);
    find_and_credit<found_stretch>(
        [&](auto add) {
            auto const visit = [&](std::size_t row, stretch touchpoints) {
                detail::prefetch_for(journeys, receiver, row, touchpoints);
                add({row, touchpoints});
            };
            if constexpr (same_end<Models...>)  // a path of one touchpoint is enough
                journeys.template for_each_end<end_of<Models...>>(order, p, first, last, visit);
            else
                journeys.for_each_stretch(order, p, first, last, visit);
        },
        [&](found_stretch const& one) ATTRIBUTION_INLINE {
            auto const value = journeys.conversions().value(one.row);
            check_value(one.row, value);
            auto const& [first_touch, end] = one.touchpoints;
            bool const empty = first_touch == end;
            if (empty ||
                (end - first_touch == 1 && (std::get<I>(crediting).credits_one() && ...))) {
                receiver.one_of_all(credit<amount>{
                    one.row, empty ? no_row : journeys.row_at(first_touch), value, 1.0});
                return;
            }
            receiver.begin(one.touchpoints.size());
            auto const credit_one = [&](auto& how, std::size_t model,
                                        [[maybe_unused]] auto const& m) ATTRIBUTION_INLINE {
                using type = std::remove_cvref_t<decltype(m)>;
                if (!credit_stretch<type>(how, journeys, one.row, one.touchpoints, value, receiver,
                                          model))
                    receiver.one(credit<amount>{one.row, no_row, value, 1.0}, model);
            };
            (credit_one(std::get<I>(crediting), I, models), ...);
        });
    receiver.finish([&](std::size_t position) { return journeys.row_at(position); });
}

/// The route of all other models and policies.
template <class Journeys, class Policy, class Receiver, std::size_t... I, class... Models>
constexpr void credit_by_path(visiting order, Journeys const& journeys, Policy const& p,
                              std::size_t first, std::size_t last, Receiver& receiver,
                              std::index_sequence<I...>, Models const&... models) {
    using amount = typename Journeys::value_type;
    using candidates = typename Journeys::candidates;
    using time = typename Journeys::time_type;
    auto crediting = detail::crediting_for<Journeys>(models...);
    workspace<time> space;
    typename Journeys::eligible_place place;
    find_and_credit<candidates>(
        [&](auto add) {
            journeys.for_each_window(order, p, first, last, [&](candidates const& one) {
                detail::prefetch_for(journeys, receiver, one.row, one.within);
                add(one);
            });
        },
        [&](candidates const& one) {
            auto const about = journeys.about(one);
            typename Journeys::path_type const steps{about, journeys.eligible(p, about, one, place),
                                                     space};
            auto const value = journeys.conversions().value(one.row);
            check_value(one.row, value);
            receiver.begin(steps.size());
            auto const credit_one = [&](auto& how, std::size_t model, auto const& m) {
                if (!credit_path(how, steps, value, receiver, model, m))
                    receiver.one(credit<amount>{one.row, no_row, value, 1.0}, model);
            };
            (credit_one(std::get<I>(crediting), I, models), ...);
        });
    receiver.finish([&](std::size_t position) { return journeys.row_at(position); });
}

}  // namespace attribution::detail
