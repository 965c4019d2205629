// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>
#include <support/money_text.hpp>
#include <support/parse.hpp>

#include <attribution/amount/money.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

/// Amounts as files have them, exactly, in units of 10^-decimals of their currency; functions of the
/// same names take doubles, and the units themselves as whole numbers.
namespace examples {

/// It is also split so fine: parts add up to the amount, and each is less than a unit from its exact
/// share.
///
/// There are `most_decimals`, or fewer where the amounts would not fit otherwise: see amount_book.
/// Only then may an amount have been rounded, which is a finding.
using exact_amount = attribution::money<struct currency_of_the_data, std::int64_t>;
inline constexpr int most_decimals = 9;
inline constexpr int least_decimals = 2;  // cents are printed

[[nodiscard]] constexpr std::int64_t units_of_one(int decimals) {
    std::int64_t units = 1;
    for (; decimals > 0; --decimals)
        units *= 10;
    return units;
}

/// How many decimals fit, for amounts that are read one after the other: together they may take a
/// sixteenth of 64 bits, so that sums, and what pictures add to them, cannot overflow.
class amount_sum {
  public:
    /// `units` are of most_decimals.
    ///
    /// Errors: input_error, naming the row, if now not even cents fit.
    void add(wide_integer units, position const& where) {
        sum_ += units < 0 ? -units : units;
        if (!fits(least_decimals))
            throw input_error{
                where, fmt::format("with this row the amounts add up to more than {}, look for a "
                                   "misplaced decimal point",
                                   format_decimal(limit, least_decimals, decimal_style::grouped))};
    }

    /// As many decimals as fit.
    [[nodiscard]] int decimals() const {
        auto digits = most_decimals;
        while (!fits(digits))
            --digits;
        return digits;
    }

  private:
    static constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 16;

    [[nodiscard]] bool fits(int decimals) const {
        return sum_ / units_of_one(most_decimals - decimals) <= limit;
    }

    wide_integer sum_ = 0;
};

/// Units of most_decimals as an amount with so many decimals, and whether there were more: then it is
/// rounded, half away from zero.
[[nodiscard]] inline std::pair<exact_amount, bool> rounded_amount(wide_integer units,
                                                                  int decimals) {
    auto const unit = units_of_one(most_decimals - decimals);
    auto const rounded = (units + (units < 0 ? -unit : unit) / 2) / unit;
    return {exact_amount{static_cast<std::int64_t>(rounded)}, units % unit != 0};
}

/// The amounts of all files, read before it is known how many decimals fit.
class amount_book {
  public:
    /// Its place in the book. Errors: input_error.
    std::size_t add(csv_field const& field) {
        if (columns_.empty() || columns_.back().file != field.where.file ||
            columns_.back().name != field.where.column)
            columns_.push_back({std::string{field.where.file}, std::string{field.where.column}});
        entries_.push_back(
            {wide_decimal(field, most_decimals), field.where.line, columns_.size() - 1});
        return entries_.size() - 1;
    }

    /// As many decimals as fit.
    ///
    /// Errors: input_error, naming the row with which not even cents do.
    [[nodiscard]] int decimals() const {
        amount_sum sum;
        for (auto const& one : entries_)
            sum.add(one.units, {columns_[one.column].file, one.line, columns_[one.column].name});
        return sum.decimals();
    }

    /// The amount with so many decimals, and whether it was rounded.
    [[nodiscard]] std::pair<exact_amount, bool> amount(std::size_t place, int decimals) const {
        return rounded_amount(entries_[place].units, decimals);
    }

  private:
    struct source {
        std::string file, name;
    };
    struct entry {
        wide_integer units;
        std::size_t line, column;
    };
    std::vector<source> columns_;
    std::vector<entry> entries_;
};

/// Units of 10^-decimals.
template <class Currency>
[[nodiscard]] std::int64_t units(attribution::money<Currency, std::int64_t> amount, int) {
    return amount.units();
}
[[nodiscard]] constexpr std::int64_t units(std::int64_t amount, int) {
    return amount;
}
[[nodiscard]] inline std::int64_t units(double amount, int decimals) {
    return std::llround(amount * static_cast<double>(units_of_one(decimals)));
}

/// Amounts in the result files: all decimals of an exact one, 15 significant digits of a double; units
/// as prices are, 5090.00.
template <class Currency>
[[nodiscard]] std::string amount_text(attribution::money<Currency, std::int64_t> amount,
                                      int decimals) {
    return format_decimal(amount.units(), decimals, decimal_style::shortest);
}
[[nodiscard]] inline std::string amount_text(std::int64_t amount, int decimals) {
    return format_decimal(amount, decimals);
}
[[nodiscard]] inline std::string amount_text(double amount, int) {
    return fmt::format("{:.15g}", amount);
}

/// An amount for people, to the last digit that is not zero: 2,915,623.0954214; units as prices are.
template <class Currency>
[[nodiscard]] std::string full_text(attribution::money<Currency, std::int64_t> amount,
                                    int decimals) {
    auto text = format_decimal(amount.units(), decimals, decimal_style::grouped);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text + '0' : text;
}
[[nodiscard]] inline std::string full_text(std::int64_t amount, int decimals) {
    return format_decimal(amount, decimals, decimal_style::grouped);
}
[[nodiscard]] inline std::string full_text(double amount, int decimals) {
    return amount_text(amount, decimals);
}

/// A number that was computed from the units of an amount, such as an average of them.
[[nodiscard]] inline double in_whole_units(exact_amount, double units, int decimals) {
    return units / static_cast<double>(units_of_one(decimals));
}
[[nodiscard]] inline double in_whole_units(double, double amount, int) {
    return amount;
}

}  // namespace examples
