// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

namespace attribution::detail {

/// By what the records of a customer are in order: two of one stream that are equal in this are one
/// record that came twice.
template <class Time, class Id>
struct stamp {
    Time at;
    Id id;

    friend bool operator<(stamp const& a, stamp const& b) {
        return std::tie(a.at, a.id) < std::tie(b.at, b.id);
    }
};

/// What a desk holds of one customer.
template <class Touchpoints, class Conversions>
struct held_records {
    using touchpoint_type = typename Touchpoints::record_type;
    using conversion_type = typename Conversions::record_type;
    using time_type =
        std::common_type_t<typename Touchpoints::time_type, typename Conversions::time_type>;
    using stamp_type = stamp<time_type, typename Conversions::id_type>;

    /// Its record is there as long as it waits for its credits.
    struct conversion {
        stamp_type when;
        std::optional<conversion_type> record;
    };

    std::vector<touchpoint_type> touchpoints;  // in the order (time, id)
    std::vector<conversion> conversions;       // in the order of stamps

    [[nodiscard]] static bool before(Touchpoints const& stream, touchpoint_type const& a,
                                     touchpoint_type const& b) {
        auto const one = stream.time(a);
        auto const other = stream.time(b);
        return one < other || (!(other < one) && stream.id(a) < stream.id(b));
    }
    [[nodiscard]] static stamp_type stamp_of(Conversions const& stream,
                                             conversion_type const& record) {
        return {time_type(stream.time(record)), typename Conversions::id_type(stream.id(record))};
    }

    /// Of the first touchpoint that is not before the record. O(1) if the record is the latest.
    [[nodiscard]] std::size_t place_of(Touchpoints const& stream,
                                       touchpoint_type const& record) const {
        if (touchpoints.empty() || before(stream, touchpoints.back(), record))
            return touchpoints.size();
        return static_cast<std::size_t>(
            std::lower_bound(touchpoints.begin(), touchpoints.end(), record,
                             [&](auto const& a, auto const& b) { return before(stream, a, b); }) -
            touchpoints.begin());
    }
    /// Of the first conversion that is not before the stamp.
    [[nodiscard]] std::size_t place_of(stamp_type const& when) const {
        return static_cast<std::size_t>(
            std::lower_bound(conversions.begin(), conversions.end(), when,
                             [](conversion const& a, auto const& b) { return a.when < b; }) -
            conversions.begin());
    }

    /// Whether the record is at its place already.
    [[nodiscard]] bool holds(Touchpoints const& stream, touchpoint_type const& record,
                             std::size_t place) const {
        return place < touchpoints.size() && !before(stream, record, touchpoints[place]);
    }
    [[nodiscard]] bool holds(stamp_type const& when, std::size_t place) const {
        return place < conversions.size() && !(when < conversions[place].when);
    }

    /// The time of the conversion before that place.
    [[nodiscard]] std::optional<time_type> previous(std::size_t place) const {
        return place > 0 ? std::optional{conversions[place - 1].when.at} : std::nullopt;
    }

    [[nodiscard]] bool empty() const { return touchpoints.empty() && conversions.empty(); }
};

}  // namespace attribution::detail
