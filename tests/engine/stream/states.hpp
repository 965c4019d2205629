// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "stream/support.hpp"

#include <attribution/engine/stream/desk_options.hpp>
#include <attribution/engine/stream/desk_state.hpp>
#include <attribution/engine/stream/live_records.hpp>

#include <optional>
#include <utility>

/// What a desk knows, told by hand.
namespace support::states {

using stream_of_touches = decltype(touch_stream());
using stream_of_sales = decltype(sale_stream());
using state = att::detail::desk_state<stream_of_touches, stream_of_sales, att::detail::for_ever>;
using present = att::detail::present<stream_of_touches, stream_of_sales>;

inline state::customer_type& customer(state& of, int user) {
    state::keys::probe const key{user};
    auto* const known = of.book.find(key);
    return known ? known->second : of.book.add(key).second;
}
inline void see(state& of, live_touch const& one) {
    customer(of, one.user).touchpoints.push_back(one);
    ++of.counts.held_touchpoints;
}
inline state::held_conversion waiting(live_sale const& one) {
    return {{one.at, one.id}, one};
}
inline state::held_conversion credited(live_sale const& one) {
    return {{one.at, one.id}, std::nullopt};
}

}  // namespace support::states
