// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

/// Text by the address of its characters: what is compared and kept are the characters. The address
/// may be null, and then there is no text.
namespace attribution::detail {

template <class T>
inline constexpr bool is_text_pointer = std::is_pointer_v<T>&& reads_as_text<T>;

/// The same in an optional, in which it may be null, too.
template <class T>
inline constexpr bool is_optional_text_pointer = false;
template <class T>
    requires(may_be_empty<T> && !std::is_pointer_v<T>)
inline constexpr bool is_optional_text_pointer<T> =
    is_text_pointer<std::remove_cvref_t<decltype(*std::declval<T const&>())>>;

constexpr std::optional<std::string_view> text_at(char const* characters) {
    return characters != nullptr ? std::optional<std::string_view>{characters} : std::nullopt;
}

/// What a value is compared as: text by its characters, no text as an empty optional; all else as
/// it is.
template <class T>
constexpr decltype(auto) as_compared(T const& value) {
    if constexpr (is_text_pointer<std::decay_t<T>>)
        return text_at(value);
    else if constexpr (is_optional_text_pointer<T>)
        return value.has_value() ? text_at(*value) : std::nullopt;
    else
        return (value);
}

/// What a group is looked up by, of which it is known that it is no null pointer: as `as_compared`,
/// but text by address stays an address.
template <class T>
constexpr decltype(auto) probe_of(T const& value) {
    if constexpr (is_optional_text_pointer<T>)
        return as_compared(value);
    else
        return (value);
}

}  // namespace attribution::detail
