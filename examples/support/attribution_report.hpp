// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/instant.hpp>
#include <support/output.hpp>
#include <support/page.hpp>
#include <support/report_model.hpp>
#include <support/report_text.hpp>
#include <support/shortened.hpp>

#include <attribution/attribute.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/reconcile.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// What every report says of an attribution, over any records: how models compare, what became of
/// every touchpoint, where every amount went, and the path of every conversion.
namespace examples {

/// The result files of a run, and a list of their names.
class result_files {
  public:
    explicit result_files(output_directory& out) : out_{&out} {}

    csv_writer operator()(std::string const& name) { return {*out_, add(name)}; }
    std::string const& add(std::string const& name) { return names.emplace_back(name); }

    std::vector<std::string> names;

  private:
    output_directory* out_;
};

/// Appends a text, one that may be missing, or a time as time_text has it. False if it is missing.
template <class Value>
bool append_text(std::string& to, Value const& value) {
    if constexpr (std::is_convertible_v<Value const&, std::string_view>)
        to += std::string_view{value};
    else if constexpr (std::is_same_v<Value, instant>)
        append_time(to, value);
    else
        return value.has_value() && append_text(to, *value);
    return true;
}

/// What a column says of a record: made of any projection to what append_text takes. Texts of records
/// are not copied on their way to a file.
template <class Record>
class record_text {
  public:
    record_text() = default;
    template <class Projection>
        requires(!std::is_same_v<std::remove_cvref_t<Projection>, record_text> &&
                 std::is_invocable_v<Projection const&, Record const&>)
    record_text(Projection of)
        : append_{[of = std::move(of)](Record const& record, std::string& to) {
              return append_text(to, std::invoke(of, record));
          }} {}

    /// False if there is no text.
    bool append(Record const& record, std::string& to) const { return append_(record, to); }
    [[nodiscard]] std::optional<std::string> operator()(Record const& record) const {
        std::string text;
        return append(record, text) ? std::optional{std::move(text)} : std::nullopt;
    }

  private:
    std::function<bool(Record const&, std::string&)> append_;
};

/// A column of a result: its name, and its text for a record.
template <class Record>
struct record_column {
    std::string name = {};
    database_column::kind type = database_column::kind::text;
    record_text<Record> text = {};
};

/// What results say of the records.
template <class Touchpoint, class Conversion>
struct record_columns {
    std::vector<record_column<Conversion>> conversion = {};  // of pairs and of what is unattributed
    std::vector<record_column<Touchpoint>> touchpoint = {};  // of pairs, after those
    std::vector<record_column<Touchpoint>> audit = {};
    std::string pairs = {}, unattributed = {};  // names of those tables
    std::string credited = {};                  // of the last column of audit.csv
    /// Without `name`, audit.csv does not tell conversions.
    std::function<std::string(Conversion const&)> name = {}, group = {};
    std::function<path_step(Touchpoint const&)> step = {};  // without units
};

/// A model that is chosen at run time, and how it is shown.
template <class Journeys>
struct shown_model {
    model_description shown = {};
    std::function<void(typename Journeys::path_type const&, attribution::weights)> weigh = {};
};

/// Adds a model by its name: position_based is shown as "position based", in that colour or one of the
/// palette.
template <class Journeys, class Model>
void add_model(std::vector<shown_model<Journeys>>& models, std::string name, std::string text,
               Model model, std::string_view colour = {}) {
    auto title = name;
    std::ranges::replace(title, '_', ' ');
    if (colour.empty())
        colour = palette[models.size() % std::size(palette)];
    models.push_back(
        {model_description{std::move(name), title, std::move(text), std::string{colour}},
         std::move(model)});
}

/// Models of one join, each shown as the text of the report says.
template <class Journeys>
class told_models {
  public:
    explicit told_models(report_text text) : text_{std::move(text)} {}

    template <class Model>
    void add(std::string name, Model model) {
        auto shown = text_.model(std::move(name));
        if (shown.colour.empty())
            shown.colour = palette[models_.size() % std::size(palette)];
        models_.push_back({std::move(shown), std::move(model)});
    }
    /// A model that `fit` learns, where something can be learned.
    template <class Fit>
    void learn(std::string name, Fit fit) {
        try {
            add(std::move(name), fit());
        } catch (attribution::fit_error const&) {  // a report without conversions is still a report
        }
    }
    [[nodiscard]] std::vector<shown_model<Journeys>> all() && { return std::move(models_); }

