// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/detail/time_line.hpp>

#include <cstddef>
#include <stdexcept>
#include <tuple>
#include <type_traits>

namespace attribution {

/// How late records may come and still be placed in order; made by `allowed_lateness`.
template <class Length>
struct lateness {
    Length length;
};

/// Records may come up to `length` behind the watermark and are placed where they belong;
/// conversions wait as long before they are credited.
///
/// Units:      a chrono duration for time points, a number for times that are numbers.
/// Errors:     std::invalid_argument if the length is negative.
template <class Length>
[[nodiscard]] constexpr auto allowed_lateness(Length length) {
    if (!(length >= Length{}))
        throw std::invalid_argument{"allowed_lateness: the length must not be negative"};
    return lateness<Length>{length};
}

/// Credits a conversion when it comes, by what is known then, and closes its customer's past: what
/// comes for this customer from before then on, or from that very instant, is late.
struct at_once_fn {};
inline constexpr at_once_fn at_once{};

/// Forgets no touchpoint, for policies that reach back without end: memory grows with the stream.
struct keep_everything_fn {};
inline constexpr keep_everything_fn keep_everything{};

namespace detail {

struct no_lateness {};

template <class T>
inline constexpr bool is_lateness = false;
template <class Length>
inline constexpr bool is_lateness<lateness<Length>> = true;

template <class Option>
inline constexpr bool is_live_option = is_lateness<Option> || std::is_same_v<Option, at_once_fn> ||
                                       std::is_same_v<Option, keep_everything_fn>;

/// The length among the options, or none.
template <class... Options>
constexpr auto lateness_among(Options const&... options) {
    static_assert((std::size_t{0} + ... + std::size_t{is_lateness<Options>}) <= 1,
                  "attribution: live() takes one allowed_lateness(...)");
    auto const lengths = std::tuple_cat([&](auto const& option) {
        if constexpr (is_lateness<std::remove_cvref_t<decltype(option)>>)
            return std::tuple{option.length};
        else
            return std::tuple{};
    }(options)...);
    if constexpr (std::tuple_size_v<decltype(lengths)> == 0)
        return no_lateness{};
    else
        return std::get<0>(lengths);
}

}  // namespace detail

}  // namespace attribution
