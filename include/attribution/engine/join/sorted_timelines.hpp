// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/engine/join/event_groups.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/memory/seek.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/ordered_place.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/records/sorted.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// The time lines of all customers when both sides are sorted by (key, time): the records
/// themselves. Positions are rows; nothing is stored.
template <class Conversions, class Touchpoints>
class sorted_timelines {
  public:
    using time_type = common_time_of_records<Conversions, Touchpoints>;
    using key_type = common_key_of<Conversions, Touchpoints>;

    /// The customer whose touchpoints have this key. There are none if the key is missing.
    struct customer {
        kept_key<Conversions, key_type> key;
        bool missing;
    };

    constexpr sorted_timelines(Conversions conversions, Touchpoints touchpoints, std::size_t)
        : conversions_{std::move(conversions)}, touchpoints_{std::move(touchpoints)} {}

    [[nodiscard]] constexpr Conversions const& conversions() const noexcept { return conversions_; }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const noexcept { return touchpoints_; }

    [[nodiscard]] constexpr customer customer_of(std::size_t row) const {
        using kept = decltype(customer::key);
        return with_key<key_type>(conversions_, row, customer{kept{}, true},
                                  [](key_type const& key) {
                                      return customer{kept(key), false};
                                  });
    }

    [[nodiscard]] constexpr std::optional<time_type> previous(std::size_t row) const {
        if (row == 0 || conversions_.key_is_missing(row))
            return std::nullopt;
        auto const at = conversions_.time(row);
        auto const first_of_instant = seek(row, 0, row, [&](std::size_t other) {
            return !have_one_key(other, row) || conversions_.time(other) < at;
        });
        return first_of_instant > 0 && have_one_key(first_of_instant - 1, row)
                   ? std::optional{conversion_time(conversions_, touchpoints_,
                                                   first_of_instant - 1)}
                   : std::nullopt;
    }

    [[nodiscard]] constexpr event<time_type> touch(std::size_t position) const {
        return {touch_time(touchpoints_, conversions_, position), position};
    }

    /// Are records visited in the order in which they lie in memory?
    static constexpr bool in_memory_order = true;

    /// Is the touchpoint at this position one of the customer's, in that interval? The position may
    /// be beyond the last.
    [[nodiscard]] constexpr bool holds(customer const& whose, std::size_t position,
                                       interval<time_type> const& within) const {
        if (whose.missing || position >= touchpoints_.size())
            return false;
        if constexpr (one_line) {
            auto const place = place_at(position);
            bool const begun = ordered_place(whose.key, within.from) <= place;
            bool const not_over = place <= ordered_place(whose.key, within.until);
            return static_cast<bool>(int{begun} & int{not_over});  // one branch, not two
        } else {
            return with_key<key_type>(touchpoints_, position, false, [&](key_type const& key) {
                return key == whose.key && within.contains(touch(position).at);
            });
        }
    }

    /// The position of the customer's first touchpoint not before `at`.
    [[nodiscard]] ATTRIBUTION_INLINE constexpr std::size_t
    first_from(customer const& whose, time_type const& at, std::size_t hint) const {
        if (whose.missing)
            return hint;
        if constexpr (one_line)
            return seek<far_end>(hint, 0, touchpoints_.size(),
                                 [this, bound = ordered_place(whose.key, at)](std::size_t position)
                                     ATTRIBUTION_INLINE { return place_at(position) < bound; });
        else
            return seek(hint, 0, touchpoints_.size(), [&](std::size_t position) {
                return is_before(position, whose.key, [&](time_type const& t) { return t < at; });
            });
    }

    /// The position of the customer's first touchpoint after `at`, which is not before `begin`.
    [[nodiscard]] ATTRIBUTION_INLINE constexpr std::size_t
    first_after(customer const& whose, time_type const& at, std::size_t hint,
                std::size_t begin = 0) const {
        if (whose.missing)
            return hint;
        if constexpr (one_line)
            return seek<far_end>(hint, begin, touchpoints_.size(),
                                 [this, bound = ordered_place(whose.key, at)](std::size_t position)
                                     ATTRIBUTION_INLINE { return place_at(position) <= bound; });
        else
            return seek(hint, begin, touchpoints_.size(), [&](std::size_t position) {
                return is_before(position, whose.key,
                                 [&](time_type const& t) { return !(at < t); });
            });
    }

    /// Calls `visit(row, at, previous, customer)` for the conversions at the positions
    /// [first, last); both orders are the same.
    template <class Visit>
    constexpr void for_each_conversion(visiting, std::size_t first, std::size_t last,
                                       Visit visit) const {
        previous_time<time_type> before;
        if (first < last)
            before.set(previous(first));
        for (auto row = first; row < last; ++row) {
            visit(row, conversion_time(conversions_, touchpoints_, row), before, customer_of(row));
            if (auto const next = row + 1; next < last) {
                if (!have_one_key(row, next))
                    before.known = false;
                else if (conversions_.time(row) < conversions_.time(next))
                    before.set(conversion_time(conversions_, touchpoints_, row));
            }
        }
    }

  private:
    static constexpr bool one_line =
        has_ordered_place<key_type, time_type> && !may_be_missing<typename Touchpoints::key_type>;

    constexpr uint128 place_at(std::size_t position) const requires one_line {
        return ordered_place(key_type(touchpoints_.key(position)), touch(position).at);
    }

    /// Do both conversions have a key, and the same?
    constexpr bool have_one_key(std::size_t earlier, std::size_t later) const {
        return with_key<key_type>(conversions_, earlier, false, [&](key_type const& before) {
            return with_key<key_type>(conversions_, later, false,
                                      [&](key_type const& key) { return before == key; });
        });
    }

    template <class Key, class TimeBefore>
    constexpr bool is_before(std::size_t position, Key const& key, TimeBefore before) const {
        return with_key<key_type>(touchpoints_, position, true, [&](key_type const& own) {
            if constexpr (std::is_arithmetic_v<key_type>)  // one comparison, not two branches
                return (own < key) | ((own == key) & before(touch(position).at));
            else
                return own < key || (own == key && before(touch(position).at));
        });
    }

    Conversions conversions_;
    Touchpoints touchpoints_;
};

}  // namespace attribution::detail
