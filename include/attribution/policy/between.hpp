// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/policy.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// The open end of an interval: `between(&account::first_payment, no_limit)`.
struct no_limit_fn {
    struct open {};

    [[nodiscard]] static constexpr std::string_view name() { return "no limit"; }

    template <class Conversion>
    constexpr open operator()(Conversion&&) const {
        return {};
    }
};
inline constexpr no_limit_fn no_limit{};

namespace detail {

/// Somebody's 3 hours, or the instant itself.
template <class T>
inline constexpr bool is_length = is_duration<T> || is_time_point<T> || std::is_arithmetic_v<T>;

}  // namespace detail

template <class From, class Until>
struct between_policy : policy_tag {
    [[nodiscard]] static constexpr std::string_view name() { return "between"; }
    static constexpr bool decides_time = true;
    static constexpr bool window_ends = !std::is_same_v<Until, no_limit_fn>;
    [[no_unique_address]] From from;
    [[no_unique_address]] Until until;

    constexpr between_policy(From f, Until u) : from(std::move(f)), until(std::move(u)) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), from, until}; }

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        using detail::nearest;
        auto const first = bound<time, nearest::not_before>(
            std::invoke(from, about.conversion()), detail::first_instant<time>(),
            "between: the start of the interval of conversion row ", about.row());
        auto const last = bound<time, nearest::not_after>(
            std::invoke(until, about.conversion()), detail::last_instant<time>(),
            "between: the end of the interval of conversion row ", about.row());
        if (first && last)
            return interval<time>{*first, *last};
        return interval<time>::nothing();
    }

  private:
    template <class Time, detail::nearest Side, class Bound>
    static constexpr std::optional<Time> bound(Bound const& named, Time open, char const* what,
                                               std::size_t row) {
        if constexpr (std::is_same_v<Bound, no_limit_fn::open>)
            return open;
        else if constexpr (detail::may_be_empty<Bound>)
            return named ? bound<Time, Side>(*named, open, what, row) : open;
        else
            return detail::nearest_instant<Time, Side>(detail::on_time_line(named, what, row));
    }
};

/// Admits touchpoints in an interval that the conversion's own record names, closed at both ends.
///
/// `from` and `until` are projections of the conversion to an instant, or to an optional instant:
/// empty means open-ended, as does `no_limit`.
///
/// Units:      instants of any clock with the same epoch, coarser or finer than the records' clock.
///             They are compared exactly, even where they lie outside the range of the records'
///             clock.
/// Edges:      *replaces* the default that nothing after the conversion counts, for the whole
///             expression it occurs in: usage after the first payment can earn that payment. An
///             interval that ends before it begins admits nothing.
/// Errors:     std::domain_error, naming the conversion, if a floating-point instant is a NaN.
/// Example:    `between(&account::first_payment, &account::first_refund)`
template <class From, class Until>
[[nodiscard]] constexpr auto between(From from, Until until) {
    static_assert(
        !detail::is_length<From> && !detail::is_length<Until>,
        "attribution: between() takes projections of the conversion to instants, as in "
        "between(&account::first_payment, no_limit); for ages write minimum_age(length) && "
        "maximum_age(length)");
    return between_policy<From, Until>{std::move(from), std::move(until)};
}

}  // namespace attribution
