// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/detail/event_groups.hpp>
#include <attribution/detail/seek.hpp>
#include <attribution/sorted.hpp>
#include <attribution/timeline/keys.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace attribution::detail {

/// The time lines of all customers when both sides are sorted by (key, time): the records
/// themselves. Positions are rows; nothing is stored.
template <class Conversions, class Touchpoints>
class sorted_timelines {
  public:
    using time_type =
        std::common_type_t<typename Conversions::time_type, typename Touchpoints::time_type>;
    using key_type = common_key_of<Conversions, Touchpoints>;

    /// Whose touchpoints are meant: those with this key; nobody's if it is missing.
    struct customer {
        kept_key<Conversions, key_type> key;
        bool missing;
    };

    constexpr sorted_timelines(Conversions conversions, Touchpoints touchpoints, std::size_t)
        : conversions_{std::move(conversions)}, touchpoints_{std::move(touchpoints)} {}

    [[nodiscard]] constexpr Conversions const& conversions() const { return conversions_; }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const { return touchpoints_; }

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
        decltype(auto) before = conversions_.key(row - 1);
        decltype(auto) key = conversions_.key(row);
        return before == key ? std::optional{time_type(conversions_.time(row - 1))} : std::nullopt;
    }

    [[nodiscard]] constexpr event<time_type> touch(std::size_t position) const {
        return {time_type(touchpoints_.time(position)), position};
    }

    /// Is the touchpoint at this position, or beyond the last, the customer's?
    [[nodiscard]] constexpr bool owns(customer const& whose, std::size_t position) const {
        if (whose.missing || position >= touchpoints_.size())
            return false;
        return with_key<key_type>(touchpoints_, position, false,
                                  [&](key_type const& key) { return key == whose.key; });
    }

    /// The position of the customer's first touchpoint not before `at`.
    [[nodiscard]] constexpr std::size_t first_from(customer const& whose, time_type const& at,
                                                   std::size_t hint) const {
        if (whose.missing)
            return hint;
        return seek(hint, 0, touchpoints_.size(), [&](std::size_t position) {
            return is_before(position, whose.key, [&](time_type const& t) { return t < at; });
        });
    }

    /// The position of the customer's first touchpoint after `at`.
    [[nodiscard]] constexpr std::size_t first_after(customer const& whose, time_type const& at,
                                                    std::size_t hint) const {
        if (whose.missing)
            return hint;
        return seek(hint, 0, touchpoints_.size(), [&](std::size_t position) {
            return is_before(position, whose.key, [&](time_type const& t) { return !(at < t); });
        });
    }

    /// Calls `visit(row, at, previous, customer)` for the conversions at the positions
    /// [first, last); both orders are the same.
    template <class Visit>
    constexpr void for_each_conversion(visiting, std::size_t first, std::size_t last,
                                       Visit visit) const {
        for (auto row = first; row < last; ++row)
            visit(row, time_type(conversions_.time(row)), previous(row), customer_of(row));
    }

  private:
    template <class Key, class TimeBefore>
    constexpr bool is_before(std::size_t position, Key const& key, TimeBefore before) const {
        return with_key<key_type>(touchpoints_, position, true, [&](key_type const& own) {
            if constexpr (std::is_arithmetic_v<key_type>)  // one comparison, not two branches
                return (own < key) |
                       ((own == key) & before(time_type(touchpoints_.time(position))));
            else
                return own < key || (own == key && before(time_type(touchpoints_.time(position))));
        });
    }

    Conversions conversions_;
    Touchpoints touchpoints_;
};

}  // namespace attribution::detail
