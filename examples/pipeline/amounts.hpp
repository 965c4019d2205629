// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/money_text.hpp>

#include <attribution/money/money.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>

/// What an opportunity is worth, in two representations; the report works with either.
namespace pipeline {

/// An amount as the file has it, exactly: up to 9 decimals, sums up to 9.2 billion. It is also
/// split to 9 decimals: parts add up to the amount, and each is less than 10^-9 from its exact
/// share.
using exact_amount = attribution::money<struct pipeline_currency, std::int64_t>;
inline constexpr int amount_decimals = 9;

/// What is left of an amount in a column of 32-bit floats, as the published report stored it.
/// Exact double, then one rounding: the text read as a float would be the same.
[[nodiscard]] inline double as_float32(exact_amount amount) {
    return static_cast<float>(static_cast<double>(amount.units()) / 1e9);
}

/// Amounts in the result files: all decimals of an exact one, 15 significant digits of a double.
[[nodiscard]] inline std::string amount_text(exact_amount amount) {
    return examples::format_decimal(amount.units(), amount_decimals,
                                    examples::decimal_style::shortest);
}
[[nodiscard]] inline std::string amount_text(double amount) {
    return fmt::format("{:.15g}", amount);
}

/// A number that was computed from the units of an amount, such as an average of them.
[[nodiscard]] inline double in_whole_units(exact_amount, double units) {
    return units / 1e9;
}
[[nodiscard]] inline double in_whole_units(double, double amount) {
    return amount;
}

/// Units of 10^-9, for rounding to cents on the terminal.
[[nodiscard]] inline std::int64_t units(exact_amount amount) {
    return amount.units();
}
[[nodiscard]] inline std::int64_t units(double amount) {
    return std::llround(amount * 1e9);
}

}  // namespace pipeline
