// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/program.hpp>
#include <support/report_program.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What is asked for on the command line or in a file.
namespace own_files {

/// Names of columns, separated by commas: of a table, the first that it has.
struct column_names {
    std::string key, conversion_key, time, conversion_time, channel, value, segment, id, order_id,
        kind, currency, bridge;
};

struct model_choice {
    std::string kind;  // first, position, ...
    std::vector<std::string> parameters = {};
    std::string name = {};  // first_touch; unique in a run
    bool learned = false;   // from the records
};

/// What is to be done, for the results that are wanted.
struct needed_work {
    bool paths = true;             // of conversions: which touchpoints they are shared out among
    bool outcomes = true;          // what became of every touchpoint and conversion
    bool rules = true;             // what is wrong with the records
    bool ids = true;               // of records, and how amounts were written
    bool kinds = true;             // of touchpoints
    bool every_touchpoint = true;  // also those whose key never converts
    bool digests = true;           // of files
};

struct settings {
    std::vector<std::string> touchpoints, conversions;
    std::string bridge;
    column_names columns;
    std::string time_format = "auto", conversion_time_format = "auto", time_zone = "UTC";
    bool decimal_comma = false, decimal_said = false;

    std::vector<model_choice> models;
    std::optional<std::chrono::seconds> lookback, click_lookback, view_lookback, sessions;
    std::optional<int> calendar_days;  // instead of lookback
    std::string lookback_text;         // 30 days
    std::vector<std::string> excluded;
    std::optional<std::pair<std::string, std::string>> last_non;  // column and value
    std::optional<std::string> currency;  // the one to attribute, of those in its column
    bool once_per_channel = false;
    bool sorted_by_key = false;                // both tables: they may be bigger than memory
    std::vector<std::string> models_left_out;  // for that reason, of those that nobody asked for

    examples::report_options common;
    needed_work needs;
    std::string repeat;  // the file that says the same as all this
};

/// Reads the command line, and the file of --config.
///
/// Errors: CLI::ParseError.
[[nodiscard]] settings read_settings(examples::command_line& command);

/// Models in the words of --models. Defined with what they mean, in models.cpp.
[[nodiscard]] std::vector<model_choice> models_in(std::string const& text);

/// What options are made of. `refuse` throws CLI::ValidationError, and so does what is no length.
[[noreturn]] void refuse(std::string const& option, std::string const& what);
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);
[[nodiscard]] std::chrono::seconds length_of(std::string const& option, std::string const& text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char mark);

/// 30 days, 12 hours, 90 minutes
[[nodiscard]] std::string length_text(std::chrono::seconds length);

}  // namespace own_files
