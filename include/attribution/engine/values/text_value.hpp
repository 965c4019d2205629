// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

/// Text given by the address of its characters. The characters are compared and kept. A null
/// address means that there is no text.
namespace attribution::inline v0_1::detail {

template <class T>
inline constexpr bool is_text_pointer = std::is_pointer_v<T>&& reads_as_text<T>;

/// As above, in an optional. The address in it may be null, too.
template <class T>
inline constexpr bool is_optional_text_pointer = false;
template <class T>
    requires(may_be_empty<T> && !std::is_pointer_v<T>)
inline constexpr bool is_optional_text_pointer<T> =
    is_text_pointer<std::remove_cvref_t<decltype(*std::declval<T const&>())>>;

constexpr std::optional<std::string_view> text_at(char const* characters) {
    return characters != nullptr ? std::optional<std::string_view>{characters} : std::nullopt;
}

/// The form in which a value is compared: text by its characters, a null pointer to text as an
/// empty optional, all other values as they are.
template <class T>
constexpr decltype(auto) as_compared(T const& value) {
    if constexpr (is_text_pointer<std::decay_t<T>>)
        return text_at(value);
    else if constexpr (is_optional_text_pointer<T>)
        return value.has_value() ? text_at(*value) : std::nullopt;
    else
        return (value);
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