  private:
    report_text text_;
    std::vector<shown_model<Journeys>> models_;
};

/// The ledger of what a model gives, one for each.
template <class Journeys, class Policy>
[[nodiscard]] auto credits_of(Journeys const& journeys,
                              std::vector<shown_model<Journeys>> const& models,
                              Policy const& policy) {
    using ledger = decltype(attribution::attribute(journeys, models.front().weigh, policy));
    std::vector<ledger> credits;
    for (auto const& model : models)
        credits.push_back(attribution::attribute(journeys, model.weigh, policy));
    return credits;
}

/// One report for each ledger: what each model gives each group.
template <class Ledger, class Groups>
[[nodiscard]] auto compare_by(std::vector<Ledger> const& credits, Groups const& groups) {
    std::vector<decltype(credits.front() | groups)> reports;
    for (auto const& each : credits)
        reports.push_back(each | groups);
    return reports;
}

/// What every model gives every channel, in cents that add up; the largest of the first model
/// first, equal ones by name, and what nobody earned last.
template <class Report>
[[nodiscard]] comparison compared(std::vector<Report> const& by_channel, std::string key_title,
                                  int decimals) {
    using cells = std::vector<std::int64_t>;
    using key = std::pair<bool, std::string>;  // unattributed ones last
    std::map<key, cells> units_of;
    for (std::size_t model = 0; model < by_channel.size(); ++model)
        for (auto const& row : by_channel[model]) {
            std::string name{row.key ? std::string_view{*row.key} : "unattributed"};
            auto& line = units_of[{!row.attributed, std::move(name)}];
            line.resize(by_channel.size());
            line[model] = units(row.amount, decimals);
        }
    std::vector<std::pair<key, cells>> rows(units_of.begin(), units_of.end());
    std::ranges::stable_sort(rows, [](auto const& a, auto const& b) {
        return std::pair{a.first.first, -a.second[0]} < std::pair{b.first.first, -b.second[0]};
    });

    auto const cent = units_of_one(decimals - 2);
    comparison table{.key_title = std::move(key_title)};
    for (auto const& [name, line] : rows)
        table.lines.push_back({name.second, !name.first, {}});
    for (std::size_t model = 0; model < by_channel.size(); ++model) {
        std::vector<unit_line> column;
        for (auto const& row : rows)
            column.push_back({row.second[model], !row.first.first});
        auto const rounded = column_cents(column, cent);
        table.totals.push_back(0);
        for (std::size_t i = 0; i < rounded.size(); ++i) {
            table.lines[i].cents.emplace_back(rounded[i]);
            table.totals.back() += rounded[i];
        }
    }
    return table;
}

/// The lines of reports by channel, or by group and channel, that have credits; model by model, the
/// largest first. `key_of` makes the group and the channel of a key.
template <class Report, class Key>
[[nodiscard]] std::vector<credited_line> credited_lines(std::vector<Report> const& reports,
                                                        int decimals, Key key_of) {
    std::vector<credited_line> lines;
    for (std::size_t model = 0; model < reports.size(); ++model)
        for (auto const& row : reports[model].largest_first())
            if (row.credits > 0) {
                auto const [group, channel] = key_of(row.key);
                lines.push_back({model, std::string{group},
                                 std::string{channel ? std::string_view{*channel}
                                                     : std::string_view{"(unattributed)"}},
                                 row.attributed, units(row.amount, decimals)});
            }
    return lines;
}

/// What was earned by channel, or by group and channel, the largest first. `header` has a name for
/// each part of the key, and one for the amount.
template <class Report>
void write_totals(csv_writer file, std::vector<std::string> const& header, Report const& report,
                  int decimals) {
    file.cells(header);
    for (auto const& row : report.largest_first()) {
        if (!row.attributed || row.credits == 0)
            continue;
        auto const amount = amount_text(row.amount, decimals);
        if constexpr (requires { row.key.value(); })
            file.row(*row.key, amount);
        else
            file.row(std::get<0>(row.key), *std::get<1>(row.key), amount);
    }
}

/// How the columns of such totals are called.
struct total_titles {
    std::string group, channel, amount;
};

/// What every model gives: MODEL_by_channel.csv and, if conversions have groups,
/// MODEL_by_segment_and_channel.csv. One report for each model.
template <class ByChannel, class ByBoth>
void write_totals_by_model(result_files& files, report_model const& report,
                           total_titles const& titles, std::vector<ByChannel> const& by_channel,
                           std::vector<ByBoth> const& by_both) {
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        auto const& name = report.models[model].name;
        write_totals(files(name + "_by_channel.csv"), {titles.channel, titles.amount},
                     by_channel[model], report.unit_decimals);
        if (!report.words.group.empty())
            write_totals(files(name + "_by_segment_and_channel.csv"),
                         {titles.group, titles.channel, titles.amount}, by_both[model],
                         report.unit_decimals);
    }
}

