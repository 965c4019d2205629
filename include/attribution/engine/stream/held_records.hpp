// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/counting.hpp>
#include <attribution/engine/stream/stream_ids.hpp>
#include <attribution/engine/stream/stream_times.hpp>
#include <attribution/engine/values/common_time.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

namespace attribution::inline v0_1::detail {

/// How many of a customer's records, from the oldest on, nothing needs any more.
struct spare_records {
    std::size_t touchpoints = 0;
    std::size_t conversions = 0;
};

/// What the records of a customer are ordered by. Two records of one stream with equal stamps are
/// the same record, sent twice. Records at one instant without an id are distinguished by a number.
/// Times outside of the common clock, which become its first or last instant, are distinguished by
/// the original time.
template <class Time, class Id, class Beyond = std::monostate>
struct stamp {
    struct none {};
    using number = std::conditional_t<may_be_missing<Id>, std::size_t, none>;

    Time at;
    Id id;
    [[no_unique_address]] number nth = {};  // tells records without an id apart
    [[no_unique_address]] Beyond own = {};  // the time, if it may lie outside of that clock

    [[nodiscard]] bool is_earlier_than(stamp const& other) const {
        return at < other.at || (!(other.at < at) && own < other.own);
    }
    /// By time, then by id.
    [[nodiscard]] bool precedes(stamp const& other) const {
        return is_earlier_than(other) || (!other.is_earlier_than(*this) && id_before(id, other.id));
    }
    friend bool operator<(stamp const& a, stamp const& b) {
        if constexpr (!may_be_missing<Id>)
            return a.precedes(b);
        else
            return a.precedes(b) || (!b.precedes(a) && a.nth < b.nth);
    }
};

/// What a desk holds of one customer.
template <class Touchpoints, class Conversions>
struct held_records {
    using touchpoint_type = typename Touchpoints::record_type;
    using conversion_type = typename Conversions::record_type;
    using times = stream_times<Touchpoints, Conversions>;
    using time_type = typename times::time_type;
    using sale_time = typename Conversions::time_type;
    using beyond = std::conditional_t<reaches_beyond<sale_time, typename Touchpoints::time_type>(),
                                      sale_time, std::monostate>;
    using stamp_type = stamp<time_type, typename Conversions::id_type, beyond>;

    /// Keeps its record while it waits to be credited.
    struct conversion {
        stamp_type when;
        std::optional<conversion_type> record;
        [[no_unique_address]] typename counting<Conversions>::verdict verdict = {};

        [[nodiscard]] bool does_not_count() const {
            if constexpr (counts_some<Conversions>)
                return verdict == decision::does_not_count;
            else
                return false;
        }
    };

    std::vector<touchpoint_type> touchpoints;  // in the order (time, id)
    std::vector<conversion> conversions;       // in the order of stamps
    mutable std::size_t credited = 0;          // at least the first so many no longer wait
    [[no_unique_address]] typename counting<Conversions>::memory counted = {};

    /// Does the first come before the second? Two without an id at one instant: neither does.
    [[nodiscard]] static bool before(Touchpoints const& stream, touchpoint_type const& a,
                                     touchpoint_type const& b) {
        auto const one = stream.time(a);
        auto const other = stream.time(b);
        return one < other || (!(other < one) && id_before(stream.id(a), stream.id(b)));
    }
    [[nodiscard]] static stamp_type stamp_of(Conversions const& stream,
                                             conversion_type const& record) {
        stamp_type when{times::of_conversion(stream.time(record)), keep_id(stream.id(record))};
        if constexpr (std::same_as<beyond, sale_time>)
            when.own = stream.time(record);
        return when;
    }

