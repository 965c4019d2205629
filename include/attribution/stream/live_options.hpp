// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>

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
/// comes for this customer from before then on is late, and so are touchpoints of that very instant.
struct at_once_fn {};
inline constexpr at_once_fn at_once{};

namespace detail {

struct for_ever {};
struct no_deduplication {};

}  // namespace detail

/// That the id alone names a conversion; made by `deduplicate_conversions`.
template <class Length>
struct conversion_deduplication {
    Length length;
};

/// Takes a conversion whose id was accepted before for a duplicate whatever its time, value and
/// customer: an order that is sent again counts once, as with a transaction id.
///
/// Units:      a chrono duration for time points, a number for times that are numbers.
/// Edges:      an id is the same order again up to `length` before and after the order's time, and
///             after that a new one; without a length, for ever. The first to come counts, also
///             with a later time. A missing id never comes again. Touchpoints: an id names one
///             together with its key and time, as ever.
/// Memory:     each id and time until the watermark, less the allowed lateness and `length`, has
///             passed it; some go with every conversion, so that there may be as many again. For
///             ever means what it says: memory grows with the number of orders.
/// Errors:     std::invalid_argument if the length is negative.
/// Complexity: O(log n) per conversion, for n ids remembered.
template <class Length>
[[nodiscard]] constexpr auto deduplicate_conversions(Length length) {
    if (!(length >= Length{}))
        throw std::invalid_argument{"deduplicate_conversions: the length must not be negative"};
    return conversion_deduplication<Length>{length};
}
[[nodiscard]] constexpr auto deduplicate_conversions() {
    return conversion_deduplication<detail::for_ever>{};
}

/// Forgets no touchpoint, for policies that reach back without end: memory grows with the stream.
struct keep_everything_fn {};
inline constexpr keep_everything_fn keep_everything{};

namespace detail {

struct no_lateness {};

template <class T>
inline constexpr bool is_lateness = false;
template <class Length>
inline constexpr bool is_lateness<lateness<Length>> = true;

template <class T>
inline constexpr bool is_deduplication = false;
template <class Length>
inline constexpr bool is_deduplication<conversion_deduplication<Length>> = true;

template <class Option>
inline constexpr bool is_live_option =
    is_lateness<Option> || is_deduplication<Option> || std::is_same_v<Option, at_once_fn> ||
    std::is_same_v<Option, keep_everything_fn>;

/// The lengths of the options of a kind.
template <template <class> class Kind, class Option>
constexpr auto length_if_of(Option const&) {
    return std::tuple{};
}
template <template <class> class Kind, class Length>
constexpr auto length_if_of(Kind<Length> const& option) {
    return std::tuple{option.length};
}

/// The length of the only option of that kind, or `None`.
template <template <class> class Kind, class None, class... Options>
constexpr auto length_among(Options const&... options) {
    auto const lengths = std::tuple_cat(length_if_of<Kind>(options)...);
    static_assert(std::tuple_size_v<decltype(lengths)> <= 1,
                  "attribution: live() takes one allowed_lateness(...) and one "
                  "deduplicate_conversions(...)");
    if constexpr (std::tuple_size_v<decltype(lengths)> == 0)
        return None{};
    else
        return std::get<0>(lengths);
}

template <class... Options>
constexpr auto lateness_among(Options const&... options) {
    return length_among<lateness, no_lateness>(options...);
}
template <class... Options>
constexpr auto deduplication_among(Options const&... options) {
    return length_among<conversion_deduplication, no_deduplication>(options...);
}

}  // namespace detail

}  // namespace attribution