/// What every model gives every channel of every group of conversions. `by_both` are reports by group
/// and channel.
template <class Report>
void describe_groups(report_model& report, std::vector<Report> const& by_both) {
    report.by_group =
        credited_lines(by_both, report.unit_decimals, [](auto const& key) { return key; });
}

/// From credit to the furthest from it.
[[nodiscard]] inline reason_table
reasons_of(std::string title, std::vector<attribution::outcome_count> const& counts) {
    reason_table table{std::move(title), {}};
    for (auto const& each : counts)
        table.lines.push_back({each.text, each.count});
    std::ranges::reverse(table.lines);
    return table;
}

/// The cells of a record.
template <class Record>
void append_cells(std::vector<std::optional<std::string>>& cells,
                  std::vector<record_column<Record>> const& columns, Record const& record) {
    for (auto const& column : columns)
        cells.push_back(column.text(record));
}

/// One of them, to a file. `text` is room for it.
template <class Record>
void write_cell(csv_writer& file, record_column<Record> const& column, Record const& record,
                std::string& text) {
    text.clear();
    column.text.append(record, text);
    file.cell(text);
}

template <class Record>
void append_columns(std::vector<database_column>& to,
                    std::vector<record_column<Record>> const& columns) {
    for (auto const& column : columns)
        to.push_back({column.name, column.type});
}

/// The names of the columns of a table, and its rows: together, the result file that write_table
/// writes.
void write_header(csv_writer& file, database_table const& table);
void write_rows(csv_writer& file, database_table const& table);

/// A table of a report as a result file.
void write_table(csv_writer file, database_table const& table);

/// The names of the columns of audit.csv; without a title, conversions have none there.
template <class Columns>
void write_audit_header(csv_writer& file, Columns const& columns,
                        std::string const& conversion_title) {
    std::vector<std::string> cells;
    for (auto const& column : columns.audit)
        cells.push_back(column.name);
    cells.insert(cells.end(), {"outcome", "reason"});
    if (!conversion_title.empty())
        cells.push_back(conversion_title);
    cells.insert(cells.end(), {"credits", columns.credited});
    file.cells(cells);
}

/// Its lines, of all touchpoints or of a part; conversions without names are not told.
template <class Journeys, class Audit, class Columns, class Earned>
void write_audit_rows(csv_writer& file, Journeys const& journeys, Audit const& audit,
                      Columns const& columns, Earned const& earned, int decimals) {
    auto const& touchpoints = journeys.touchpoints();
    auto const found = audit.touchpoints();
    using outcome = std::pair<attribution::outcome, std::size_t>;
    std::vector<std::pair<outcome, std::string>> reasons;  // few, for many touchpoints
    auto const reason = [&](std::size_t row) -> std::string const& {
        outcome const what{found[row].what, found[row].part};
        auto place = std::ranges::find(reasons, what, [](auto const& one) { return one.first; });
        if (place == reasons.end())
            place = reasons.insert(place, {what, audit.touchpoint_reason(row)});
        return place->second;
    };
    std::string text;
    for (std::size_t row = 0; row < found.size(); ++row) {
        auto const& touch = touchpoints[row];
        for (auto const& column : columns.audit)
            write_cell(file, column, touch, text);
        auto const& one = found[row];
        file.cell(to_string(one.what));
        file.cell(reason(row));
        if (columns.name)
            file.cell(one.conversion == attribution::no_row
                          ? std::string{}
                          : columns.name(journeys.conversions()[one.conversion]));
        file.cell(std::to_string(one.credits));
        file.cell(amount_text(earned[row], decimals));
        file.end_row();
    }
}

