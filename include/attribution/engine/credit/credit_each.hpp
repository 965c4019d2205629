// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/credit/crediting.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/join.hpp>
#include <attribution/model/path.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::detail {

/// Do all models pick the touchpoint at one and the same end of the path?
template <class... Models>
inline constexpr bool same_end = false;
template <pick_model First, pick_model... Others>
inline constexpr bool same_end<First, Others...> = ((First::picks == Others::picks) && ...);

template <pick_model First, class... Others>
inline constexpr path_end end_of = First::picks;

/// Conversions that are found first and credited a few at a time, when the memory that was asked
/// for has come. In the order of rows each by itself, so that what throws throws where it would.
template <class Found, class Credit>
class credit_later {
  public:
    constexpr credit_later(visiting order, Credit credit_one)
        : capacity_{order == visiting::by_row ? 1 : most}, credit_(credit_one) {}

    constexpr bool full() const { return size_ == capacity_; }

    constexpr void add(std::size_t row, Found const& found) {
        rows_[size_] = row;
        found_[size_] = found;
        ++size_;
    }

    constexpr void credit_all() {
        for (std::size_t i = 0; i < size_; ++i)
            credit_(rows_[i], found_[i]);
        size_ = 0;
    }

  private:
    static constexpr std::size_t most = 32;

    std::size_t capacity_;
    Credit credit_;
    std::size_t size_ = 0;
    std::array<std::size_t, most> rows_{};
    std::array<Found, most> found_{};
};

/// A path in the visits that are kept until it is credited.
struct kept_path {
    std::size_t about;
    std::size_t first;
    std::size_t length;
};

template <class Found, class Credit>
constexpr auto later(visiting order, Credit credit_one) {
    return credit_later<Found, Credit>{order, credit_one};
}

