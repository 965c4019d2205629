// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace attribution::inline v0_1 {

/// How late records may come and still be put in order; made by `allowed_lateness`.
template <class Length>
struct lateness {
    Length length;
};

/// Records may come up to `length` behind the watermark and are put where they belong. Conversions
/// wait as long before they are credited.
///
/// Units:      a chrono duration for time points, a number for times that are numbers.
/// Errors:     std::invalid_argument if the length is negative.
template <class Length>
[[nodiscard]] constexpr auto allowed_lateness(Length length) {
    if (!(length >= Length{}))
        throw std::invalid_argument{"allowed_lateness: the length must not be negative"};
    return lateness<Length>{length};
}

}  // namespace attribution
