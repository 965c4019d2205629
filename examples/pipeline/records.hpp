// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/instant.hpp>
#include <support/kept_text.hpp>
#include <support/reading.hpp>
#include <support/record_fields.hpp>
#include <support/spend.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pipeline {

/// Something marketing or sales did with a contact. Its account is empty if the contact is missing,
/// unknown or without account: an empty account joins nothing, not even another empty one.
struct touchpoint {
    examples::kept_text id = {};
    examples::kept_name type = {};  // marketing or sales
    examples::kept_name channel = {};
    examples::maybe_text contact = {}, account = {};
    examples::instant time = {};
};

/// A possible sale, to be explained by the touchpoints of its account.
struct opportunity {
    examples::kept_text id;
    examples::maybe_text account;
    examples::file_amount amount;
    examples::instant created;
    examples::kept_name segment;
};

/// Whose account a person belongs to. Of several rows of one person, the first counts.
struct contact {
    examples::maybe_text id, account;
};

struct records {
    examples::record_texts texts = {};
    std::vector<touchpoint> touchpoints = {};  // marketing before sales, in the order of the files
    std::vector<opportunity> opportunities = {};
    std::vector<contact> contacts = {};
    std::optional<std::vector<examples::expense>> spend = {};
    int decimals = examples::most_decimals;  // of all amounts
    examples::reading input = {};            // how they were read
};

/// Reads the four files of a directory, and, if `spend` names one, a file of what channels cost.
///
/// Errors: examples::input_error, naming file, line and column.
[[nodiscard]] records load(std::filesystem::path const& directory,
                           std::filesystem::path const& spend, examples::reading how);

/// What the files say of the records, those of touchpoints of that type, and what results say.
[[nodiscard]] examples::record_fields<touchpoint> touchpoint_fields(std::string const& type = {});
[[nodiscard]] examples::record_fields<opportunity> opportunity_fields();

}  // namespace pipeline
