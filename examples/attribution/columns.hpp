// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace own_files {

/// What a column is for, how an option says which it is, and what it is called otherwise.
struct column_role {
    std::string_view what;                       // key
    std::string_view option;                     // --key
    std::vector<std::string_view> usual = {};    // names, best first; spaces and case do not matter
    std::vector<std::string_view> endings = {};  // if no name is a usual one and one column fits
    bool needed = true;
};

/// The columns of one table, by what they are for.
class column_finder {
  public:
    /// `table` is its name, for messages.
    column_finder(std::string table, std::vector<std::string> header)
        : table_{std::move(table)}, header_{std::move(header)} {}

    /// The place of the column in the list of chosen ones. `names`, separated by commas, are those
    /// of the option: the first that is there. Without names it is guessed.
    ///
    /// Errors: examples::input_error, listing the columns there are.
    std::optional<std::size_t> find(column_role const& role, std::string const& names);

    /// Looks for a column that was named, but is not read.
    ///
    /// Errors: as above.
    void check(column_role const& role, std::string const& names);

    [[nodiscard]] std::vector<std::string> const& chosen() const { return chosen_; }
    /// key is user_id (guessed), time is ts
    [[nodiscard]] std::string text() const;

  private:
    [[nodiscard]] std::optional<std::string> guess(column_role const& role) const;
    std::size_t take(column_role const& role, std::string const& column, bool guessed);

    std::string table_;
    std::vector<std::string> header_;
    std::vector<std::string> chosen_;
    std::vector<std::string> said_;
};

}  // namespace own_files
