// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "columns.hpp"
#include "records.hpp"
#include "settings.hpp"

#include <support/csv.hpp>
#include <support/time_format.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How rows of the user's tables become records.
namespace own_files {

using fields = std::span<examples::csv_field const>;

/// What a column of keys is called, if no option says it.
[[nodiscard]] std::vector<std::string_view> const& usual_keys();

/// The columns of a table of touchpoints.
struct touch_columns {
    std::optional<std::size_t> whose, when, channel, id, kind, trait;

    /// Errors: examples::input_error, if one that is needed is not there.
    void find(column_finder& columns, settings const& asked);
    /// Without its time, of whom the row says it is. Its texts are kept in those of `all`.
    [[nodiscard]] touch read(fields row, examples::maybe_text person, records& all) const;
};

/// The columns of a table of conversions.
struct sale_columns {
    std::optional<std::size_t> whose, when, value, id, segment, currency;
    std::string currency_column;  // its name, also if it was guessed

    /// Errors: examples::input_error, if one that is needed is not there.
    void find(column_finder& columns, settings const& asked);
    /// Without its time and its amount; `number` is that of the row among all conversions, from 1. Its
    /// id is empty, if ids are not needed.
    [[nodiscard]] sale read(fields row, settings const& asked, std::size_t number) const;
    /// Without a column of values it is 1.
    [[nodiscard]] examples::csv_field amount(fields row) const;
    [[nodiscard]] std::string currency_of(fields row) const;
};

/// The format of the conversions' times, as an option says it.
[[nodiscard]] std::string const& sale_time_format(settings const& asked);

/// 1.234,56 with --decimal comma as 1234.56; other texts as they are.
///
/// Errors: examples::input_error, also for numbers that only --decimal comma reads.
[[nodiscard]] std::string with_decimal_point(examples::csv_field const& field,
                                             settings const& asked);

/// Values whose mark may stand before decimals or between thousands: 1.234, if all values with a mark
/// have three digits after it.
class thousands_doubt {
  public:
    void add(std::string_view value);
    [[nodiscard]] bool there() const { return in_doubt_ && !known_; }

  private:
    bool in_doubt_ = false, known_ = false;
};

/// Whether any touchpoint has the value of --last-non.
class trait_search {
  public:
    void add(std::string_view value, settings const& asked);
    /// Errors: CLI::ValidationError, if there are touchpoints, and none has it.
    void check(settings const& asked) const;

  private:
    bool found_ = false;
    std::set<std::string, std::less<>> others_;  // the first of them
};

/// Counts a time among those that were read.
void note_time(examples::reading& input, examples::written_time const& time,
               std::string const& file, settings const& asked);

/// What is said of the columns of a table: in which form its times are.
[[nodiscard]] std::string times_note(examples::time_column const& column, bool end_of_day);
/// And whether conversions have values.
[[nodiscard]] std::string value_note(sale_columns const& columns);

/// The currency whose conversions are attributed, of those there are; nothing if no table has a column
/// of currencies. Such a column is called `column`.
///
/// Errors: CLI::ValidationError, if it must be said which, or nothing is in the one that was said.
[[nodiscard]] std::optional<std::string>
chosen_currency(settings const& asked, std::string const& column,
                std::map<std::string, std::size_t> const& conversions);

/// Errors: CLI::ValidationError, if a channel that is excluded is not among these.
void check_excluded(settings const& asked, std::set<std::string> const& channels);

}  // namespace own_files
