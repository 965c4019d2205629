// SPDX-License-Identifier: BSL-1.0
// Any text as a date, a time or a duration: a value that prints back to an equal one, or an
// input_error.
#include "fuzz/fuzzing.hpp"

#include <support/money_text.hpp>
#include <support/parse.hpp>

#include <date/date.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace {

template <class Parse>
auto parsed(std::string_view text, Parse parse) {
    using value = decltype(parse(examples::csv_field{}));
    try {
        return std::optional<value>{parse(examples::csv_field{text, {"x.csv", 2, "at"}})};
    } catch (examples::input_error const&) {
        return std::optional<value>{};
    }
}

/// Returns the printed text.
template <class Parse, class Print>
std::string goes_and_comes(std::string_view text, Parse parse, Print print) {
    auto const value = parsed(text, parse);
    if (!value)
        return std::string{text};
    auto const printed = print(*value);
    fuzzing::require(parsed(printed, parse) == value, "what is printed is read");
    return printed;
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    auto const text = fuzzing::input{bytes, size}.rest();
    goes_and_comes(
        text,
        [](examples::csv_field const& field) {
            auto how = examples::reading{};
            return examples::iso_time(field, how);
        },
        examples::time_text);
    // One form only: what is read is what would be printed.
    fuzzing::require(
        goes_and_comes(text, examples::iso_month,
                       [](date::year_month month) { return date::format("%Y-%m", month); }) == text,
        "a month has one form");
    goes_and_comes(text, examples::unix_seconds, [](date::sys_seconds at) {
        return std::to_string(at.time_since_epoch().count());
    });
    goes_and_comes(text, examples::seconds_of, [](std::chrono::milliseconds length) {
        return examples::format_decimal(length.count(), 3) + " seconds";
    });
    return 0;
}
