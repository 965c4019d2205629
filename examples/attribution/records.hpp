// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/instant.hpp>
#include <support/kept_text.hpp>
#include <support/reading.hpp>
#include <support/report_model.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Records as they were found in the user's tables.
namespace own_files {

/// Its texts are in the stores of the records that it is part of: there are millions.
struct touch {
    examples::kept_text id;
    examples::maybe_text person;  // as the table has it
    examples::maybe_text key;     // the same, or whom the bridge makes of it
    examples::kept_text channel;
    examples::kept_text kind;   // click, view; of --kind
    examples::kept_text trait;  // of --last-non
    examples::instant at;
};

struct sale {
    std::string id;  // or its row, where the table has none
    std::optional<std::string> key;
    examples::exact_amount amount;
    bool rounded = false;  // the amount: so many decimals do not fit
    std::string segment;
    examples::instant at;
};

/// What was read, and what was found out by reading it.
struct records {
    std::shared_ptr<examples::text_store> texts = std::make_shared<examples::text_store>();
    /// Channels and kinds; where records come part by part, one for all parts.
    std::shared_ptr<examples::name_store> names = std::make_shared<examples::name_store>();
    std::vector<touch> touches;    // in the order of the tables and of their rows
    std::size_t touches_read = 0;  // of which these are the ones that are needed
    std::vector<sale> sales;
    std::vector<sale> refunds;  // their ids are those of sales
    int decimals = examples::most_decimals;
    std::string currency;
    std::string trait_column;          // of --last-non
    std::size_t other_currencies = 0;  // conversions that were left out
    bool perhaps_thousands = false;    // values are written so that their marks may mean these
    bool kinds = false, segments = false, touch_ids = false, sale_ids = false, bridged = false;
    std::vector<std::string> notes;  // which columns were read, and in which form, for people
    examples::reading input;
    std::vector<examples::input_file> inputs;
};

}  // namespace own_files
