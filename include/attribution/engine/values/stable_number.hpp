// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/sample_source.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace attribution::inline v0_1::detail {

template <class T>
concept has_stable_number = reads_as_text<T> || std::integral<T> || std::is_enum_v<T> ||
    is_product<T> ||(counted_time<T>&& std::integral<typename measure<T>::rep>);

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

}  // namespace attribution::detail
