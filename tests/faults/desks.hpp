// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "faults/show.hpp"

#include <attribution/stream/live_counts.hpp>

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace faults {

inline std::int64_t number_of(std::int64_t id) {
    return id;
}
template <class Id>
std::int64_t number_of(Id const& id) {
    return id.value;
}

/// (conversion id, touchpoint id or -1, amount)
using credits = std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>>;

auto keep_in(credits& given, auto const& desk) {
    return [&](auto const& earned) {
        given.emplace_back(number_of(desk.conversion(earned).id),
                           earned.attributed() ? number_of(desk.touchpoint(earned).id) : -1,
                           earned.amount);
    };
}

/// A desk and what it has given so far, for which there is always room.
template <class Desk>
struct office {
    Desk desk;
    credits given;

    explicit office(Desk made) : desk(std::move(made)) { given.reserve(100); }
    auto sink() { return keep_in(given, desk); }
};

inline std::string show_counts(attribution::live_counts const& seen) {
    return show(std::tuple{seen.touchpoints, seen.conversions, seen.duplicates,
                           seen.late_touchpoints, seen.late_conversions, seen.without_key,
                           seen.held_customers, seen.held_touchpoints, seen.waiting_conversions,
                           seen.remembered_ids});
}

}  // namespace faults
