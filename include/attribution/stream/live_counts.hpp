// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace attribution::inline v0_1 {

/// What became of a record.
enum class arrival {
    accepted,
    duplicate,   // seen before with this key, time and id, or by id alone with
                 // deduplicate_conversions: nothing changed
    late,        // before the horizon: nothing changed, it is yours to keep
    without_key  // a touchpoint with a missing key: nothing changed
};

/// What became of the records of two customers who are one, see `merge` of a desk.
struct merge_counts {
    std::uint64_t touchpoints = 0;          // moved
    std::uint64_t waiting_conversions = 0;  // moved, not yet credited
    std::uint64_t credited_conversions =
        0;                         // too late: of both, still remembered; their credits stay
    std::uint64_t duplicates = 0;  // the same record under both keys: one of them is gone

    friend bool operator==(merge_counts const&, merge_counts const&) = default;
};

/// What a desk has seen, and what it holds.
struct live_counts {
    std::uint64_t touchpoints = 0;  // accepted
    std::uint64_t conversions = 0;  // accepted
    std::uint64_t duplicates = 0;
    std::uint64_t late_touchpoints = 0;
    std::uint64_t late_conversions = 0;
    std::uint64_t without_key = 0;          // touchpoints with a missing key
    std::uint64_t held_customers = 0;       // in memory now
    std::uint64_t held_touchpoints = 0;     // in memory now
    std::uint64_t waiting_conversions = 0;  // accepted, not yet credited
    std::uint64_t remembered_ids = 0;       // of conversions, in memory now
    std::uint64_t not_counted = 0;          // conversions, accepted; see `counted`
    std::uint64_t merged_keys = 0;          // remembered, see `merge` of a desk

    live_counts& operator+=(live_counts const& other) {
        touchpoints += other.touchpoints;
        conversions += other.conversions;
        duplicates += other.duplicates;
        late_touchpoints += other.late_touchpoints;
        late_conversions += other.late_conversions;
        without_key += other.without_key;
        held_customers += other.held_customers;
        held_touchpoints += other.held_touchpoints;
        waiting_conversions += other.waiting_conversions;
        remembered_ids += other.remembered_ids;
        not_counted += other.not_counted;
        merged_keys += other.merged_keys;
        return *this;
    }
    friend bool operator==(live_counts const&, live_counts const&) = default;
};

}  // namespace attribution
