// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/figures.hpp>
#include <support/instant.hpp>
#include <support/money_text.hpp>

#include <attribution/quality/findings.hpp>

#include <date/date.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Everything a report says, figured out once: the terminal, the pictures, the page, the written
/// summary and the database all read these values, so that no two of them can differ.
namespace examples {

/// A model, as it is shown.
struct model_description {
    std::string name = {};    // first_touch
    std::string title = {};   // first touch
    std::string text = {};    // one sentence that says who gets the credit
    std::string colour = {};  // #rrggbb
};

/// Credited amounts in hundredths, one line for each channel and one column for each model; every
/// column adds up to its total.
struct comparison {
    struct line {
        std::string name = {};
        bool attributed;
        std::vector<std::optional<std::int64_t>> cents =
            {};  // empty: the model does not know the line
        std::vector<value_range> ranges =
            {};  // intervals, one for each model; empty: not asked for
    };
    std::string key_title = {};  // channel
    std::vector<line> lines = {};
    std::vector<std::int64_t> totals = {};
};

/// The lines for the terminal, models across, with their totals.
[[nodiscard]] std::string comparison_text(comparison const& table,
                                          std::vector<model_description> const& models);

/// What one model gives a channel, in all or of one group of conversions (a sales segment).
struct credited_line {
    std::size_t model = {};
    std::string group = {};  // empty: all
    std::string name = {};   // of the channel
    bool attributed;
    std::int64_t units = {};
};

/// What went in is what came out.
struct reconciled {
    std::string title = {};  // of the model
    std::string value_in = {}, credited = {}, unattributed = {};
};

/// How many records of a kind share a reason, in the order from credit to the furthest from it.
struct reason_count {
    std::string text = {};
    std::size_t count = {};
};
struct reason_table {
    std::string title = {};  // what became of the touchpoints, linear model
    std::vector<reason_count> lines = {};
};

/// One conversion with the touchpoints that earned it, by time.
struct path_step {
    std::string kind = {};  // marketing
    std::string channel = {};
    std::string who = {};
    instant at = {};
    std::vector<std::optional<std::int64_t>> units = {};  // by model; empty: no credit
};
struct conversion_path {
    std::string name = {};
    std::string group = {};  // its segment, if it has one
    instant at = {};
    std::int64_t units = {};
    std::string reason = {};  // "credited", or why it is unattributed
    std::vector<path_step> steps = {};
};

/// What is said of all paths together.
struct path_sums {
    using month = date::year_month;

    std::size_t conversions = 0;
    std::vector<std::size_t> unattributed = {};  // how many, by model
    /// How many conversions came so many whole days after the first step of their path.
    std::map<std::int64_t, std::size_t> days_to_conversion = {};
    /// Hundredths by the chosen model, by month of the conversion (UTC) and channel; nothing: what is
    /// unattributed. There is a month for every conversion.
    std::map<month, std::map<std::optional<std::string>, std::int64_t>> cents_by_month = {};
};

/// What the cells of a column hold, as they are written to CSV files: amounts and decimals have a
/// point and as many decimals as they like, dates are 2024-05-01, times 2024-05-01T10:00:00Z.
enum class column_kind { text, integer, amount, decimal, date, time };

/// A table of the database with the columns of this report alone.
struct database_column {
    using kind = column_kind;
    std::string name = {};
    kind type = kind::text;
};
struct database_table {
    std::string name = {};
    std::vector<database_column> columns = {};
    std::vector<std::vector<std::optional<std::string>>> rows = {};
};

/// A column of a table of the program's own.
struct table_column {
    using kind = column_kind;
    std::string name = {};  // in the CSV file and in the database
    kind type = kind::text;
    std::string title = {};  // for people; empty: the name
    bool if_used = false;    // people do not see it where no row has a value in it
};

/// A table of the program's own: a CSV file, a table of the database, and a table on the page.
struct report_table {
    std::string name = {};     // of the file, without extension, and of the database's table
    std::string title = {};    // for people; empty: the name
    std::string note = {};     // a sentence above it
    std::string section = {};  // where it stands on the page
    std::vector<table_column> columns = {};
    std::vector<std::vector<std::optional<std::string>>> rows = {};  // empty: no value
    bool on_page = true;
    std::vector<std::optional<std::string>> total = {};  // for people, below the rows
};

/// One figure that a reader must not miss: a card on the page, a line of the summary.
struct key_figure {
    std::string title = {};    // Customers
    std::string value = {};    // 93,358, as it is shown
    std::string note = {};     // of which 3.0 % came back
    std::string section = {};  // where its card stands
};

struct input_file {
    std::string name = {};
    std::uintmax_t bytes = {};
    std::string sha256 = {};
};

/// Takes a step of a path: its cells in the table of pairs, and what each model gave it.
using step_visitor = std::function<void(std::vector<std::optional<std::string>> cells,
                                        std::span<std::optional<std::int64_t> const> units)>;

/// Words that differ from report to report.
struct report_words {
    std::string channel = {}, channels = {};        // platform, platforms
    std::string conversion = {}, conversions = {};  // account, accounts
    std::string touchpoint = {}, touchpoints = {};  // connect or use, connects and uses
    std::string amount = {};                        // net revenue
    std::string group = {};  // sales segment; empty: conversions have no groups
};

/// A report of a program: what it attributed, and what it found besides.
///
/// Sections: parts of the page, in this order; figures, tables and key figures name theirs. The empty
///           one is the attribution's own: it stands where "" does, or after the others.
/// Edges:    without models nothing was attributed, and no output speaks of it.
struct report_model {
    std::string program = {};
    std::string version = {};
    std::string title = {};
    std::string question = {};
    report_words words = {};
    std::string currency = {};  // USD; empty: the data do not say
    int unit_decimals = 2;      // of `units`; `cents` have two

