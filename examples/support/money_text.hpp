// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>

namespace examples {

__extension__ typedef __int128 wide_integer;
__extension__ typedef unsigned __int128 wide_unsigned;

template <class T>
concept signed_amount = std::signed_integral<T> || std::same_as<T, wide_integer>;

enum class decimal_style {
    plain,     ///< 5090.00
    grouped,   ///< 5,090.00, for a table on the terminal
    shortest,  ///< 5090.0: without trailing zeros, but always with a decimal
};

/// `value` / 10^digits as decimal text, exactly: format_decimal(-5, 2) is "-0.05".
///
/// Edges:  every value has a text, the smallest too; 128-bit integers are fine. `shortest` writes
///         a decimal even for digits = 0: "155.0".
/// Errors: std::invalid_argument for negative digits.
template <signed_amount Integer>
[[nodiscard]] std::string format_decimal(Integer value, int digits,
                                         decimal_style style = decimal_style::plain) {
    if (digits < 0)
        throw std::invalid_argument{"format_decimal: the number of digits is negative"};
    auto const decimals = static_cast<std::size_t>(digits);

    auto magnitude = static_cast<wide_unsigned>(wide_integer{value});
    if (value < 0)
        magnitude = 0 - magnitude;
    std::string text;  // from the last digit to the first, then turned around
    for (; magnitude != 0 || text.size() <= decimals; magnitude /= 10)
        text += static_cast<char>('0' + static_cast<int>(magnitude % 10));
    std::ranges::reverse(text);

    auto whole = text.substr(0, text.size() - decimals);
    auto fraction = text.substr(text.size() - decimals);
    if (style == decimal_style::grouped)
        for (auto at = whole.size(); at > 3; at -= 3)
            whole.insert(at - 3, 1, ',');
    if (style == decimal_style::shortest) {
        fraction.erase(fraction.find_last_not_of('0') + 1);
        if (fraction.empty())
            fraction += '0';
    }
    return (value < 0 ? "-" : "") + whole + (fraction.empty() ? "" : ".") + fraction;
}

}  // namespace examples
