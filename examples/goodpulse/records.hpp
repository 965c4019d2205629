// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/instant.hpp>
#include <support/money_text.hpp>
#include <support/reading.hpp>

#include <date/date.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace goodpulse {

/// An amount as tables have it.
[[nodiscard]] inline std::string money(std::int64_t cents) {
    return examples::format_decimal(cents, 2);
}

using text_key = std::optional<std::string>;  // empty: missing, and joins nothing

/// A row of orders. The same person has a new customer_id for each order; `person` is who it is.
struct order {
    text_key id, customer, person;
    std::string status;
    examples::instant bought;
    std::optional<examples::instant> delivered;
};
/// Of several rows of one customer_id, the first counts.
struct customer {
    text_key id, person;
};
struct payment {
    text_key order;
    std::int64_t cents;
};
struct review {
    text_key id, order;
    std::int64_t score;
};
struct item {
    text_key order, seller;
    std::int64_t cents;
};
/// Somebody who may become a seller, and where he heard of the marketplace.
struct lead {
    text_key id;
    examples::instant day;
    std::string origin;
};
/// A lead that became a seller.
struct deal {
    text_key lead, seller;
    examples::instant won;
    std::string type;
};

struct records {
    std::vector<order> orders;
    std::vector<customer> customers;
    std::vector<payment> payments;
    std::vector<review> reviews;
    std::optional<std::vector<item>> items;  // empty: there is no such file
    std::optional<std::vector<lead>> leads;
    std::optional<std::vector<deal>> deals;
    examples::reading input;  // how they were read
};

/// Reads the tables of a directory, by Kaggle's names.
///
/// Errors: examples::input_error, naming file, line and column.
[[nodiscard]] records load(std::filesystem::path const& directory, examples::reading how);

}  // namespace goodpulse
