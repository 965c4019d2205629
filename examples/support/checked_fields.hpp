// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>
#include <support/money_text.hpp>
#include <support/parse.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

/// Fields that must not only be well written, but also make sense. Each throws an input_error that names
/// the file, the line and the column otherwise.
namespace examples {

/// The form of an event: is it the first of two names? Any other than these is an error.
[[nodiscard]] inline auto is_first_of(std::string first, std::string second) {
    return [first = std::move(first), second = std::move(second)](csv_field const& event) {
        if (event.text != first && event.text != second)
            throw input_error{event.where,
                              fmt::format("{} is no event this report knows, '{}' and '{}' are",
                                          in_quotes(event.text), first, second)};
        return event.text == first;
    };
}

/// The value of a field, unless it is more than anything can be, which messages call `what`.
template <class Number>
[[nodiscard]] Number at_most(csv_field const& field, Number value, Number most,
                             std::string_view what) {
    if (value > most)
        throw input_error{field.where,
                          fmt::format("{} is more than {}, look for another unit or a misplaced "
                                      "decimal point",
                                      in_quotes(field.text), what)};
    return value;
}

/// The form of a field whose value, by another form, is at most that.
template <class Form, class Number>
[[nodiscard]] auto up_to(Number most, std::string what, Form form) {
    return [most, what = std::move(what), form](csv_field const& field) {
        auto const value = form(field);
        return at_most(field, value, {most}, what);
    };
}

/// Amounts whose sum stays within a limit, so that nothing that is made of them overflows. Their signs
/// do not count: what is added to one may be taken off another.
class limited_amounts {
  public:
    /// Amounts are in units of 10^-decimals, and so is `most`, which is not negative. `message` is what
    /// is told of the field with which they are more; its text stands in the place of a first {}.
    limited_amounts(int decimals, std::int64_t most, std::string message)
        : decimals_{decimals}, most_{most}, message_{std::move(message)} {}

    /// The same with a sixteenth of 64 bits, so that sums, and what pictures add to them, cannot
    /// overflow. Messages say what adds up: payments and refunds.
    limited_amounts(int decimals, std::string_view what)
        : limited_amounts{
              decimals, sixteenth,
              fmt::format("{{}}: with this row {} add up to more than {}, look for a misplaced "
                          "decimal point",
                          what, format_decimal(sixteenth, decimals, decimal_style::grouped))} {}

    /// The form of a field of such an amount.
    [[nodiscard]] std::int64_t operator()(csv_field const& field) {
        auto const units = decimal(field, decimals_);
        sum_ += units < 0 ? -wide_integer{units} : wide_integer{units};
        if (sum_ > most_)
            throw input_error{field.where,
                              fmt::format(fmt::runtime(message_), in_quotes(field.text))};
        return units;
    }

  private:
    static constexpr auto sixteenth = std::numeric_limits<std::int64_t>::max() / 16;

    int decimals_;
    wide_integer most_;
    std::string message_;
    wide_integer sum_ = 0;
};

/// Texts that stand in one place only, whatever the row: what belongs to one.
class listed_once {
  public:
    /// A message says what is wrong with a text that was there before: the text, and these words.
    explicit listed_once(std::string message) : message_{std::move(message)} {}

    /// The text, which is of that field.
    ///
    /// Errors: input_error if it was there before.
    [[nodiscard]] std::string operator()(csv_field const& field, std::string_view text) {
        if (!seen_.insert(std::string{text}).second)
            throw input_error{field.where, fmt::format("{} {}", in_quotes(text), message_)};
        return std::string{text};
    }

  private:
    std::string message_;
    std::unordered_set<std::string> seen_;
};

}  // namespace examples
