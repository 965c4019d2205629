// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

namespace attribution::inline v0_1 {

/// What an experiment, such as a geo test or a hold-out, measured of one channel.
///
/// `incremental` is the value that would not have come without the channel, in the unit of the report
/// that is to be calibrated, for the same customers and period: if the test ran in a fifth of the
/// regions, scale both numbers up.
template <class Channel>
struct lift {
    Channel channel;
    double incremental;
    double standard_error;

    constexpr lift(Channel which, double measured, double error)
        : channel(std::move(which)), incremental{measured}, standard_error{error} {}
};

}  // namespace attribution
