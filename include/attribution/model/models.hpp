// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Several models as one value; made by `models`.
template <class... Models>
struct model_list {
    std::tuple<Models...> each;

    [[nodiscard]] static constexpr std::size_t size() { return sizeof...(Models); }
    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple_cat(std::tuple{"models"}, each);
    }
};

/// Several models side by side. The list goes wherever `attribute` takes a model; `attribute` then
/// makes one pass over one join for all of them.
///
/// Shape:      `attribute(journeys, models(a, b), policy, by(...))` gives a report with one row per
///             group and one column per model: `row.key`, `row.attributed` and `row[i].amount` for
///             the i-th model. Every column adds up to the same total. Without a sink, one ledger
///             per model: a std::array of them.
/// Edges:      a group that only some models credit has 0 in the others' columns.
/// Complexity: the path look-ups once; each model's work as in `attribute`.
/// Example:    examples/recipes/compare_models.cpp
template <class... Models>
[[nodiscard]] constexpr auto models(Models... each) {
    static_assert(sizeof...(Models) > 0, "attribution: models() needs a model");
    return model_list<Models...>{{std::move(each)...}};
}

namespace detail {

template <class T>
inline constexpr bool is_model_list = false;
template <class... Models>
inline constexpr bool is_model_list<model_list<Models...>> = true;

/// Calls `use` with each model of a list, or with the only one.
template <class Model, class Use>
constexpr decltype(auto) with_models(Model const& m, Use&& use) {
    if constexpr (is_model_list<Model>)
        return std::apply(std::forward<Use>(use), m.each);
    else
        return std::forward<Use>(use)(m);
}

}  // namespace detail

}  // namespace attribution
