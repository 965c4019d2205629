// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/sample_source.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Does a time count whole units?
template <class T>
inline constexpr bool counts_whole_units = false;
template <counted_time T>
inline constexpr bool counts_whole_units<T> = std::integral<typename measure<T>::rep>;

/// Is there a number that is the same on every machine?
template <class T>
inline constexpr bool has_stable_number =
    reads_as_text<T> || std::integral<T> || std::is_enum_v<T> || counts_whole_units<T>;
template <class... T>
inline constexpr bool
    has_stable_number<std::tuple<T...>> = (has_stable_number<std::remove_cvref_t<T>> && ...);
template <class A, class B>
inline constexpr bool has_stable_number<std::pair<A, B>> =
    has_stable_number<std::remove_cvref_t<A>>&& has_stable_number<std::remove_cvref_t<B>>;
template <class T, std::size_t N>
inline constexpr bool has_stable_number<std::array<T, N>> = has_stable_number<T>;

/// A whole number without its pattern.
constexpr std::uint64_t scattered(std::uint64_t number) {
    return mixed_bits(number + 0x9e37'79b9'7f4a'7c15U);
}

/// A number that looks drawn by lot and is the same in every program and on every machine: of text by
/// its bytes, of numbers and times by their value, of pairs, tuples and arrays by their parts.
template <class T>
constexpr std::uint64_t stable_number(T const& value) {
    static_assert(has_stable_number<T>,
                  "attribution: a lot is drawn by text, a whole number, a time that counts whole "
                  "units, or a pair, tuple or array of these");
    if constexpr (reads_as_text<T>) {
        std::uint64_t number = 0;
        for (char const byte : std::string_view(value))
            number = detail::scattered(number + static_cast<unsigned char>(byte) + 1);
        return number;
    } else if constexpr (std::is_enum_v<T>) {
        return detail::stable_number(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::integral<T>) {
        return detail::scattered(static_cast<std::uint64_t>(value));
    } else if constexpr (is_product<T>) {
        return std::apply(
            [](auto const&... part) {
                std::uint64_t number = 0;
                ((number = detail::scattered(number + detail::stable_number(part))), ...);
                return number;
            },
            value);
    } else {
        return detail::stable_number(measure<T>::count(value));
    }
}

/// Can `lot_of` tell values of this type apart?
template <class T>
inline constexpr bool has_lot = has_stable_number<value_type_in<T>> || hashes<T>;

/// A number by which keys and ids are spread over desks: the same on every machine for what has a stable
/// number, in an optional, too; otherwise by std::hash, and not by the bits that hash tables look at.
template <class T>
std::uint64_t lot_of(T const& value) {
    if constexpr (has_stable_number<value_type_in<T>>)
        return detail::is_missing(value) ? 0 : detail::stable_number(detail::value_in(value));
    else
        return detail::scatter(detail::hash_of(value)) >> 16;
}

}  // namespace attribution::detail
