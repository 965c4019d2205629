// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

/// Where the times of a stream's touchpoints and conversions meet.
namespace attribution::detail {

template <class Touchpoints, class Conversions>
struct stream_times {
    using time_type =
        std::common_type_t<typename Touchpoints::time_type, typename Conversions::time_type>;

    static constexpr time_type of_touchpoint(typename Touchpoints::time_type at) {
        return time_type(at);
    }
    static constexpr time_type of_conversion(typename Conversions::time_type at) {
        return time_type(at);
    }
};

}  // namespace attribution::detail
