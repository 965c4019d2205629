// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <cstddef>
#include <optional>

namespace attribution::inline v0_1::detail {

/// The order in which conversions are visited.
enum class visiting {
    by_row,
    by_customer,  // as they lie in memory
};

/// The time of the conversion in `row`, on the clock that it shares with the touchpoints.
template <class Conversions, class Touchpoints>
constexpr auto conversion_time(Conversions const& conversions, Touchpoints const&,
                               std::size_t row) {
    return meet<typename Touchpoints::time_type>(conversions.time(row),
                                                 "join: the time of conversion row ", row);
}
template <class Touchpoints, class Conversions>
constexpr auto touch_time(Touchpoints const& touchpoints, Conversions const&, std::size_t row) {
    return meet<typename Conversions::time_type>(touchpoints.time(row),
                                                 "join: the time of touchpoint row ", row);
}

/// When a customer converted before, while walking along the conversions. In constant expressions,
/// Clang does not copy an optional that was emptied; this one is made anew.
template <class Time>
struct previous_time {
    Time at = first_instant<Time>();
    bool known = false;

    constexpr void set(std::optional<Time> const& time) {
        known = time.has_value();
        if (known)
            at = *time;
    }
    [[nodiscard]] constexpr std::optional<Time> get() const {
        return known ? std::optional{at} : std::nullopt;
    }
};

}  // namespace attribution::detail
