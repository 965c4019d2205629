// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "records.hpp"
#include "rows.hpp"
#include "settings.hpp"

#include <support/input_table.hpp>
#include <support/key_order.hpp>
#include <support/names.hpp>
#include <support/time_format.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

/// Tables that are bigger than memory: --sorted-by-key.
namespace own_files {

/// Two tables whose rows are sorted by their keys. They are read twice: first each for itself, to see
/// that it is so and what else only all rows tell (formats of times, decimals, currencies), then side
/// by side, part by part.
///
/// Complexity: holds a part, the names of channels, kinds and segments, and the ids of refunds.
class sorted_tables {
  public:
    /// Reads both for the first time.
    ///
    /// Errors: examples::input_error, naming table, row and column; CLI::ValidationError.
    explicit sorted_tables(settings const& asked);

    /// What is known of all records, without any.
    [[nodiscard]] records const& known() const { return known_; }
    /// Names that were seen, without empty ones.
    [[nodiscard]] examples::name_counts const& channels() const { return channels_; }
    [[nodiscard]] examples::name_counts const& kinds() const { return kinds_; }
    [[nodiscard]] examples::name_counts const& segments() const { return segments_; }
    /// How many there were in the parts so far, refunds among the conversions.
    [[nodiscard]] std::size_t touchpoints() const { return touches_.read; }
    [[nodiscard]] std::size_t conversions() const { return sales_.read - known_.other_currencies; }

    /// The records of the next keys, in the order of the tables; false after the last ones, with an
    /// empty part.
    ///
    /// Errors: examples::input_error, also if a table is another than at the first reading, or a
    ///         refund is not of the same key as what it takes back.
    [[nodiscard]] bool next(records& part);

    /// The part of all rows that has been read for the second time, in percent.
    [[nodiscard]] std::size_t percent() const;

  private:
    /// A table, and the row on which its second reading stands.
    template <class Columns>
    struct side {
        Columns places = {};
        std::unique_ptr<examples::input_table> table = {};
        std::unique_ptr<examples::table_cursor> cursor = {};
        std::size_t rows = 0, read = 0;
        bool there = false;                   // on a row
        std::optional<std::string> key = {};  // of the row
        std::optional<examples::time_format> format = {};
    };
    /// What is known of the conversions that have the id of a refund.
    struct refunded {
        std::optional<std::string> key = {};
        bool seen = false, of_several_keys = false, paid_back = false;
        std::size_t sold = 0;
    };

    template <class Columns, class Visit>
    void look_at(side<Columns>& of, std::string const& source, Visit visit);
    void look_at_touchpoints();
    void look_at_conversions();
    template <class Columns>
    [[nodiscard]] std::vector<std::string> chosen(side<Columns>& of,
                                                  std::vector<std::string> const& header,
                                                  std::string* said = nullptr) const;
    template <class Columns>
    void begin(side<Columns>& of);
    template <class Columns>
    void step(side<Columns>& of);
    template <class Columns>
    [[nodiscard]] examples::instant time_of(side<Columns> const& of, bool end_of_day);
    void take_touchpoint(records& part);
    void take_conversion(records& part);
    void note_refund(sale const& one);
    void check_end() const;

    settings const& asked_;
    examples::wall_clock clock_;
    examples::key_order order_;
    examples::kept_once keys_;  // of the part
    examples::reading again_;   // how the tables are read for the second time
    records known_;
    examples::name_counts channels_, kinds_, segments_;
    std::optional<std::string> currency_;
    std::unordered_map<std::string, refunded> refunds_;
    side<touch_columns> touches_;
    side<sale_columns> sales_;
};

}  // namespace own_files
