// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>
#include <support/money_text.hpp>
#include <support/parse.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
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

/// Amounts whose sum stays within a limit, so that nothing that is made of them overflows. Their signs
/// do not count: what is added to one may be taken off another.
class limited_amounts {
  public:
    /// Amounts are in units of 10^-decimals, and so is `most`, which is not negative. `message` is what
    /// is told of the field with which they are more; its text stands in the place of a first {}.
    limited_amounts(int decimals, std::int64_t most, std::string message)
        : decimals_{decimals}, most_{most}, message_{std::move(message)} {}

    [[nodiscard]] std::int64_t read(csv_field const& field) {
        auto const units = decimal(field, decimals_);
        sum_ += units < 0 ? -wide_integer{units} : wide_integer{units};
        if (sum_ > most_)
            throw input_error{field.where,
                              fmt::format(fmt::runtime(message_), in_quotes(field.text))};
        return units;
    }

  private:
    int decimals_;
    wide_integer most_;
    std::string message_;
    wide_integer sum_ = 0;
};

}  // namespace examples
