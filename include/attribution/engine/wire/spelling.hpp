// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/length_text.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/wire/stable_hash.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// In quotes and on one line; no two texts become the same.
inline std::string quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string all = "'";
    for (char const one : text) {
        auto const byte = static_cast<unsigned char>(one);
        if (byte < 0x20 || one == '\\' || one == '\'')
            all.append("\\x").append({digits[byte / 16], digits[byte % 16]});
        else
            all += one;
    }
    return all + '\'';
}

template <class T>
std::string spelled(T const& value);

/// As many as there are indices, from `First` on.
template <std::size_t First, class Tuple, std::size_t... I>
std::string spelled_parts(Tuple const& parts, std::index_sequence<I...>) {
    std::string all;
    (all.append(I == 0 ? "" : ", ").append(detail::spelled(std::get<First + I>(parts))), ...);
    return '(' + all + ')';
}
template <std::size_t First, class Tuple>
std::string spelled_parts(Tuple const& parts) {
    return detail::spelled_parts<First>(
        parts, std::make_index_sequence<std::tuple_size_v<Tuple> - First>{});
}

/// What cannot be read, such as a lambda or a pointer to a member.
inline constexpr std::string_view unreadable = "?";

/// By its name and what it was made of, see `made_with`.
template <class T>
std::string spelled_by_name(T const& value) {
    if constexpr (requires { value.card().text(); }) {
        auto const card = value.card();
        return "learned(" + detail::quoted(card.estimator) + ", " +
               std::to_string(stable_hash(card.text())) + ')';
    } else if constexpr (requires { value.made_of(); }) {
        auto const parts = value.made_of();
        std::string const name{std::get<0>(parts)};
        constexpr bool of_nothing = std::tuple_size_v<std::remove_const_t<decltype(parts)>> == 1;
        return of_nothing ? name : name + detail::spelled_parts<1>(parts);
    } else if constexpr (requires { std::string{value.name()}; }) {
        std::string const name{value.name()};
        return std::is_empty_v<T> ? name : name + '(' + std::string{unreadable} + ')';
    } else {
        return std::string{unreadable};
    }
}

/// As `length_text`, but whole days as such.
template <class Length>
std::string spelled_length(Length length) {
    using L = measure<Length>;
    constexpr std::int64_t day = 86'400;
    if constexpr (is_duration<Length> && std::integral<typename L::rep>) {
        auto const parts = int128{L::count(length)} * L::period::num;
        auto const parts_of_a_day = int128{L::period::den} * day;
        if (parts % parts_of_a_day == 0)
            return std::to_string(saturate<std::int64_t>(parts / parts_of_a_day)) + " days";
    }
    return detail::length_text(length);
}

/// A value as text that is equal for equal values and the same on every machine.
template <class T>
std::string spelled(T const& value) {
    if constexpr (reads_as_text<T>)
        return detail::quoted(value);
    else if constexpr (std::is_same_v<T, char>)
        return detail::quoted({&value, 1});
    else if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
    else if constexpr (std::is_enum_v<T>)
        return std::to_string(static_cast<std::underlying_type_t<T>>(value));
    else if constexpr (std::is_arithmetic_v<T> || is_duration<T>)
        return detail::spelled_length(value);
    else if constexpr (is_time_point<T>)
        return detail::spelled_length(value.time_since_epoch());
    else if constexpr (may_be_empty<T>)
        return value.has_value() ? detail::spelled(*value) : std::string{"none"};
    else if constexpr (requires { std::size(value), *std::begin(value); }) {
        std::string all = "[";
        for (auto const& one : value)
            all.append(all.size() == 1 ? "" : ", ").append(detail::spelled(one));
        return all + ']';
    } else if constexpr (requires { std::tuple_size<T>::value; }) {
        return detail::spelled_parts<0>(value);
    } else {
        return detail::spelled_by_name(value);
    }
}

}  // namespace attribution::detail
