// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/conversion_groups.hpp>
#include <attribution/engine/report/grouped_tally.hpp>
#include <attribution/report/dimensions.hpp>
#include <attribution/report/report.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

/// How credits are grouped; made by `by`.
template <class... Projections>
class grouping {
  public:
    constexpr explicit grouping(Projections... projections)
        : projections_{std::move(projections)...} {}

    /// The name that error messages give to the groups of each projection.
    using names = std::array<detail::group_names, sizeof...(Projections)>;

    /// A tally of `Models` models over these records.
    template <std::size_t Models = 1, class Conversions, class Touchpoints>
    [[nodiscard]] constexpr auto bind(Conversions const& c, Touchpoints const& t,
                                      names const& called = {}) const {
        return bind<Models>(c, t, called, std::index_sequence_for<Projections...>{});
    }

    /// For projections of conversions only: numbers each conversion's group.
    template <class Conversions>
    [[nodiscard]] constexpr auto bind_conversions(Conversions const& c) const {
        using conversion = typename Conversions::reference;
        return std::apply(
            [&](auto const&... projection) {
                return make_groups(c, detail::conversion_dimension_of<conversion>(projection)...);
            },
            projections_);
    }

  private:
    template <std::size_t Models, class Conversions, class Touchpoints, std::size_t... I>
    constexpr auto bind(Conversions const& c, Touchpoints const& t, names const& called,
                        std::index_sequence<I...>) const {
        using touchpoint = typename Touchpoints::reference;
        using conversion = typename Conversions::reference;
        return make<Models>(
            c, t,
            bound<Conversions, Touchpoints>(
                detail::dimension_of<touchpoint, conversion>(std::get<I>(projections_)),
                called[I])...);
    }

    template <class Conversions, class Touchpoints, class Dimension>
    static constexpr auto bound(Dimension one, detail::group_names const& name) {
        return detail::bound_dimension<Dimension, Conversions, Touchpoints>{std::move(one), name};
    }

    template <class Conversions, class... Dimensions>
    static constexpr auto make_groups(Conversions const& c, Dimensions... d) {
        return detail::conversion_groups<
            Conversions, detail::bound_dimension<Dimensions, Conversions, Conversions>...>{
            c, detail::bound_dimension<Dimensions, Conversions, Conversions>{std::move(d)}...};
    }

    template <std::size_t Models, class Conversions, class Touchpoints, class... Dimensions>
    static constexpr auto make(Conversions const& c, Touchpoints const& t, Dimensions... d) {
        return detail::grouped_tally<Conversions, Touchpoints, Models, Dimensions...>{
            c, t, std::move(d)...};
    }

    std::tuple<Projections...> projections_;
};

/// Groups credits by one or several projections: `ledger | by(&touch::channel, &order::region)`, or
/// as the sink of `attribute`, which then keeps no credits.
///
/// Shape:      each projection is of a touchpoint, of a conversion, or of (touchpoint, conversion);
///             what it can be called with decides which (a touchpoint is tried first). Where both
///             sides are of one type, write `of_conversion(...)` or `of_touchpoint(...)`.
/// Edges:      group values are copied into the report (text literals as std::string), except
///             std::string_view, whose text must outlive the report. -0.0 is in the group of 0.0.
///             An empty std::optional is a group like any other and comes before all that have a
///             value.
/// Errors:     std::overflow_error if a group's sum does not fit into the amount's type;
///             std::domain_error, naming the row, if a group value is or holds a NaN, or is a null
///             pointer to text; std::out_of_range if a credit names rows that the records it was
///             bound to do not have.
/// Complexity: one look-up per credit and projection; O(g log g) for g groups at the end.
template <class... Projections>
    requires(sizeof...(Projections) > 0)
[[nodiscard]] constexpr auto by(Projections... projections) {
    return grouping<Projections...>{std::move(projections)...};
}

}  // namespace attribution
