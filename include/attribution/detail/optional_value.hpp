// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace attribution::detail {

template <class T>
inline constexpr bool may_be_empty = requires(T const value) {
    value.has_value();
    *value;
};

/// Is there a value? Only optional-like types can be without.
template <class T>
constexpr bool has_value(T const& value) {
    if constexpr (may_be_empty<T>)
        return value.has_value();
    else
        return true;
}

/// The value itself, out of its optional if it is in one.
template <class T>
constexpr decltype(auto) value_in(T const& value) {
    if constexpr (may_be_empty<T>)
        return *value;
    else
        return (value);
}

template <class T>
using value_type_in = std::remove_cvref_t<decltype(value_in(std::declval<T const&>()))>;

template <class T>
inline constexpr bool reads_as_text = std::is_convertible_v<T const&, std::string_view>;

/// Text literals are taken by their characters, not by address.
template <class T>
using comparable = std::conditional_t<std::is_convertible_v<T, char const*>, std::string_view, T>;

/// Text is compared by its characters, and copied where it is kept.
template <class T>
using probe_for = std::conditional_t<reads_as_text<T>, std::string_view, T>;
template <class T>
using stored_for = std::conditional_t<reads_as_text<T>, std::string, T>;

}  // namespace attribution::detail
