// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/same_value.hpp>
#include <attribution/engine/values/text_value.hpp>
#include <attribution/policy/policy.hpp>

#include <concepts>
#include <functional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

template <class Predicate>
struct where_policy : policy_tag {
    [[nodiscard]] static constexpr std::string_view name() { return "where"; }
    [[no_unique_address]] Predicate predicate;

    constexpr explicit where_policy(Predicate p) : predicate(std::move(p)) {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{name(), predicate}; }

    template <class Step>
    constexpr bool operator()(Step const& s) const {
        using touchpoint = decltype(s.touchpoint());
        using conversion = decltype(s.conversion());
        if constexpr (std::predicate<Predicate const&, touchpoint>) {
            return std::invoke(predicate, s.touchpoint());
        } else {
            static_assert(std::predicate<Predicate const&, touchpoint, conversion>,
                          "attribution: where(f) needs a predicate of a touchpoint, or of a "
                          "touchpoint and a conversion");
            return std::invoke(predicate, s.touchpoint(), s.conversion());
        }
    }
};

namespace detail {

template <class Projection, class Wanted>
struct projected_test {
    [[no_unique_address]] Projection projection;
    Wanted wanted;

    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple{"projected", projection, wanted};
    }

    template <class Touchpoint>
        requires std::invocable<Projection const&, Touchpoint>
    constexpr bool operator()(Touchpoint&& touchpoint) const {
        decltype(auto) seen = std::invoke(projection, std::forward<Touchpoint>(touchpoint));
        if constexpr (std::predicate<Wanted const&, decltype(seen)>) {
            return std::invoke(wanted, seen);
        } else {
            static_assert(
                requires {
                    { seen == wanted } -> std::convertible_to<bool>;
                },
                "attribution: where(projection, x) needs a value to compare with, or a "
                "predicate of what is projected");
            return detail::same_value(seen, wanted);
        }
    }
};

}  // namespace detail

/// Admits touchpoints by what they are, not by when they happened.
///
/// Forms:      `where(predicate)` of a touchpoint, or of (touchpoint, conversion);
///             `where(projection, value)`; `where(projection, predicate)`.
/// Edges:      a text literal is compared by its characters; it is not copied, so pass a
///             std::string for text that is not a literal. A null pointer equals no text. Numbers
///             of different types are compared by their values.
/// Errors:     std::invalid_argument if `value` is a null pointer to text; `nullptr` itself admits
///             touchpoints without one.
/// Complexity: one call for each touchpoint that the other parts of the policy have not ruled out.
template <class Predicate>
[[nodiscard]] constexpr auto where(Predicate predicate) {
    static_assert(std::is_copy_constructible_v<Predicate>,
                  "attribution: a predicate must be copyable, because policies are; capture a "
                  "reference or a std::shared_ptr");
    return where_policy<Predicate>{std::move(predicate)};
}

template <class Projection, class Wanted>
[[nodiscard]] constexpr auto where(Projection projection, Wanted wanted) {
    using test = detail::projected_test<Projection, detail::comparable<Wanted>>;
    return where_policy<test>{
        test{std::move(projection),
             detail::without_null(std::move(wanted), "where: what is to be compared with")}};
}

}  // namespace attribution