/// One line per touchpoint, in the order of the files: what it earned, or why it earned nothing,
/// and the first conversion where it got that far. `earned` are the amounts by row.
template <class Journeys, class Audit, class Columns, class Earned>
void write_audit(csv_writer file, Journeys const& journeys, Audit const& audit,
                 Columns const& columns, std::string const& conversion_title, Earned const& earned,
                 int decimals) {
    write_audit_header(file, columns, conversion_title);
    write_audit_rows(file, journeys, audit, columns, earned, decimals);
}

/// What every touchpoint earned, by row, as the audit has it, which lives longer.
template <class Audit>
class earned_in {
  public:
    explicit earned_in(Audit const& audit) : audit_{&audit} {}

    [[nodiscard]] auto const& operator[](std::size_t row) const {
        return audit_->touchpoints()[row].amount;
    }

  private:
    Audit const* audit_;
};

/// A line of reconciliation.csv: whose it is, and what went in, was credited and was not.
template <class Row, class Text>
[[nodiscard]] std::vector<std::string> proof_cells(std::vector<std::string> whose, Row const& row,
                                                   Text text) {
    whose.insert(whose.end(), {text(row.value_in), text(row.credited), text(row.unattributed),
                               text(row.difference)});
    return whose;
}

/// What went in, was credited and was not, for people: a row of a proof.
template <class Row, class Text>
[[nodiscard]] reconciled proof_line(std::string title, Row const& row, Text text) {
    return {std::move(title), text(row.value_in), text(row.credited), text(row.unattributed)};
}

/// What went in, was credited and was not, by one model.
///
/// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
template <class Ledger, class Text>
[[nodiscard]] reconciled proof_of(std::string title, Ledger const& credits, Text text) {
    auto const proof = attribution::reconcile(credits);
    proof.check();
    return proof_line(std::move(title), proof[0], text);
}

/// Where the credits of a conversion begin in a ledger, or those of the next one that has any.
template <class Ledger>
[[nodiscard]] std::size_t credits_from(Ledger const& credits, std::size_t conversion) {
    auto const place =
        std::partition_point(credits.begin(), credits.end(),
                             [&](auto const& credit) { return credit.conversion < conversion; });
    return static_cast<std::size_t>(place - credits.begin());
}

/// Those tables of the database that say what became of conversions, without rows.
template <class Columns>
void begin_tables(report_model& report, Columns const& columns) {
    report.pairs = {columns.pairs, {}, {}};
    report.unattributed = {columns.unattributed, {}, {}};
    for (auto* const table : {&report.pairs, &report.unattributed})
        append_columns(table->columns, columns.conversion);
    append_columns(report.pairs.columns, columns.touchpoint);
    report.unattributed.columns.push_back({"reason"});
}

/// The paths of the conversions in [first, last), and rows of those that have none. Calls `pair(row,
/// credit)` for each step, with the row of its conversion.
template <class Journeys, class Ledger, class Audit, class Columns, class Pair>
void add_paths(report_model& report, Journeys const& journeys, Ledger const& all,
               Audit const& audit, Columns const& columns, std::size_t first, std::size_t last,
               Pair const& pair) {
    auto const& conversions = journeys.conversions();
    auto next = all.begin() + static_cast<std::ptrdiff_t>(credits_from(all, first));
    for (auto row = first; row < last; ++row) {
        auto const& sale = conversions[row];
        auto& path = report.paths.emplace_back(
            conversion_path{columns.name(sale),
                            columns.group(sale),
                            conversions.time(row),
                            units(conversions.value(row), report.unit_decimals),
                            audit.conversion_reason(row),
                            {}});
        for (; next != all.end() && next->conversion == row; ++next) {
            if (!next->attributed()) {
                auto& cells = report.unattributed.rows.emplace_back();
                append_cells(cells, columns.conversion, sale);
                cells.emplace_back(path.reason);
                continue;
            }
            pair(row, *next);
            path.steps.push_back(columns.step(all.touchpoint(*next)));
            path.steps.back().units.resize(report.models.size());
        }
    }
}

