// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/instant.hpp>
#include <support/reading.hpp>
#include <support/report_model.hpp>

#include <optional>
#include <string>
#include <vector>

/// Records as they were found in the user's tables.
namespace own_files {

struct touch {
    std::string id;
    std::optional<std::string> person;  // as the table has it
    std::optional<std::string> key;     // the same, or whom the bridge makes of it
    std::string channel;
    std::string kind;   // click, view; of --kind
    std::string trait;  // of --last-non
    examples::instant at;
};

struct sale {
    std::string id;  // or its row, where the table has none
    std::optional<std::string> key;
    examples::exact_amount amount;
    bool rounded = false;     // the amount: so many decimals do not fit
    std::string amount_text;  // as in the table
    std::string segment;
    examples::instant at;
};

/// What was read, and what was found out by reading it.
struct records {
    std::vector<touch> touches;  // in the order of the tables and of their rows
    std::vector<sale> sales;
    std::vector<sale> refunds;  // their ids are those of sales
    std::vector<std::string> bridge_people;
    int decimals = examples::most_decimals;
    std::string currency;
    std::string trait_column;          // of --last-non
    std::size_t other_currencies = 0;  // conversions that were left out
    bool kinds = false, segments = false, touch_ids = false, sale_ids = false, bridged = false;
    std::vector<std::string> notes;  // which columns were read, and in which form, for people
    examples::reading input;
    std::vector<examples::input_file> inputs;
};

}  // namespace own_files
