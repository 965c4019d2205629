// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <date/date.h>
#include <fmt/format.h>

#include <compare>
#include <string>

namespace examples {

/// How long a period of the calendar is; its value is the number of months.
enum class period_length { month = 1, quarter = 3 };

/// A month or a quarter of the calendar: what people count in who compare with last year.
///
/// Notes: periods of one length are in order and have a distance; those of two lengths are never
///        compared, which is for the caller to see to.
class calendar_period {
  public:
    constexpr calendar_period(date::year_month_day day, period_length length)
        : length_{length}, number_{(int{day.year()} * 12 + static_cast<int>(unsigned{day.month()}) -
                                    1) /
                                   static_cast<int>(length)} {}

    template <class Duration>
    constexpr calendar_period(date::sys_time<Duration> at, period_length length)
        : calendar_period{date::year_month_day{date::floor<date::days>(at)}, length} {}

    /// 2017-09, or 2017Q3.
    [[nodiscard]] std::string text() const {
        auto const in_a_year = 12 / static_cast<int>(length_);
        auto const year = number_ / in_a_year;
        auto const place = number_ % in_a_year + 1;
        return length_ == period_length::month ? fmt::format("{:04}-{:02}", year, place)
                                               : fmt::format("{:04}Q{}", year, place);
    }

    /// The quarter that a month is in; a quarter itself.
    [[nodiscard]] constexpr calendar_period quarter() const {
        auto result = *this;
        result.number_ = number_ * static_cast<int>(length_) / 3;
        result.length_ = period_length::quarter;
        return result;
    }

    /// How many periods there are from `earlier` to `later`.
    friend constexpr int operator-(calendar_period later, calendar_period earlier) {
        return later.number_ - earlier.number_;
    }
    friend constexpr calendar_period operator+(calendar_period from, int periods) {
        from.number_ += periods;
        return from;
    }
    friend constexpr auto operator<=>(calendar_period const& a, calendar_period const& b) {
        return a.number_ <=> b.number_;
    }
    friend constexpr bool operator==(calendar_period const& a, calendar_period const& b) {
        return a.number_ == b.number_;
    }

  private:
    period_length length_;
    int number_;  // since the year 0
};

}  // namespace examples
