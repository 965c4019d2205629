// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/page.hpp>
#include <support/report_model.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the page is written with.
namespace examples::on_page {

struct column {
    std::string title;
    bool number = false;
};
using cells = std::vector<std::string>;

/// A table that sorts and filters. `rows` may have a class each; `total` may be empty.
struct table {
    std::string caption;
    std::vector<column> columns;
    std::vector<cells> rows = {};
    std::vector<std::string> kinds = {};
    cells total = {};
    std::string file = "the CSV files have";  // where all rows are
    bool titled = false;                      // the caption stands above it as a heading
    bool whole = false;                       // never long: paper has all of it, too

    void row(cells line, std::string kind = {}) {
        rows.push_back(std::move(line));
        kinds.push_back(std::move(kind));
    }
};

class page {
  public:
    template <class... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
        text += '\n';
    }
    /// Text of the data or of the report in a tag.
    void tag(std::string_view name, std::string_view words, std::string_view more = {}) {
        add("<{0}{1}>{2}</{0}>", name, more, html_text(words));
    }

    std::string text;
    std::vector<table> long_tables;  // the script has their rows, and shows them page by page
};

/// A page should open at once: a table has this many rows in it, and the rest is in its file.
inline constexpr std::size_t most_rows = 10'000;
/// A table of more rows than `few_rows` is long: it arrives with its first ones.
inline constexpr std::size_t few_rows = 50, first_rows = 25;

/// Tables, figures and cards, as the style and the script know them.
void add(page& to, table shown);
void add(page& to, figure const& drawn);
void add(page& to, report_table const& shown);
void add(page& to, key_figure const& figure);

/// "12.50 USD", or without a unit where the data do not say it.
[[nodiscard]] std::string with_currency(report_model const& report, std::string text);

/// The attribution's own sections.
void add_comparison(page& to, report_model const& report);
void add_proof(page& to, report_model const& report);
void add_findings(page& to, report_model const& report);
void add_audit(page& to, report_model const& report);
void add_paths(page& to, report_model const& report, std::size_t shown);

/// The largest conversions first, as many as fit.
[[nodiscard]] std::vector<conversion_path const*> shown_paths(report_model const& report);
/// The places of those and of the next one.
[[nodiscard]] std::vector<std::size_t> places_to_keep(std::vector<conversion_path> const& paths);
/// What the script reads, as JSON that nothing in it can end.
[[nodiscard]] std::string data_of(report_model const& report,
                                  std::vector<conversion_path const*> const& paths,
                                  std::vector<table> const& long_tables);

}  // namespace examples::on_page
