// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <date/date.h>

#include <chrono>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace attribution::inline v0_1 {

/// The calendar of Coordinated Universal Time.
struct utc_zone {
    [[nodiscard]] static constexpr std::string_view name() { return "utc"; }

    template <class Duration>
    constexpr date::local_time<Duration> to_local(date::sys_time<Duration> at) const {
        return date::local_time<Duration>{at.time_since_epoch()};
    }
    template <class Duration>
    constexpr date::sys_time<Duration> to_sys(date::local_time<Duration> at) const {
        return date::sys_time<Duration>{at.time_since_epoch()};
    }
};

/// A calendar that is always the same time ahead of UTC (behind it, if negative).
class fixed_offset {
  public:
    constexpr explicit fixed_offset(std::chrono::minutes ahead) : ahead_{ahead} {}
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"fixed_offset", ahead_}; }

    template <class Duration>
    constexpr auto to_local(date::sys_time<Duration> at) const {
        using fine = std::common_type_t<Duration, std::chrono::minutes>;
        return date::local_time<fine>{at.time_since_epoch() + ahead_};
    }
    template <class Duration>
    constexpr auto to_sys(date::local_time<Duration> at) const {
        using fine = std::common_type_t<Duration, std::chrono::minutes>;
        return date::sys_time<fine>{at.time_since_epoch() - ahead_};
    }

  private:
    std::chrono::minutes ahead_;
};

/// Converts between system time and local time: `to_local` and back with `to_sys`.
///
/// Use `utc_zone`, `fixed_offset`, or an adaptor of your own around a time-zone database. Its
/// `to_sys` decides about local times that a change of the clocks repeats or skips:
///
///     struct berlin {
///         date::time_zone const *zone = date::locate_zone("Europe/Berlin");
///         auto to_local(auto at) const { return zone->to_local(at); }
///         auto to_sys(auto at) const { return zone->to_sys(at, date::choose::earliest); }
///     };
template <class Zone>
concept calendar_zone = requires(Zone const zone, date::sys_seconds sys,
                                 date::local_seconds local) {
    date::local_time<std::chrono::nanoseconds>{zone.to_local(sys)};
    date::sys_time<std::chrono::nanoseconds>{zone.to_sys(local)};
};

}  // namespace attribution
