// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/customers.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>
#include <support/report_text.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// What did acquisition earn? By date alone, as published, and by what can be defended.
namespace goodpulse {

/// A lead, with the seller that it became: one for each of its deals, or one that joins nothing.
struct seller_lead {
    text_key id, seller;
    std::string origin, type;
    examples::instant day;
};

/// An item of a delivered order.
struct sale {
    std::string id;  // of the order, and its number there
    text_key seller;
    examples::instant at;
    std::int64_t cents;
};

/// What the tie rule decides by date alone, of customers that bought once.
struct tie_facts {
    struct line {
        std::size_t first_row = 0, last_row = 0;  // customers, by either rule
        std::size_t least = 0, most = 0;          // by any rule
    };
    std::map<std::string, line> by_type = {};
    std::size_t leads_of_last_day = 0, customers_of_last_day = 0;
};

struct channel_results {
    std::vector<std::string> files = {};
    tie_facts ties = {};
};

/// Without leads there is nothing to say, and nothing is added; without items, only what the published
/// report says. Writes audit.csv and reconciliation.csv; `intervals` as assumed.
channel_results add_channels(examples::report_model& report, examples::report_text const& text,
                             records const& data, shop const& all, bool intervals,
                             examples::output_directory& out);

}  // namespace goodpulse
