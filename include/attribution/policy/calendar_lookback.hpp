// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/calendar_zone.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>

#include <date/date.h>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ratio>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

namespace detail {

/// The calendar day `length` before `day`; in a shorter month, the month's last day.
constexpr date::local_days earlier_day(date::local_days day, date::days length) {
    return day - length;
}
template <class Length>
constexpr date::local_days earlier_day(date::local_days day, Length length) {
    auto const then = date::year_month_day{day} - length;
    if (then.ok())
        return date::local_days{then};
    return date::local_days{then.year() / then.month() / date::last};
}

/// The largest number of days in one `Length`.
template <class Length>
inline constexpr int days_in = std::same_as<Length, date::days>     ? 1
                               : std::same_as<Length, date::months> ? 31
                                                                    : 366;

/// The calendar's unit that a length counts, in whichever library it was written; void if none.
template <class Length>
inline constexpr auto unit_of = nullptr;
template <std::integral Count, class Period>
inline constexpr auto unit_of<std::chrono::duration<Count, Period>> = [] {
    if constexpr (std::ratio_equal_v<Period, date::days::period>)
        return date::days{};
    else if constexpr (std::ratio_equal_v<Period, date::months::period>)
        return date::months{};
    else if constexpr (std::ratio_equal_v<Period, date::years::period>)
        return date::years{};
    else
        return nullptr;
}();

template <class Length>
concept calendar_length = !std::same_as<decltype(unit_of<Length>), std::nullptr_t const>;

/// Beyond the calendar's years, one length is as good as another.
template <calendar_length Length>
constexpr auto in_calendar_units(Length length) {
    using unit = std::remove_const_t<decltype(unit_of<Length>)>;
    using count = typename unit::rep;
    auto const fits = std::in_range<count>(length.count());
    auto const limit =
        length.count() < 0 ? std::numeric_limits<count>::min() : std::numeric_limits<count>::max();
    return unit{fits ? static_cast<count>(length.count()) : limit};
}

}  // namespace detail

template <class Length, calendar_zone Zone>
class calendar_lookback_policy : public policy_tag {
  public:
    static constexpr bool window_ends = true;
    [[nodiscard]] static constexpr std::string_view name() { return "calendar lookback"; }

    constexpr calendar_lookback_policy(Length length, Zone zone, bool from_midnight = false)
        : length_{length}, zone_(std::move(zone)), from_midnight_{from_midnight} {
        if (length < Length{0})
            throw std::invalid_argument{"calendar_lookback: the length must not be negative"};
    }

    [[nodiscard]] constexpr auto made_of() const {
        return std::tuple{name(), length_, zone_, from_midnight_};
    }

    /// The same policy, except that the window begins at midnight: whole calendar days.
    [[nodiscard]] constexpr calendar_lookback_policy from_midnight() const {
        return {length_, zone_, true};
    }

    template <class Anchor>
    constexpr auto window(Anchor const& about) const {
        using time = typename Anchor::time_type;
        static_assert(
            detail::is_time_point<time> &&
                std::convertible_to<time, std::chrono::time_point<std::chrono::system_clock,
                                                                  typename time::duration>> &&
                std::integral<typename time::rep>,
            "attribution: calendar_lookback() needs times of the system clock (date::sys_time) "
            "with "
            "an integral precision; only those have a calendar");
        return interval<time>{begin(about.at()), about.at()};
    }

    /// The window of a later conversion may begin earlier than that of `at`: at an earlier time of
    /// day on the same last day of a shorter month, or where clocks were set back past midnight, of
    /// 1 March to 28 February, a month before which is 28 January. Midnight less five days covers all.
    template <class Time>
    constexpr Time earliest(Time const& at) const {
        return detail::earlier_by(from_midnight().begin(at), date::days{5});
    }

  private:
    template <class Time>
    constexpr Time begin(Time at) const {
        // Outside the calendar's years days cannot be told apart, and near the ends of the clock
        // there is no room for a zone and a time of day: the window has no beginning there.
        constexpr auto days_of = detail::whole_units<date::days::period, Time>;
        constexpr int calendar_ends = 5'900'000;
        constexpr int room = 2;
        constexpr auto first = days_of(detail::first_instant<Time>()) + room;
        constexpr auto last = days_of(detail::last_instant<Time>()) - room;
        auto const days = days_of(at);
        if (days < first || days > last || days < -calendar_ends || days > calendar_ends ||
            length_.count() > calendar_ends / detail::days_in<Length>)
            return detail::first_instant<Time>();
        auto const local = zone_.to_local(at);
        auto const day = date::floor<date::days>(local);
        auto const then = detail::earlier_day(day, length_);
        if (then.time_since_epoch().count() < first)
            return detail::first_instant<Time>();
        auto const time_of_day = local - day;
        using local_time = std::remove_cvref_t<decltype(then + time_of_day)>;
        auto const from = from_midnight_ ? local_time{then} : then + time_of_day;
        return date::ceil<typename Time::duration>(zone_.to_sys(from));
    }

    Length length_;
    [[no_unique_address]] Zone zone_;
    bool from_midnight_;
};

/// Admits touchpoints of the last so many days, months or years, counted on the calendar and the
/// clocks of `zone`. The window begins at the conversion's time of day.
///
/// Units:      days, months or years, of `date` or of `std::chrono`; the records' times are system
///             time.
/// Edges:      closed at both ends. Month ends are clamped: one month before 31 March is 28 or 29
///             February, never a month of 30.44 days. A day on which the clocks change has 23 or 25
///             hours, and `calendar_lookback(date::days{1}, zone)` follows it. In UTC, days are the
///             same as `lookback(date::days{n})`. `.from_midnight()` begins at the start of that
///             day instead: with days{0}, at the start of the conversion's own day. For conversions
///             outside of the calendar's years, or less than two days from the ends of the clock,
///             the window has no beginning.
/// Errors:     std::invalid_argument if the length is negative; whatever the zone throws.
/// Complexity: O(1) per conversion.
/// Source:     calendar arithmetic as in date, `year_month_day`.
template <class Length, class Zone = utc_zone>
[[nodiscard]] constexpr auto calendar_lookback(Length length, Zone zone = {}) {
    static_assert(detail::calendar_length<Length>,
                  "attribution: calendar_lookback() needs a whole number of days, months or years; "
                  "for a fixed length of time use lookback()");
    static_assert(calendar_zone<Zone>, "attribution: a zone needs to_local(system time) and "
                                       "to_sys(local time)");
    auto const exact = detail::in_calendar_units(length);
    return calendar_lookback_policy<std::remove_const_t<decltype(exact)>, Zone>{exact,
                                                                                std::move(zone)};
}

}  // namespace attribution
