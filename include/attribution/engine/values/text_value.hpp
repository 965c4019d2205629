// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// Text given by the address of its characters. The characters are compared and kept. A null
/// address means that there is no text.
namespace attribution::inline v0_1::detail {

template <class T>
inline constexpr bool is_text_pointer = std::is_pointer_v<T>&& reads_as_text<T>;

/// As a pointer, in an optional. The address in it may be null, too.
template <class T>
inline constexpr bool is_optional_text_pointer = false;
template <class T>
    requires(may_be_empty<T> && !std::is_pointer_v<T>)
inline constexpr bool is_optional_text_pointer<T> =
    is_text_pointer<std::remove_cvref_t<decltype(*std::declval<T const&>())>>;

/// Characters of texts that are not read as text.
template <class T>
inline constexpr bool is_other_character = false;
template <>
inline constexpr bool is_other_character<signed char> = true;
template <>
inline constexpr bool is_other_character<unsigned char> = true;
template <>
inline constexpr bool is_other_character<char8_t> = true;
template <>
inline constexpr bool is_other_character<char16_t> = true;
template <>
inline constexpr bool is_other_character<char32_t> = true;
template <>
inline constexpr bool is_other_character<wchar_t> = true;

/// Is it text by its address, or does a pair, tuple, array or optional hold such text? Two equal
/// texts may lie at different addresses.
template <class T>
inline constexpr bool holds_text_address = false;
template <class T>
inline constexpr bool holds_text_address<T*> =
    reads_as_text<T*> || is_other_character<std::remove_cv_t<T>>;
template <class T>
    requires may_be_empty<T>
inline constexpr bool holds_text_address<T> =
    holds_text_address<std::remove_cvref_t<decltype(*std::declval<T const&>())>>;
template <class... T>
inline constexpr bool
    holds_text_address<std::tuple<T...>> = (holds_text_address<std::remove_cvref_t<T>> || ...);
template <class A, class B>
inline constexpr bool holds_text_address<std::pair<A, B>> =
    holds_text_address<std::remove_cvref_t<A>> || holds_text_address<std::remove_cvref_t<B>>;
template <class T, std::size_t N>
inline constexpr bool holds_text_address<std::array<T, N>> = holds_text_address<T>;

template <class T>
constexpr void refuse_text_address() {
    static_assert(!holds_text_address<T>,
                  "attribution: a char const* in a pair, a tuple, an array or an optional, or the "
                  "address of characters of another type, would be compared by its address, not by "
                  "its text; make it a std::string_view (or std::u8string_view) in the projection");
}

constexpr std::optional<std::string_view> text_at(char const* characters) {
    return characters != nullptr ? std::optional<std::string_view>{characters} : std::nullopt;
}

/// The form in which a value is compared: text by its characters, a null pointer to text as an
/// empty optional, all other values as they are.
template <class T>
constexpr decltype(auto) as_compared(T const& value) {
    if constexpr (is_text_array<T>)
        return std::optional{characters_of(value)};
    else if constexpr (is_text_pointer<T>)
        return text_at(value);
    else if constexpr (is_optional_text_pointer<T>)
        return value.has_value() ? text_at(*value) : std::nullopt;
    else
        return (value);
}

/// A value of a configuration, as `comparable` keeps it; `what` names it in errors.
///
/// Errors:     std::invalid_argument if it is a null pointer to text.
template <class T>
constexpr T&& without_null(T&& value, char const* what) {
    if constexpr (is_text_pointer<std::remove_cvref_t<T>>)
        if (value == nullptr)
            throw std::invalid_argument{std::string{what} + " is a null pointer, not a text"};
    return std::forward<T>(value);
}

/// The form in which a group is looked up. The value is known not to be a null pointer. As
/// `as_compared`, but text given by its address stays an address.
template <class T>
constexpr decltype(auto) probe_of(T const& value) {
    if constexpr (is_optional_text_pointer<T>)
        return as_compared(value);
    else
        return (value);
}

}  // namespace attribution::detail