    std::vector<model_description> models = {};
    std::size_t chosen = 0;  // the model that the report recommends reading first
    std::vector<std::string> policy = {};
    comparison compared = {};
    std::vector<credited_line> by_channel = {};
    std::vector<credited_line> by_group = {};
    std::vector<reconciled> proof = {};
    attribution::findings found = {};
    std::vector<reason_table> reasons = {};
    std::vector<std::string> sections = {};  // titles
    std::vector<figure> figures = {};
    std::vector<key_figure> key_figures = {};
    std::vector<report_table> tables = {};
    std::vector<conversion_path> paths = {};  // all, or the largest, if there are sums of all
    std::optional<path_sums> sums = {};
    /// Visits the steps of all paths in their order, if `paths` are the largest and `pairs` has no rows.
    std::function<void(step_visitor const&)> every_step = {};
    std::vector<std::string> long_texts = {};  // of all paths; see shortened()
    database_table pairs = {};                 // one row for each step of each path, in their order
    database_table unattributed = {};          // one row for each conversion that nothing earned
    std::vector<std::pair<std::string, std::string>> options = {};
    std::vector<input_file> inputs = {};
    std::vector<std::string> changes = {};  // since an earlier run, in sentences; see restated.hpp
    std::size_t texts_cut = 0;              // how many texts are not whole: see shortened()
};

/// Those of the report, or of all its paths.
[[nodiscard]] path_sums sums_of(report_model const& report);
/// Adds those of the paths of a report, or of a part of one.
void add_sums(path_sums& to, report_model const& report);
[[nodiscard]] std::size_t conversions_in(report_model const& report);

/// X in = Y credited + Z unattributed, by the chosen model; proved by groups, which are called that.
[[nodiscard]] std::string reconciliation_text(report_model const& report,
                                              std::string const& group = "segment");

/// A line of what one model gives, in units.
struct unit_line {
    std::int64_t units = 0;
    bool attributed = true;
};
/// The lines in hundredths that add up to the rounded total. What nobody earned is rounded by itself,
/// because all models that leave it must say the same; the others share the rest, rounded down, and
/// the hundredths left over go to the largest remainders, ties to the earlier line.
///
/// Edges:  a refund may leave halves on both sides of zero, which no such share can add up; then all
///         lines are rounded together.
/// Errors: std::invalid_argument if `cent`, the units of a hundredth, is not positive.
[[nodiscard]] std::vector<std::int64_t> column_cents(std::vector<unit_line> const& lines,
                                                     std::int64_t cent);

/// Units in hundredths, rounded half away from zero.
[[nodiscard]] std::int64_t to_cents(report_model const& report, std::int64_t units);

/// What a model gave the steps of a path, in hundredths that add up to the rounded value of the
/// conversion.
[[nodiscard]] std::vector<std::optional<std::int64_t>>
path_cents(report_model const& report, conversion_path const& path, std::size_t model);

/// Lines by group and channel, all models across: hundredths that add up to each model's total.
/// Groups in order, in each the largest channel of the chosen model first, unattributed ones last.
struct group_line {
    std::string group, name = {};
    bool attributed;
    std::vector<std::optional<std::int64_t>> cents = {};
};
[[nodiscard]] std::vector<group_line> by_group_cents(report_model const& report);

/// What a channel is called in a sentence: also one whose name is empty, as in exports without a source.
[[nodiscard]] std::string name_in_words(std::string const& channel);

/// The headline of a model.
struct model_facts {
    std::int64_t total = 0, credited = 0;  // cents
    std::size_t unattributed_conversions = 0;
    std::string largest = {};  // channel, in words; empty if nothing was credited
    std::int64_t largest_cents = 0;
    std::string second = {};
    std::int64_t second_cents = 0;
};
[[nodiscard]] model_facts facts_of(report_model const& report, std::size_t model);

/// 5,090.00
[[nodiscard]] inline std::string cents_text(std::int64_t cents) {
    return format_decimal(cents, 2, decimal_style::grouped);
}

/// 1,572
[[nodiscard]] inline std::string count_text(std::size_t count) {
    return format_decimal(static_cast<std::int64_t>(count), 0, decimal_style::grouped);
}

/// "1 account", "1,572 accounts"
[[nodiscard]] inline std::string counted_text(std::size_t count, std::string_view one,
                                              std::string_view several) {
    return count_text(count) + ' ' + std::string{count == 1 ? one : several};
}

/// `part` of `whole` in percent with one decimal, exactly rounded half away from zero: 33.3 %.
/// Nothing of nothing is 0.0 %.
[[nodiscard]] std::string percent_text(std::int64_t part, std::int64_t whole);

}  // namespace examples