/// Conversions and what came before them, from the credits of a model that credits all of a path;
/// the models' own amounts come later. `audit` knows why a conversion has none.
template <class Journeys, class Ledger, class Audit, class Columns>
void add_paths(report_model& report, Journeys const& journeys, Ledger const& all,
               Audit const& audit, Columns const& columns) {
    begin_tables(report, columns);
    add_paths(report, journeys, all, audit, columns, 0, journeys.conversions().size(),
              [&](std::size_t row, auto const& credit) {
                  auto& cells = report.pairs.rows.emplace_back();
                  append_cells(cells, columns.conversion, journeys.conversions()[row]);
                  append_cells(cells, columns.touchpoint, all.touchpoint(credit));
              });
}

/// What a model gave the steps of the paths of conversions in [first, last). `all` is the ledger of
/// which they were made: both name the touchpoints of a path in the order of time.
template <class Ledger>
void add_credits(report_model& report, Ledger const& all, Ledger const& credits, std::size_t model,
                 std::size_t first, std::size_t last) {
    auto const end = credits_from(credits, last);
    auto begin_of_path = credits_from(all, first);
    for (auto i = credits_from(credits, first); i < end; ++i) {
        auto const& credit = credits[i];
        if (!credit.attributed())
            continue;
        while (all[begin_of_path].conversion < credit.conversion)
            ++begin_of_path;
        auto step = begin_of_path;
        while (all[step].touchpoint != credit.touchpoint)
            ++step;
        auto& given =
            report.paths[credit.conversion - first].steps[step - begin_of_path].units[model];
        given = given.value_or(0) + units(credit.amount, report.unit_decimals);
    }
}

/// The same of all paths.
template <class Ledger>
void add_credits(report_model& report, Ledger const& all, Ledger const& credits,
                 std::size_t model) {
    add_credits(report, all, credits, model, 0, report.paths.size());
}

/// The comparison has a line for each channel and model; so have the lines by channel, also where a
/// model gave nothing. Where no model leaves anything unattributed, there is no line for it.
inline void add_lines_of_nothing(report_model& report) {
    auto const credited = report.by_channel;
    bool const all_attributed = std::ranges::all_of(credited, &credited_line::attributed);
    for (std::size_t model = 0; model < report.models.size(); ++model)
        for (auto const& line : report.compared.lines) {
            if (!line.attributed && all_attributed)
                continue;
            auto const name = line.attributed ? line.name : "(unattributed)";
            auto const there = [&](credited_line const& one) {
                return one.model == model && one.attributed == line.attributed && one.name == name;
            };
            if (std::ranges::none_of(credited, there))
                report.by_channel.push_back({model, {}, name, line.attributed, 0});
        }
    std::ranges::stable_sort(report.by_channel, {}, &credited_line::model);
}

/// What every model gives every channel, for people.
template <class ByChannel>
void describe_channels(report_model& report, ByChannel const& by_channel) {
    report.compared = compared(by_channel, report.words.channel, report.unit_decimals);
    report.by_channel = credited_lines(by_channel, report.unit_decimals, [](auto const& channel) {
        return std::pair{std::string{}, channel};
    });
    add_lines_of_nothing(report);
}

/// How many touchpoints of the chosen model, and conversions, share which reason.
inline void describe_reasons(report_model& report,
                             std::vector<attribution::outcome_count> const& touchpoints,
                             std::vector<attribution::outcome_count> const& conversions) {
    report.reasons = {reasons_of(fmt::format("{}, {}", report.words.touchpoints,
                                             report.models[report.chosen].title),
                                 touchpoints),
                      reasons_of(report.words.conversions, conversions)};
}

/// What the models gave, and that nothing is missing.
///
/// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
template <class Journeys, class Ledger, class ByChannel>
void describe_models(report_model& report, std::vector<shown_model<Journeys>> const& models,
                     std::vector<Ledger> const& credits, ByChannel const& by_channel) {
    auto const decimals = report.unit_decimals;
    for (auto const& model : models)
        report.models.push_back(model.shown);
    describe_channels(report, by_channel);
    for (std::size_t model = 0; model < credits.size(); ++model)
        report.proof.push_back(
            proof_of(report.models[model].title, credits[model],
                     [&](auto const& amount) { return full_text(amount, decimals); }));
}

