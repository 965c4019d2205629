// SPDX-License-Identifier: BSL-1.0
// Any text as an amount or a count, and any amount as text: the same value again, or an
// input_error.
#include "fuzz/fuzzing.hpp"

#include <support/money_text.hpp>
#include <support/parse.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

using examples::decimal_style;

std::optional<std::int64_t> decimal(std::string_view text, int digits) {
    try {
        return examples::decimal({text, {"x.csv", 2, "amount"}}, digits);
    } catch (examples::input_error const&) {
        return std::nullopt;
    }
}

void goes_and_comes(std::int64_t value, int digits) {
    for (auto const style :
         {decimal_style::plain, decimal_style::grouped, decimal_style::shortest}) {
        auto text = examples::format_decimal(value, digits, style);
        if (style == decimal_style::grouped)
            std::erase(text, ',');
        fuzzing::require(decimal(text, digits) == value, "what is printed is read");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    fuzzing::input in{bytes, size};
    auto const digits = static_cast<int>(in.below(24));
    if (auto const value = decimal(in.rest(), digits))
        goes_and_comes(*value, digits);
    try {
        auto const count = examples::count({in.rest(), {"x.csv", 2, "count"}});
        fuzzing::require(count >= 0 && decimal(in.rest(), 0) == count, "a count is a number");
    } catch (examples::input_error const&) {
        // most texts are no count
    }
    goes_and_comes(in.number(), digits);
    return 0;
}
