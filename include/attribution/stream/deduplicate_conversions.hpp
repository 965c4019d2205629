// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace attribution::inline v0_1 {

namespace detail {

struct for_ever {};
struct no_deduplication {};

}  // namespace detail

/// Says that the id alone names a conversion; made by `deduplicate_conversions`.
template <class Length>
struct conversion_deduplication {
    Length length;
};

/// Treats a conversion as a duplicate if its id was accepted before, whatever its time, value and
/// customer: an order that is sent again counts once, as with a transaction id.
///
/// Units:      a chrono duration for time points, a number for times that are numbers.
/// Edges:      an id names the same order up to `length` before and after the order's time, and a
///             new order later; without a length, it names the same order for ever. The first to
///             come counts, even if its time is later. A missing id is never a duplicate. For
///             touchpoints nothing changes: an id names a touchpoint together with its key and
///             time.
/// Memory:     each id and its time until the watermark, less the allowed lateness and `length`,
///             has passed it. Some of these go with every conversion, so that there may be twice as
///             many. For ever means what it says: memory grows with the number of orders.
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

}  // namespace attribution
