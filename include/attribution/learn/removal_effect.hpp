// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace attribution::inline v0_1 {

/// What removing a channel would cost, and what the channel is therefore credited with.
template <class Channel>
struct removal_effect {
    Channel channel;
    double conversions;  // 1 - P(conversion without the channel) / P(conversion), in [0, 1]
    double value;        // the same for the value that flows
    double credited_conversions;  // all conversions, in proportion to the effects
    double credited_value;
};

}  // namespace attribution
