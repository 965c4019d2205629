// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>

#include <stdexcept>

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
///             together with its key and time, as always.
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

}  // namespace attribution
