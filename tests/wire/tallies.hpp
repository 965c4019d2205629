// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>
#include <attribution/wire/configuration.hpp>

#include <string>

namespace support::tallies {

inline auto const groups =
    att::by([](touch const& t) { return std::string(2, t.channel); }, &sale::region);
inline att::configuration const how{
    .model = "linear", .policy = "5 ticks", .grouping = "channel twice, region"};

template <class Value>
auto tally_of(world const& w, Value value) {
    auto const journeys =
        att::join(att::conversions(w.book, &sale::user, &sale::at, value), touches(w.log));
    auto tally = groups.bind(journeys.conversions(), journeys.touchpoints());
    att::attribute(journeys, att::linear, att::lookback(world::lookback), tally);
    return tally;
}

inline double tenth(sale const& s) {
    return static_cast<double>(s.value % 1'000'003) / 10;
}

inline world const sample = [] {
    random_numbers random{17};
    return world{random};
}();

}  // namespace support::tallies
