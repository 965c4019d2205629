// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/bound_dimension.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/report/dimensions.hpp>

#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

/// What reports over paths need from records.
namespace attribution::inline v0_1::detail {

/// The value of a conversion, which must be a number; `report` names the caller in the error.
template <class Conversions>
constexpr auto finite_value(Conversions const& conversions, std::size_t row, char const* report) {
    auto const value = conversions.value(row);
    if constexpr (std::floating_point<std::remove_const_t<decltype(value)>>)
        if (!is_finite(static_cast<double>(value)))
            throw std::domain_error{std::string{report} + ": the value of conversion row " +
                                    std::to_string(row) + " is not a finite number"};
    return value;
}

/// Refuses a row that the records do not have; `report` names the caller in the error.
constexpr void check_row(std::size_t row, std::size_t rows, char const* report, char const* what) {
    if (row >= rows)
        throw std::out_of_range{std::string{report} + ": a path is of " + what + " row " +
                                std::to_string(row) + ", and there are " + std::to_string(rows) +
                                "; give it paths of the records that it was made with"};
}

/// Numbers the groups of a path's touchpoints.
template <class Projection, class Conversions, class Touchpoints>
class touchpoint_groups {
    using dimension =
        decltype(dimension_of<typename Touchpoints::reference, typename Conversions::reference>(
            std::declval<Projection>()));
    using bound = bound_dimension<dimension, Conversions, Touchpoints>;
    static_assert(!bound::of_conversions,
                  "attribution: this report needs a projection of a touchpoint, or of a touchpoint "
                  "and a conversion");

  public:
    using key_type = typename bound::value;

    constexpr touchpoint_groups(Projection projection, char const* group_of_touchpoint)
        : groups_(dimension_of<typename Touchpoints::reference, typename Conversions::reference>(
                      std::move(projection)),
                  {group_of_touchpoint, ""}) {}

    constexpr std::size_t number(Conversions const& c, Touchpoints const& t, std::size_t conversion,
                                 std::size_t touchpoint) {
        return groups_.number(c, t, conversion, touchpoint);
    }
    constexpr std::size_t number(key_type const& key) {
        return groups_.number(typename bound::key{key});
    }
    constexpr key_type key(std::size_t id) const { return *groups_.at(id); }

  private:
    bound groups_;
};

}  // namespace attribution::detail
