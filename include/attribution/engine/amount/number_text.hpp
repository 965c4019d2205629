// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/amount/units_of.hpp>

#include <array>
#include <charconv>
#include <concepts>
#include <string>

namespace attribution::inline v0_1::detail {

/// The shortest text that reads back as the same number; for an amount of units, their number.
template <amount Number>
std::string number_text(Number const& number) {
    if constexpr (std::floating_point<Number>) {
        std::array<char, 64> digits{};
        auto const written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return {digits.data(), written.ptr};
    } else {
        return std::to_string(units_of<Number>::count(number));
    }
}

}  // namespace attribution::detail
