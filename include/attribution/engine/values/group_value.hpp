// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <array>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

/// Values by which records are joined and grouped. The floating-point numbers 0.0 and -0.0 are
/// equal, but are printed and written differently; a NaN equals nothing, not even itself.
namespace attribution::inline v0_1::detail {

/// A class that has == but no operator <=> of its own, which would promise that values are equal if
/// neither is less: a std::chrono::duration<double>, a vector of doubles, a struct of the user's.
template <class T>
inline constexpr bool may_hold_nan =
    std::is_class_v<T> && !is_product<T> && !may_be_empty<T> && std::equality_comparable<T> &&
    !std::three_way_comparable<T, std::weak_ordering>;

/// May there be a value that does not equal itself?
template <class T>
inline constexpr bool holds_floating = std::floating_point<T> || may_hold_nan<T>;
template <class T>
    requires may_be_empty<T>
inline constexpr bool holds_floating<T> = holds_floating<value_type_in<T>>;
template <class... T>
inline constexpr bool holds_floating<std::tuple<T...>> = (holds_floating<T> || ...);
template <class A, class B>
inline constexpr bool holds_floating<std::pair<A, B>> = holds_floating<A> || holds_floating<B>;
template <class T, std::size_t N>
inline constexpr bool holds_floating<std::array<T, N>> = holds_floating<T>;

/// False only if the value is or holds a NaN.
template <class T>
constexpr bool equals_itself(T const& value) {
    if constexpr (holds_floating<T>)
        return std::equal_to<>{}(value, value);
    else
        return true;
}

/// Can an id of this type be missing?
template <class T>
inline constexpr bool may_be_missing =
    may_be_empty<T> || may_be_null<T> || std::floating_point<T> || may_hold_nan<T>;
template <class... T>
inline constexpr bool may_be_missing<std::tuple<T...>> = (may_be_missing<std::remove_cvref_t<T>> ||
                                                          ...);
template <class A, class B>
inline constexpr bool may_be_missing<std::pair<A, B>> =
    may_be_missing<std::remove_cvref_t<A>> || may_be_missing<std::remove_cvref_t<B>>;
template <class T, std::size_t N>
inline constexpr bool may_be_missing<std::array<T, N>> = may_be_missing<T>;

/// Does an id equal nothing, not even another missing id? True of an empty std::optional, a null
/// pointer, a NaN or a class that holds one, and a pair, tuple or array with a missing part.
template <class Id>
constexpr bool is_missing(Id const& id) {
    if constexpr (!may_be_missing<Id>)
        return false;
    else if constexpr (is_product<Id>)
        return std::apply([](auto const&... part) { return (is_missing(part) || ...); }, id);
    else if constexpr (may_be_empty<Id>)
        return !id.has_value() || is_missing(*id);
    else
        return !has_value(id) || !equals_itself(id);
}

/// The value in the form that all values equal to it share.
template <class T>
constexpr T group_form(T value) {
    if constexpr (std::floating_point<T>) {
        return value == 0 ? T{} : value;
    } else if constexpr (is_product<T>) {
        std::apply([](auto&... element) { ((element = group_form(element)), ...); }, value);
        return value;
    } else if constexpr (may_be_empty<T>) {
        if (value.has_value())
            value = group_form(*value);
        return value;
    } else {
        return value;
    }
}

/// Does a value have the form that `group_form` gives it?
template <class T>
bool is_group_form(T const& value) {
    if constexpr (std::floating_point<T>)
        return value < 0 || value > 0 || (value == 0 && !std::signbit(value));
    else if constexpr (is_product<T>)
        return std::apply([](auto const&... element) { return (is_group_form(element) && ...); },
                          value);
    else if constexpr (may_be_empty<T>)
        return !value.has_value() || is_group_form(*value);
    else
        return equals_itself(value);
}

/// The value that names a record's group; `what` and the row name it in errors.
///
/// Errors:     std::domain_error if it is a NaN or holds one, or is a null pointer to text.
template <class T>
constexpr decltype(auto) as_group(T const& value, char const* what, std::size_t row) {
    static_assert(!std::is_array_v<T>,
                  "attribution: a group or channel cannot be a C array, whose text may end before "
                  "the array does; make it a std::string_view in the projection");
    static_assert(std::is_copy_constructible_v<T>,
                  "attribution: a group or channel is kept, so it must be copyable; instead of a "
                  "std::unique_ptr return what it points to in the projection");
    if constexpr (!is_text_pointer<T> && !is_optional_text_pointer<T>)
        refuse_text_address<T>();
    if constexpr (is_text_pointer<T>) {
        if (value == nullptr)
            throw std::domain_error{what + std::to_string(row) +
                                    " is a null pointer and belongs to no group; name one for such "
                                    "records in the projection"};
        return (value);
    } else if constexpr (!holds_floating<T>) {
        return (value);
    } else {
        if (!equals_itself(value))
            throw std::domain_error{what + std::to_string(row) +
                                    " is not a number and belongs to no group; name one for such "
                                    "records in the projection"};
        if constexpr (may_hold_nan<T>)
            return (value);
        else
            return group_form(value);
    }
}

}  // namespace attribution::detail
