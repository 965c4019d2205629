// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <pipeline/amounts.hpp>

#include <date/date.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pipeline {

/// Something marketing or sales did with a contact. Its account is empty if the contact is missing,
/// unknown or without account: an empty account joins nothing, not even another empty one.
struct touchpoint {
    std::string id;
    std::string type;  // marketing or sales
    std::string channel;
    std::string contact;
    std::optional<std::string> account;
    date::sys_seconds time;
};

/// A possible sale, to be explained by the touchpoints of its account.
struct opportunity {
    std::string id;
    std::optional<std::string> account;
    exact_amount amount;
    std::string amount_text;  // as in the file
    date::sys_seconds created;
    std::string segment;
};

/// Rows that cannot be used as they should. A repeated id is only reported, its row counts like any
/// other: the published figures count every row.
struct faults {
    std::size_t touchpoints_without_contact = 0;
    std::size_t touchpoints_of_unknown_contact = 0;
    std::size_t touchpoints_of_contact_without_account = 0;
    std::size_t repeated_touchpoints = 0;
    std::size_t opportunities_without_account = 0;
    std::size_t repeated_opportunities = 0;
    std::size_t contacts_without_id = 0;
    std::size_t contacts_without_account = 0;
    std::size_t repeated_contacts = 0;  // the first row of a contact counts
};

struct records {
    std::vector<touchpoint> touchpoints;  // marketing before sales, each in the order of its file
    std::vector<opportunity> opportunities;
    faults found;
};

/// Reads the four files of a directory: opportunities, contacts, marketing and sales touchpoints.
///
/// Errors: examples::input_error, naming file, line and column.
[[nodiscard]] records load(std::filesystem::path const &directory);

}  // namespace pipeline
