// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/csv.hpp>
#include <support/money_text.hpp>
#include <support/reading.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// What an earlier run of a program left in its output directory: --against.
namespace examples {

/// How a program calls what tells its runs apart from those of others.
struct run_layout {
    std::string program = {};  // attribution
    std::string pairs = {};    // conversion_touchpoints.csv: conversions with their touchpoints
    std::string conversion_key = {};  // the column there, and in unattributed.csv, that joins them
    std::string touchpoint_key = {};  // the column of audit.csv that does
    std::string option = {};  // of the program: how amounts are exact, for messages; may be empty
};

/// The fields of one row, in the order of the columns that were asked for; nothing for a column that
/// the file does not have.
using row_fields = std::span<std::optional<csv_field> const>;
struct wanted_column {
    std::string name;
    bool needed = true;
};

/// Shape:      what was published by model, from reconciliation.csv and MODEL_by_channel.csv, and the
///             records behind it: touchpoints from audit.csv, conversions from the pairs and from
///             unattributed.csv. A conversion has as many rows of pairs as touchpoints; how many
///             times the same one was there is told by how many times audit.csv has its first.
/// Errors:     input_error, naming the file and what to do: a directory that is none, or of another
///             program; a file that is missing or damaged, or whose amounts are not those of
///             reconciliation.csv, because it is of another run. A message about a field ends with
///             how the file is made anew.
/// Complexity: reads every file once, audit.csv twice; holds the conversions.
class earlier_run {
  public:
    /// What a model gave by channel, in 10^-most_decimals; without a channel: unattributed.
    struct published {
        std::string model;
        std::map<std::optional<std::string>, wide_integer> amounts;
    };

    earlier_run(std::filesystem::path directory, run_layout layout);

    [[nodiscard]] std::filesystem::path const& directory() const { return directory_; }
    /// Nothing if there were no conversions: then every model gave nothing to anybody.
    [[nodiscard]] std::vector<published> const& models() const { return models_; }

    /// Whether the file, one of those that every run writes, has the column.
    [[nodiscard]] bool has(std::string const& file, std::string const& column) const;
    /// Every touchpoint, in the order in which the run had them.
    void touchpoints(std::vector<wanted_column> const& columns,
                     std::function<void(row_fields)> const& visit) const;
    /// Every conversion, those that earned something for somebody first.
    void conversions(std::vector<wanted_column> const& columns,
                     std::function<void(row_fields)> const& visit) const;
    /// The rows of another of its files. Nothing, if it has none of that name.
    void rows(std::string const& file, std::vector<wanted_column> const& columns,
              std::function<void(row_fields)> const& visit) const;

    /// All values of conversions, refunds taken off, are what reconciliation.csv says; rounded to as
    /// many decimals as the run had room for. `values` are in 10^-most_decimals.
    void check_values(std::vector<wide_integer> const& values) const;

  private:
    using visit_header = std::function<void(std::vector<std::string> const&)>;
    void read(std::string const& file, visit_header const& header,
              std::function<void(csv_row const&)> const& visit) const;
    void with_remedy(std::function<void()> const& action) const;
    [[nodiscard]] std::vector<std::string> header_of(std::string const& file) const;
    [[nodiscard]] std::string shown(std::string const& file) const;
    [[nodiscard]] std::string remedy() const;
    [[noreturn]] void refuse(std::string const& file, std::string const& what) const;
    void check_directory() const;
    void read_models();

    std::filesystem::path directory_;
    run_layout layout_;
    std::vector<published> models_;
    std::size_t conversions_ = 0;
    wide_integer value_in_ = 0;
};

/// Amounts of an earlier run, in the units of this one.
///
/// Errors: input_error if they do not fit with so many decimals.
class earlier_amounts {
  public:
    explicit earlier_amounts(int decimals) : decimals_{decimals} {}

    [[nodiscard]] exact_amount operator()(csv_field const& field);
    /// As they were read, in 10^-most_decimals.
    [[nodiscard]] std::vector<wide_integer> const& values() const { return values_; }

  private:
    int decimals_;
    std::vector<wide_integer> values_;
    wide_integer sum_ = 0;  // of what they are without their signs
};

}  // namespace examples
