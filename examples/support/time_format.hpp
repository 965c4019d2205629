// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>
#include <support/instant.hpp>

#include <date/date.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Times as people's exports write them: which format it is, the whole column says.
namespace examples {

/// What a text says: a time on the clocks of some place, or in UTC if it names its offset.
struct written_time {
    date::local_time<std::chrono::microseconds> at;
    bool in_utc;       // it had Z or an offset, or counts seconds since 1970
    bool whole_day;    // it had no time of day
    bool cut = false;  // to microseconds
};

/// The same in eight bytes: columns keep millions.
class kept_time {
  public:
    explicit kept_time(written_time const& time)
        : bits_{time.at.time_since_epoch().count() * 8 + time.in_utc + 2 * time.whole_day +
                4 * time.cut} {}

    operator written_time() const {
        auto const has = [this](int flag) { return (bits_ & flag) != 0; };
        return {date::local_time<std::chrono::microseconds>{std::chrono::microseconds{bits_ >> 3}},
                has(1), has(2), has(4)};
    }

  private:
    std::int64_t bits_;
};

/// The name of a format, as an option says it: iso, dmy, mdy, ymd, unix, unix-ms, unix-us, unix-ns, or a
/// pattern with percent signs, as strptime has them. Of names of zones, %Z reads UTC, GMT and Z only:
/// others mean several.
class time_format {
  public:
    /// Errors: std::invalid_argument, listing the names there are.
    explicit time_format(std::string name);

    /// Nothing if the text is not written so.
    ///
    /// iso: 2024-05-31, 2024-05-31T10:00:00Z; dmy: 31.05.2024, 31/5/2024 10:00; mdy: 5/31/2024 1:30
    /// PM; ymd: 2024/05/31, 20240531, 2024053110 and 202405311030 of the years 1900 to 2099; unix:
    /// 1717149600, also with decimals; unix-ms: 1717149600000, and so on. A time of day is hours and
    /// minutes, with or without seconds and parts of them, AM or PM, and an offset from UTC, also UTC
    /// or GMT.
    [[nodiscard]] std::optional<written_time> read(std::string_view text) const;

    [[nodiscard]] std::string const& name() const { return name_; }
    /// day.month.year
    [[nodiscard]] std::string_view title() const;

  private:
    enum class kind {
        iso,
        dmy,
        mdy,
        ymd,
        unix_seconds,
        unix_milliseconds,
        unix_microseconds,
        unix_nanoseconds,
        pattern
    };

    std::string name_;
    kind kind_;
};

/// A column of times, read row by row in every format that has fitted all rows so far.
class time_column {
  public:
    enum class keeping { times, nothing };

    /// `name` is the format, or "auto". Who reads a table twice keeps nothing: the column then says
    /// its format, in memory that does not grow.
    explicit time_column(std::string const& name, keeping what = keeping::times);

    /// What is not kept is still looked at.
    ///
    /// Errors: input_error, if the field is in none of the formats of the rows before it.
    void add(csv_field const& field, bool kept = true);

    /// The format that fits all rows.
    ///
    /// Edges:  of several formats that read the same times in all rows, the first.
    /// Errors: input_error, if several fit and mean different times: it must be said which.
    [[nodiscard]] time_format const& format() const;
    /// Those that were kept.
    [[nodiscard]] std::vector<kept_time> const& times() const;
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Had none of them a time of day?
    [[nodiscard]] bool whole_days() const;

  private:
    struct candidate {
        time_format format;
        std::size_t number;  // among all of them
        written_time latest = {};
        bool whole_days = true;
        std::vector<bool> differs = {};  // from which others, by their numbers, in any row
        std::vector<kept_time> times = {};
    };
    [[nodiscard]] candidate const& chosen() const;
    void take(candidate& one, written_time const& read, bool kept) const;
    /// `expected` names the format of the rows before it, if that is known.
    [[noreturn]] static void refuse(csv_field const& field, std::string_view expected);

    keeping what_;
    std::size_t size_ = 0;
    std::vector<candidate> candidates_;
    std::string file_, column_;
};

/// An instant of written times: on the clocks of a place, which has a name such as Europe/Berlin, or
/// in UTC.
class wall_clock {
  public:
    /// Errors: std::invalid_argument, if there is no such zone.
    explicit wall_clock(std::string const& zone);

    /// A day without a time of day is its first instant, or its last.
    ///
    /// Edges: of a time that the clocks show twice, the earlier; one that they leave out is the
    ///        instant at which they were set forward.
    [[nodiscard]] instant at(written_time const& time, bool end_of_day) const;

    template <class Duration>
    [[nodiscard]] date::local_time<std::chrono::microseconds>
    to_local(date::sys_time<Duration> time) const {
        return local(date::floor<std::chrono::microseconds>(time));
    }
    template <class Duration>
    [[nodiscard]] instant to_sys(date::local_time<Duration> time) const {
        return sys(date::floor<std::chrono::microseconds>(time));
    }

    [[nodiscard]] std::string const& name() const { return name_; }

  private:
    [[nodiscard]] date::local_time<std::chrono::microseconds> local(instant time) const;
    [[nodiscard]] instant sys(date::local_time<std::chrono::microseconds> time) const;

    std::string name_;
    void const* zone_ = nullptr;  // of the database of time zones; none: UTC
};

}  // namespace examples
