// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/customers.hpp>

#include <support/output.hpp>
#include <support/report_model.hpp>

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
    std::string order;
    text_key seller;
    examples::instant at;
    std::int64_t cents;
};

/// Without leads there is nothing to say, and nothing is added; without items, only what the published
/// report says. Writes audit.csv and reconciliation.csv, and returns the names of the files.
std::vector<std::string> add_channels(examples::report_model& report, records const& data,
                                      shop const& all, examples::output_directory& out);

}  // namespace goodpulse
