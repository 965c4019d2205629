// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <cstddef>

/// The clock on which the times of a stream's touchpoints and conversions are compared.
namespace attribution::inline v0_1::detail {

template <class Touchpoints, class Conversions>
struct stream_times {
    using time_type = common_time_of_records<Conversions, Touchpoints>;

    /// Errors:     as `meet`.
    static constexpr time_type of_touchpoint(typename Touchpoints::time_type at) {
        return meet<typename Conversions::time_type>(at, "live: the time of a touchpoint", no_row);
    }
    static constexpr time_type of_conversion(typename Conversions::time_type at) {
        return meet<typename Touchpoints::time_type>(at, "live: the time of a conversion", no_row);
    }

    /// The first instant not before (watermark - lateness), or the last instant of the clock.
    template <class Watermark, class Earlier>
    static constexpr time_type horizon(Watermark const& watermark, Earlier by_lateness) {
        using finer = common_time<Watermark, time_type>;
        return first_from<time_type>(by_lateness(first_from<finer>(watermark)));
    }

  private:
    static constexpr auto no_row = static_cast<std::size_t>(-1);

    template <class Time, class Bound>
    static constexpr Time first_from(Bound const& bound) {
        return nearest_instant<Time, nearest::not_before>(bound).value_or(last_instant<Time>());
    }
};

}  // namespace attribution::detail