    /// The place of the first touchpoint that is not before the record; for a record without an id,
    /// of the first touchpoint that it is before. O(1) if the record is the latest.
    [[nodiscard]] std::size_t place_of(Touchpoints const& stream,
                                       touchpoint_type const& record) const {
        if (touchpoints.empty() || before(stream, touchpoints.back(), record))
            return touchpoints.size();
        auto const first = touchpoints.begin();
        if (is_missing(stream.id(record)))
            return static_cast<std::size_t>(std::upper_bound(first, touchpoints.end(), record,
                                                             [&](auto const& a, auto const& b) {
                                                                 return before(stream, a, b);
                                                             }) -
                                            first);
        return static_cast<std::size_t>(
            std::lower_bound(first, touchpoints.end(), record,
                             [&](auto const& a, auto const& b) { return before(stream, a, b); }) -
            first);
    }
    /// The place of the first conversion that is not before the stamp. O(1) if the stamp is the
    /// latest.
    [[nodiscard]] std::size_t place_of(stamp_type const& when) const {
        if (conversions.empty() || conversions.back().when < when)
            return conversions.size();
        return static_cast<std::size_t>(
            std::lower_bound(conversions.begin(), conversions.end(), when,
                             [](conversion const& a, auto const& b) { return a.when < b; }) -
            conversions.begin());
    }
    /// The place for a conversion that has just come. Without an id it comes after all others of
    /// its instant without one, and gets a number that none of them has.
    [[nodiscard]] std::size_t place_for(stamp_type& when) const {
        if constexpr (may_be_missing<typename Conversions::id_type>)
            if (is_missing(when.id)) {
                when.nth = std::numeric_limits<std::size_t>::max();
                auto const place = place_of(when);
                number(when, place);
                return place;
            }
        return place_of(when);
    }
    /// Numbers a conversion without an id that is about to be put at that place.
    void number(stamp_type& when, std::size_t place) const {
        if constexpr (may_be_missing<typename Conversions::id_type>)
            when.nth = place > 0 && !conversions[place - 1].when.precedes(when)
                           ? conversions[place - 1].when.nth + 1
                           : 0;
    }

    /// Is the record already at its place? One without an id never is, as it comes before the
    /// touchpoint there.
    [[nodiscard]] bool holds(Touchpoints const& stream, touchpoint_type const& record,
                             std::size_t place) const {
        return place < touchpoints.size() && !before(stream, record, touchpoints[place]);
    }
    [[nodiscard]] bool holds(stamp_type const& when, std::size_t place) const {
        return place < conversions.size() && !(when < conversions[place].when);
    }

    /// The latest time before `when` among the conversions before that place that count.
    /// Conversions at one instant, such as the items of an order, are not previous to each other.
    [[nodiscard]] std::optional<time_type> previous(std::size_t place,
                                                    stamp_type const& when) const {
        auto before_it =
            how_many(place, [&](conversion const& one) { return one.when.is_earlier_than(when); });
        while (before_it != 0 && conversions[before_it - 1].does_not_count())
            --before_it;
        return before_it != 0 ? std::optional{conversions[before_it - 1].when.at} : std::nullopt;
    }
    /// How many of the first `many` conversions are before that time.
    [[nodiscard]] std::size_t before(std::size_t many, time_type at) const {
        return how_many(many, [&](conversion const& one) { return one.when.at < at; });
    }
    /// How many of the first `many` conversions satisfy `is_before`, which is true up to some
    /// conversion and false from there on. O(1) if all or none satisfy it, otherwise O(log n).
    template <class IsBefore>
    [[nodiscard]] std::size_t how_many(std::size_t many, IsBefore is_before) const {
        if (many == 0 || !is_before(conversions.front()))
            return 0;
        if (is_before(conversions[many - 1]))
            return many;
        auto const first = conversions.begin();
        return static_cast<std::size_t>(
            std::partition_point(first, first + static_cast<std::ptrdiff_t>(many), is_before) -
            first);
    }

    /// The place of the first waiting conversion. Amortised O(1): those before it are not looked at
    /// again.
    [[nodiscard]] std::size_t first_waiting() const {
        while (credited < conversions.size() && !conversions[credited].record)
            ++credited;
        return credited;
    }

    /// No waiting and no future conversion of this customer is before that time.
    [[nodiscard]] time_type earliest_open(time_type horizon) const {
        auto const waits = conversions.empty() ? 0 : first_waiting();
        return waits < conversions.size() ? std::min(horizon, conversions[waits].when.at) : horizon;
    }

    [[nodiscard]] bool empty() const {
        return touchpoints.empty() && conversions.empty() && counted.empty();
    }
};

}  // namespace attribution::detail
