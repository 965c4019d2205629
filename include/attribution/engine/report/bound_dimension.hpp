// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/numbering.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

template <class Projection>
struct touchpoint_dimension {
    [[no_unique_address]] Projection projection;
};
template <class Projection>
struct conversion_dimension {
    [[no_unique_address]] Projection projection;
};

template <class P>
inline constexpr bool says_its_side = false;
template <class P>
inline constexpr bool says_its_side<touchpoint_dimension<P>> = true;
template <class P>
inline constexpr bool says_its_side<conversion_dimension<P>> = true;

/// What a group's key keeps of a projected value. Text given by its address is kept as characters.
template <class T>
using group_value =
    std::conditional_t<std::is_convertible_v<std::remove_cvref_t<T>, char const*>, std::string,
                       std::conditional_t<is_optional_text_pointer<std::remove_cvref_t<T>>,
                                          std::optional<std::string>, std::remove_cvref_t<T>>>;

/// How a group value is looked up.
template <class Value>
struct group_probe {
    using type = Value;
};
template <>
struct group_probe<std::string> {
    using type = std::string_view;
};
template <>
struct group_probe<std::optional<std::string>> {
    using type = std::optional<std::string_view>;
};

/// A projection that refuses some times. It does not know the row that it reads.
template <class Projection>
inline constexpr bool refuses_times = requires {
    requires Projection::refuses_times;
};

/// Calls `read(projection)`, which reads `what` in that row.
///
/// Errors:     if the projection refuses a time, the error also names the row.
template <class Projection, class Read>
constexpr decltype(auto) read_group(Projection const& projection, char const* what, std::size_t row,
                                    Read read) {
    if constexpr (refuses_times<Projection>) {
        try {
            return read(projection);
        } catch (std::domain_error const& refused) {
            throw std::domain_error{what + std::to_string(row) + ": " + refused.what()};
        }
    } else {
        return read(projection);
    }
}

/// The name that error messages give to the groups of one dimension.
struct group_names {
    char const* of_touchpoint = "by: the group of touchpoint row ";
    char const* of_conversion = "by: the group of conversion row ";
};

template <class Touchpoint, class Conversion, class P>
constexpr auto dimension_of(P projection) {
    if constexpr (says_its_side<P>) {
        return projection;
    } else if constexpr (std::invocable<P const&, Touchpoint> ||
                         std::invocable<P const&, Touchpoint, Conversion>) {
        return touchpoint_dimension<P>{std::move(projection)};
    } else {
        static_assert(
            std::invocable<P const&, Conversion>,
            "attribution: by() needs projections of a touchpoint, of a conversion, or of a "
            "touchpoint and a conversion");
        return conversion_dimension<P>{std::move(projection)};
    }
}

template <class Conversion, class P>
constexpr auto conversion_dimension_of(P projection) {
    if constexpr (says_its_side<P>) {
        return projection;
    } else {
        static_assert(std::invocable<P const&, Conversion>,
                      "attribution: here by() needs projections of conversions only");
        return conversion_dimension<P>{std::move(projection)};
    }
}

/// One projection of a grouping, bound to records: reads the value for a credit and numbers it.
template <class Dimension, class Conversions, class Touchpoints>
class bound_dimension;

template <class P, class Conversions, class Touchpoints>
class bound_dimension<touchpoint_dimension<P>, Conversions, Touchpoints> {
    static constexpr bool of_both = !std::invocable<P const&, typename Touchpoints::reference>;

    static constexpr decltype(auto) project(P const& p, Conversions const& c, Touchpoints const& t,
                                            std::size_t conversion, std::size_t touchpoint) {
        if constexpr (of_both)
            return detail::project(p, t[touchpoint], c[conversion]);
        else
            return detail::project(p, t[touchpoint]);
    }

  public:
    static constexpr bool of_conversions = false;
    static constexpr bool of_touchpoints = !of_both;
    using value =
        group_value<decltype(project(std::declval<P const&>(), std::declval<Conversions const&>(),
                                     std::declval<Touchpoints const&>(), 0, 0))>;
    using key = std::optional<value>;
    using numbers = numbering<value, typename group_probe<value>::type>;
    static constexpr bool has_table = numbers::has_table;

    constexpr explicit bound_dimension(touchpoint_dimension<P> d, group_names const& names = {})
        : projection_(std::move(d.projection)), name_{names.of_touchpoint} {}

    /// As a `numbering`, and no_row where there is no touchpoint.
    template <class MakeRoom = keeps_nothing>
    constexpr std::size_t number(Conversions const& c, Touchpoints const& t, std::size_t conversion,
                                 std::size_t touchpoint, MakeRoom make_room = {}) {
        if (touchpoint == no_row)
            return no_row;
        decltype(auto) seen =
            read_group(projection_, name_, touchpoint, [&](P const& p) -> decltype(auto) {
                return project(p, c, t, conversion, touchpoint);
            });
        return values_(probe_of(as_group(seen, name_, touchpoint)), make_room);
    }
    template <class MakeRoom = keeps_nothing>
    constexpr std::size_t number(key const& known, MakeRoom make_room = {}) {
        return known ? values_(*known, make_room) : no_row;
    }
    constexpr void prefetch([[maybe_unused]] Touchpoints const& t,
                            [[maybe_unused]] std::size_t touchpoint) const {
        if constexpr (can_prefetch<P, typename Touchpoints::reference>)
            detail::prefetch(projection_, t[touchpoint]);
    }
    constexpr key at(std::size_t id) const { return id == no_row ? key{} : key{values_[id]}; }

  private:
    [[no_unique_address]] P projection_;
    char const* name_ = "";
    numbers values_;
};

template <class P, class Conversions, class Touchpoints>
class bound_dimension<conversion_dimension<P>, Conversions, Touchpoints> {
  public:
    static constexpr bool of_conversions = true;
    static constexpr bool of_touchpoints = false;
    using value = group_value<std::invoke_result_t<P const&, typename Conversions::reference>>;
    using key = value;
    using numbers = numbering<value, typename group_probe<value>::type>;
    static constexpr bool has_table = numbers::has_table;

    constexpr explicit bound_dimension(conversion_dimension<P> d, group_names const& names = {})
        : projection_(std::move(d.projection)), name_{names.of_conversion} {}

    template <class MakeRoom = keeps_nothing>
    constexpr std::size_t number(Conversions const& c, Touchpoints const&, std::size_t conversion,
                                 std::size_t, MakeRoom make_room = {}) {
        decltype(auto) seen =
            read_group(projection_, name_, conversion, [&](P const& p) -> decltype(auto) {
                return detail::project(p, c[conversion]);
            });
        return values_(probe_of(as_group(seen, name_, conversion)), make_room);
    }
    template <class MakeRoom = keeps_nothing>
    constexpr std::size_t number(key const& known, MakeRoom make_room = {}) {
        return values_(known, make_room);
    }
    constexpr void prefetch(Touchpoints const&, std::size_t) const {}
    constexpr key at(std::size_t id) const { return values_[id]; }

  private:
    [[no_unique_address]] P projection_;
    char const* name_ = "";
    numbers values_;
};

}  // namespace attribution::detail
