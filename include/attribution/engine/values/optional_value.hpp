// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

template <class T>
inline constexpr bool may_be_empty = requires(T const value) {
    value.has_value();
    *value;
};

/// A pointer, plain or smart, which may point to nothing.
template <class T>
inline constexpr bool may_be_null = std::is_pointer_v<T> || requires(T const value) {
    typename T::element_type;
    { value.get() } -> std::same_as<typename T::element_type*>;
};

/// Is there a value? Types like std::optional may be empty, and pointers null, also pointers to
/// text.
template <class T>
constexpr bool has_value(T const& value) {
    if constexpr (may_be_empty<T>)
        return value.has_value() && has_value(*value);
    else if constexpr (may_be_null<T>)
        return value != nullptr;
    else
        return true;
}

/// The value itself, taken out of its optional if it is in one.
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
template <>
inline constexpr bool reads_as_text<std::nullptr_t> = false;

template <class T>
inline constexpr bool is_text_array = std::is_array_v<T>&& reads_as_text<T>;

/// The characters of a text; those of an array, which need not end with a NUL, up to the first one.
template <class T>
constexpr std::string_view characters_of(T const& text) {
    if constexpr (is_text_array<T>) {
        std::string_view const all{text, std::extent_v<T>};
        return all.substr(0, all.find('\0'));
    } else {
        return std::string_view(text);
    }
}

/// The form in which a value is compared: text by its characters, not by its address.
template <class T>
constexpr decltype(auto) compared_form(T const& value) {
    if constexpr (reads_as_text<T>)
        return characters_of(value);
    else
        return (value);
}

/// Text literals are compared by their characters, not by their address.
template <class T>
using comparable = std::conditional_t<std::is_convertible_v<T, char const*> && reads_as_text<T>,
                                      std::string_view, T>;

/// Text is compared by its characters, and copied where it is kept.
template <class T>
using probe_for = std::conditional_t<reads_as_text<T>, std::string_view, T>;
template <class T>
using stored_for = std::conditional_t<reads_as_text<T>, std::string, T>;

}  // namespace attribution::detail