/// Credits the conversions at the positions [first, last) of an order by every model.
template <class Journeys, class Policy, class Receiver, std::size_t... I, class... Models>
constexpr void credit_each(visiting order, Journeys const& journeys, Policy const& p,
                           std::size_t first, std::size_t last, Receiver& receiver,
                           std::index_sequence<I...>, Models const&... models) {
    using amount_type = typename Journeys::value_type;
    using anchor_type = typename Journeys::anchor_type;
    constexpr bool prunes_all = only_window<Policy, step<anchor_type>>;
    auto const& conversions = journeys.conversions();
    std::tuple<typename crediting_of<amount_type, Models>::type...> crediting{
        crediting_of<amount_type, Models>::make(models)...};
    auto const row_at = [&](std::size_t position) { return journeys.row_at(position); };
    auto const by_shape = [&](auto& how, std::size_t length, std::size_t row, auto const& value,
                              std::size_t model, auto give) {
        check_value(row, value);
        if (!how(length, value, give))
            receiver.one(credit<amount_type>{row, no_row, value, 1.0}, model);
    };
    auto const ask_for = [&](std::size_t row, std::size_t touchpoints, auto row_of) {
        constexpr std::size_t most = 8;
        conversions.prefetch_value(row);
        for (std::size_t i = 0; i < std::min(touchpoints, most); ++i)
            receiver.prefetch(row_of(i));
    };
    if constexpr (prunes_all && same_end<Models...>) {
        auto waiting = later<std::size_t>(order, [&](std::size_t row, std::size_t touchpoint) {
            auto const value = conversions.value(row);
            check_value(row, value);
            credit<amount_type> const earned{row, touchpoint, value, 1.0};
            (receiver.one(earned, I), ...);
        });
        journeys.template for_each_end<end_of<Models...>>(
            order, p, first, last, [&](anchor_type const& about, std::size_t touchpoint) {
                ask_for(about.row(), touchpoint != no_row ? 1 : 0,
                        [&](std::size_t) { return touchpoint; });
                waiting.add(about.row(), touchpoint);
                if (waiting.full())
                    waiting.credit_all();
            });
        waiting.credit_all();
    } else if constexpr (prunes_all && (shape_model<Models> && ...)) {
        auto waiting = later<stretch>(order, [&](std::size_t row, stretch found) {
            auto const value = conversions.value(row);
            (by_shape(std::get<I>(crediting), found.size(), row, value, I,
                      [&](equal_credits<amount_type> const& all) {
                          receiver.equal_at(found.first, row, all, row_at, I);
                      }),
             ...);
        });
        journeys.for_each_stretch(
            order, p, first, last, [&](anchor_type const& about, stretch found) {
                ask_for(about.row(), found.size(),
                        [&](std::size_t i) { return row_at(found.first + i); });
                waiting.add(about.row(), found);
                if (waiting.full())
                    waiting.credit_all();
            });
        waiting.credit_all();
    } else {
        using path_type = typename Journeys::path_type;
        workspace<typename Journeys::time_type> space;
        std::vector<visit<typename Journeys::time_type>> visits;
        std::vector<anchor_type> abouts;
        auto const credit_path = [&](std::size_t row, path_type const& steps) {
            auto const value = conversions.value(row);
            receiver.begin(steps.size());
            auto const credit_by = [&](auto& how, auto const& m, std::size_t model) {
                if constexpr (shape_model<std::remove_cvref_t<decltype(m)>>)
                    by_shape(how, steps.size(), row, value, model,
                             [&](equal_credits<amount_type> const& all) {
                                 receiver.equal(
                                     row, all, [&](std::size_t i) { return steps[i].row(); },
                                     model);
                             });
                else
                    how(steps, value, m, [&](credit<amount_type> const& earned, std::size_t i) {
                        if (i == no_row)
                            receiver.one(earned, model);
                        else
                            receiver.step(i, earned, model);
                    });
            };
            (credit_by(std::get<I>(crediting), models, I), ...);
        };
        auto waiting = later<kept_path>(order, [&](std::size_t row, kept_path const& kept) {
            credit_path(row, path_type{abouts[kept.about],
                                       std::span{visits}.subspan(kept.first, kept.length), space});
        });
        auto const credit_all = [&] {
            waiting.credit_all();
            visits.clear();
            abouts.clear();
        };
        journeys.for_each_path(order, p, first, last, [&](path_type const& steps) {
            auto const row = steps.about().row();
            waiting.add(row, {abouts.size(), visits.size(), steps.size()});
            abouts.push_back(steps.about());
            visits.insert(visits.end(), steps.visits().begin(), steps.visits().end());
            ask_for(row, steps.size(), [&](std::size_t i) { return steps.visits()[i].row; });
            if (waiting.full())
                credit_all();
        });
        credit_all();
    }
    receiver.finish(row_at);
}

/// How many parts to cut the conversions into, so that a thread that is done early finds more.
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

/// Adds up the credits of all models in `bound`, an identity to begin with.
template <class Journeys, class Policy, mergeable Bound, class... Models>
constexpr void tally_all(parallel how, Journeys const& journeys, Policy const& p, Bound& bound,
                         Models const&... models) {
    using amount_type = typename Journeys::value_type;
    constexpr std::index_sequence_for<Models...> indices{};
    auto const count = journeys.conversions().size();
    auto const parts = parts_for(count, how.threads());
    std::vector<Bound> own(std::min(parts, how.threads()), bound);
    try {
        for_each_part(parts, how.threads(), [&](std::size_t part, std::size_t thread) {
            auto receiver = receiver_for<amount_type, sizeof...(Models)>(own[thread]);
            credit_each(visiting::by_customer, journeys, p, part_begin(count, parts, part),
                        part_begin(count, parts, part + 1), receiver, indices, models...);
        });
    } catch (...) {
        // Which conversion fails first depends on the order; let it be that of the rows.
        auto again = bound;
        auto receiver = receiver_for<amount_type, sizeof...(Models)>(again);
        detail::credit_each(visiting::by_row, journeys, p, 0, count, receiver, indices, models...);
        throw;
    }
    for (auto const& one : own)
        bound.merge(one);
}

}  // namespace attribution::detail
