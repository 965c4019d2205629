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

namespace attribution::detail {

/// Do all models pick the touchpoint at one and the same end of the path?
template <class... Models>
inline constexpr bool same_end = false;
template <pick_model First, pick_model... Others>
inline constexpr bool same_end<First, Others...> = ((First::picks == Others::picks) && ...);

template <pick_model First, class... Others>
inline constexpr path_end end_of = First::picks;

/// Credits conversions by all models, by the cheapest route that the models and the policy allow: by
/// the touchpoint at one end, by the length of the path, or by the whole path.
template <class Journeys, class Policy, class Receiver, class... Models>
class credit_routes {
    using amount_type = typename Journeys::value_type;
    using anchor_type = typename Journeys::anchor_type;
    using path_type = typename Journeys::path_type;
    using equal_type = equal_credits<amount_type>;
    static constexpr bool prunes_all = only_window<Policy, step<anchor_type>>;

  public:
    constexpr credit_routes(visiting order, Journeys const& journeys, Policy const& p,
                            Receiver& receiver, Models const&... models)
        : order_{order}, journeys_{journeys}, policy_{p}, receiver_{receiver}, models_{models...},
          crediting_{crediting_of<amount_type, Models>::make(models)...} {}

    /// The conversions at the positions [first, last) of the order.
    constexpr void operator()(std::size_t first, std::size_t last) {
        if constexpr (prunes_all && same_end<Models...>)
            by_end(first, last);
        else if constexpr (prunes_all && (shape_model<Models> && ...))
            by_length(first, last);
        else
            by_path(first, last);
        receiver_.finish(row_at{&journeys_});
    }

  private:
    /// The touchpoint's row at a position.
    struct row_at {
        Journeys const* journeys;
        constexpr std::size_t operator()(std::size_t position) const {
            return journeys->row_at(position);
        }
    };

    constexpr void by_end(std::size_t first, std::size_t last) {
        auto waiting = later<std::size_t>(order_, [&](std::size_t row, std::size_t touchpoint) {
            auto const value = value_of(row);
            check_value(row, value);
            credit<amount_type> const earned{row, touchpoint, value, 1.0};
            for_each_model(
                [&](auto&, auto const&, std::size_t model) { receiver_.one(earned, model); });
        });
        journeys_.template for_each_end<end_of<Models...>>(
            order_, policy_, first, last, [&](anchor_type const& about, std::size_t touchpoint) {
                prefetch(about.row(), touchpoint != no_row ? 1 : 0,
                         [&](std::size_t) { return touchpoint; });
                waiting.add(about.row(), touchpoint);
                if (waiting.full())
                    waiting.credit_all();
            });
        waiting.credit_all();
    }

    constexpr void by_length(std::size_t first, std::size_t last) {
        auto waiting = later<stretch>(order_, [&](std::size_t row, stretch found) {
            auto const value = value_of(row);
            for_each_model([&](auto& how, auto const&, std::size_t model) {
                by_shape(how, found.size(), row, value, model, [&](equal_type const& all) {
                    receiver_.equal_at(found.first, row, all, row_at{&journeys_}, model);
                });
            });
        });
        journeys_.for_each_stretch(
            order_, policy_, first, last, [&](anchor_type const& about, stretch found) {
                prefetch(about.row(), found.size(),
                         [&](std::size_t i) { return journeys_.row_at(found.first + i); });
                waiting.add(about.row(), found);
                if (waiting.full())
                    waiting.credit_all();
            });
        waiting.credit_all();
    }

    constexpr void by_path(std::size_t first, std::size_t last) {
        using paths_type = kept_paths<path_type, anchor_type, typename Journeys::time_type>;
        paths_type paths;
        auto waiting = later<typename paths_type::place>(
            order_, [&](std::size_t row, typename paths_type::place const& kept) {
                credit_path(row, paths[kept]);
            });
        auto const credit_all = [&] {
            waiting.credit_all();
            paths.clear();
        };
        journeys_.for_each_path(order_, policy_, first, last, [&](path_type const& steps) {
            auto const row = steps.about().row();
            waiting.add(row, paths.keep(steps));
            prefetch(row, steps.size(), [&](std::size_t i) { return steps.visits()[i].row; });
            if (waiting.full())
                credit_all();
        });
        credit_all();
    }

    constexpr void credit_path(std::size_t row, path_type const& steps) {
        auto const value = value_of(row);
        receiver_.begin(steps.size());
        for_each_model([&](auto& how, auto const& m, std::size_t model) {
            if constexpr (shape_model<std::remove_cvref_t<decltype(m)>>)
                by_shape(how, steps.size(), row, value, model, [&](equal_type const& all) {
                    receiver_.equal(
                        row, all, [&](std::size_t i) { return steps[i].row(); }, model);
                });
            else
                how(steps, value, m, [&](credit<amount_type> const& earned, std::size_t i) {
                    if (i == no_row)
                        receiver_.one(earned, model);
                    else
                        receiver_.step(i, earned, model);
                });
        });
    }

    template <class How, class Give>
    constexpr void by_shape(How& how, std::size_t length, std::size_t row, amount_type const& value,
                            std::size_t model, Give give) {
        check_value(row, value);
        if (!how(length, value, give))
            receiver_.one(credit<amount_type>{row, no_row, value, 1.0}, model);
    }

    /// Asks for the memory that crediting a conversion will read.
    template <class RowOf>
    constexpr void prefetch(std::size_t row, std::size_t touchpoints, RowOf row_of) {
        constexpr std::size_t most = 8;
        journeys_.conversions().prefetch_value(row);
        for (std::size_t i = 0; i < std::min(touchpoints, most); ++i)
            receiver_.prefetch(row_of(i));
    }

    constexpr amount_type value_of(std::size_t row) const {
        return journeys_.conversions().value(row);
    }

    /// Calls `use(crediting, model, number)`.
    template <class Use>
    constexpr void for_each_model(Use use) {
        for_each_model(use, std::index_sequence_for<Models...>{});
    }
    template <class Use, std::size_t... I>
    constexpr void for_each_model(Use& use, std::index_sequence<I...>) {
        (use(std::get<I>(crediting_), std::get<I>(models_), I), ...);
    }

    visiting order_;
    Journeys const& journeys_;
    Policy const& policy_;
    Receiver& receiver_;
    std::tuple<Models const&...> models_;
    std::tuple<typename crediting_of<amount_type, Models>::type...> crediting_;
};

}  // namespace attribution::detail