/// The same, and what became of the records.
template <class Journeys, class Ledger, class Audit, class ByChannel>
void describe_models(report_model& report, std::vector<shown_model<Journeys>> const& models,
                     std::vector<Ledger> const& credits, Audit const& audit,
                     ByChannel const& by_channel) {
    describe_models(report, models, credits, by_channel);
    describe_reasons(report, audit.touchpoint_counts(), audit.conversion_counts());
}

/// What the models gave, in all that people look at: comparison, totals, reasons, proof and paths.
/// `credits` are the models' ledgers, `audit` accounts for the chosen one, and `all` are the credits
/// of a model that credits all of a path.
///
/// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
template <class Journeys, class Ledger, class Audit, class ByChannel, class Columns>
void describe_attribution(report_model& report, Journeys const& journeys,
                          std::vector<shown_model<Journeys>> const& models,
                          std::vector<Ledger> const& credits, Audit const& audit,
                          ByChannel const& by_channel, Columns const& columns, Ledger const& all) {
    describe_models(report, models, credits, audit, by_channel);
    add_paths(report, journeys, all, audit, columns);
    for (std::size_t model = 0; model < credits.size(); ++model)
        add_credits(report, all, credits[model], model);
}

/// Every step of every path, in few bytes: the rows of its conversion and its touchpoint, and what the
/// models gave it. Its cells are made of the records, which must still be there.
template <class Ledger, class Columns>
class step_book {
  public:
    step_book(Ledger const& all, Columns columns, std::size_t models)
        : conversions_{all.conversions()},
          touchpoints_{all.touchpoints()}, columns_{std::move(columns)}, models_{models} {}

    void add(std::size_t conversion, std::size_t touchpoint) {
        rows_.push_back({conversion, touchpoint});
    }
    void add_units(std::vector<std::optional<std::int64_t>> const& units) {
        for (auto const& one : units)
            units_.push_back(one.value_or(no_credit));
    }

    void operator()(step_visitor const& visit) const {
        std::vector<std::optional<std::int64_t>> units(models_);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            for (std::size_t model = 0; model < models_; ++model) {
                auto const one = units_[i * models_ + model];
                units[model] = one == no_credit ? std::nullopt : std::optional{one};
            }
            std::vector<std::optional<std::string>> cells;
            append_cells(cells, columns_.conversion, conversions_[rows_[i].first]);
            append_cells(cells, columns_.touchpoint, touchpoints_[rows_[i].second]);
            visit(std::move(cells), units);
        }
    }

  private:
    /// No amount is so large. An optional one would take twice as much.
    static constexpr auto no_credit = std::numeric_limits<std::int64_t>::min();

    std::remove_cvref_t<decltype(std::declval<Ledger const&>().conversions())> conversions_;
    std::remove_cvref_t<decltype(std::declval<Ledger const&>().touchpoints())> touchpoints_;
    Columns columns_;
    std::size_t models_;
    // In pieces: they fit where other things were, and need no second place to grow.
    std::deque<std::pair<std::size_t, std::size_t>> rows_;
    std::deque<std::int64_t> units_;  // step by step, those of all models
};

/// The same as describe_attribution for as many conversions as there are: pairs are written to their
/// file as they are made, and of the paths the report has those that a page shows, and what all of
/// them come to. Refunds that the chosen ledger took back count in them. The records live as long as
/// the report.
///
/// Complexity: holds some thousand paths, and some bytes for each step.
template <class Journeys, class Ledger, class Audit, class ByChannel, class Columns>
void write_attribution(report_model& report, csv_writer pairs, Journeys const& journeys,
                       std::vector<shown_model<Journeys>> const& models,
                       std::vector<Ledger> const& credits, Audit const& audit,
                       ByChannel const& by_channel, Columns const& columns, Ledger const& all) {
    constexpr std::size_t at_once = 4'096;
    describe_models(report, models, credits, audit, by_channel);
    begin_tables(report, columns);
    write_header(pairs, report.pairs);
    auto changes = credits[report.chosen].changes();
    std::ranges::stable_sort(changes, {}, [](auto const& change) { return change.conversion; });
    auto change = changes.begin();
    auto const steps =
        std::make_shared<step_book<Ledger, Columns>>(all, columns, report.models.size());
    path_sums sums;
    long_texts cut;
    std::string text;
    auto const& conversions = journeys.conversions();
    std::size_t first = 0;
    do {
        auto const last = std::min(first + at_once, conversions.size());
        report_model part{.unit_decimals = report.unit_decimals,
                          .models = report.models,
                          .chosen = report.chosen};
        add_paths(part, journeys, all, audit, columns, first, last,
                  [&](std::size_t row, auto const& credit) {
                      for (auto const& column : columns.conversion)
                          write_cell(pairs, column, conversions[row], text);
                      for (auto const& column : columns.touchpoint)
                          write_cell(pairs, column, all.touchpoint(credit), text);
                      pairs.end_row();
                      steps->add(row, credit.touchpoint);
                  });
        for (std::size_t model = 0; model < credits.size(); ++model)
            add_credits(part, all, credits[model], model, first, last);
        for (; change != changes.end() && change->conversion < last; ++change)
            part.paths[change->conversion - first].units +=
                units(change->amount, report.unit_decimals);
        for (auto const& path : part.paths) {
            cut.add(path);
            for (auto const& step : path.steps)
                steps->add_units(step.units);
        }
        add_sums(sums, part);
        std::ranges::move(part.unattributed.rows, std::back_inserter(report.unattributed.rows));
        std::ranges::move(part.paths, std::back_inserter(report.paths));
        keep_shown(report.paths);
        first = last;
    } while (first < conversions.size());
    report.sums = std::move(sums);
    report.long_texts = std::move(cut).all();
    report.every_step = [steps](step_visitor const& visit) { (*steps)(visit); };
}

/// The names of the columns of reconciliation.csv.
inline void write_proof_header(csv_writer& file, std::vector<std::string> const& titles) {
    std::vector<std::string> header{"model"};
    header.insert(header.end(), titles.begin(), titles.end());
    header.insert(header.end(), {"value_in", "credited", "unattributed", "difference"});
    file.cells(header);
}

/// The lines of one model: rows of a proof, with their groups if there are any.
template <bool Grouped, class Rows>
void write_proof_rows(csv_writer& file, std::string const& model, Rows const& proof, int decimals) {
    for (auto const& row : proof) {
        if (row.conversions == 0)  // all in all, there may be none
            continue;
        std::vector<std::string> whose{model};
        if constexpr (Grouped)
            whose.emplace_back(row.key);
        whose.push_back(std::to_string(row.conversions));
        file.cells(proof_cells(std::move(whose), row,
                               [&](auto const& amount) { return amount_text(amount, decimals); }));
    }
}

/// Proves the credits of every model, all in all or by group of conversions. `titles` are those of
/// the group, if any, and of the number of conversions.
///
/// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
template <class Ledger, class... Groups>
void write_reconciliations(csv_writer file, report_model const& report,
                           std::vector<Ledger> const& credits,
                           std::vector<std::string> const& titles, Groups const&... groups) {
    write_proof_header(file, titles);
    for (std::size_t model = 0; model < credits.size(); ++model) {
        auto const proof = attribution::reconcile(credits[model], groups...);
        proof.check();
        write_proof_rows<(sizeof...(groups) > 0)>(file, report.models[model].name, proof,
                                                  report.unit_decimals);
    }
}

/// Proves the credits of one model by group of conversions: lines that begin with `whose` and the group.
///
/// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
template <class Ledger, class Groups>
void write_proof(csv_writer& file, std::vector<std::string> whose, Ledger const& credits,
                 Groups const& groups, int decimals) {
    auto const proof = attribution::reconcile(credits, groups);
    proof.check();
    whose.emplace_back();
    for (auto const& row : proof) {
        whose.back() = row.key;
        file.cells(proof_cells(whose, row,
                               [&](auto const& amount) { return amount_text(amount, decimals); }));
    }
}

/// A table of how many there are of each kind, for the terminal.
[[nodiscard]] std::string
counts_table(std::string const& title,
             std::vector<std::pair<std::string, std::size_t>> const& lines);

}  // namespace examples
