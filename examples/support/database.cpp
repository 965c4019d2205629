// SPDX-License-Identifier: BSL-1.0
#include <support/database.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>

namespace examples {

namespace {

using kind = database_column::kind;
using row = std::vector<std::optional<std::string>>;

std::string number(std::size_t value) {
    return fmt::format("{}", value);
}

/// The rows with their numbers before them, from 1.
std::vector<row> numbered(std::vector<row> const& rows) {
    std::vector<row> result;
    for (auto const& from : rows) {
        auto& to = result.emplace_back(row{number(result.size() + 1)});
        to.insert(to.end(), from.begin(), from.end());
    }
    return result;
}

/// A run, with which options, from what, by which models.
void add_run(std::vector<relation>& tables, report_model const& report,
             std::string const& written_at) {
    tables.push_back({.name = "runs",
                      .columns = {{"program"},
                                  {"version"},
                                  {"written_at", kind::time},
                                  {"title"},
                                  {"currency"},
                                  {"unit_decimals", kind::integer}},
                      .key = {},
                      .rows = {{report.program, report.version, written_at, report.title,
                                report.currency, fmt::format("{}", report.unit_decimals)}}});
    relation options{.name = "run_options", .columns = {{"option"}, {"value"}}, .key = {"option"}};
    for (auto const& [option, value] : report.options)
        options.rows.push_back({option, value});
    relation inputs{.name = "run_inputs",
                    .columns = {{"file"}, {"bytes", kind::integer}, {"sha256"}},
                    .key = {"file"}};
    for (auto const& file : report.inputs)
        inputs.rows.push_back({file.name, fmt::format("{}", file.bytes), file.sha256});
    tables.push_back(std::move(options));
    tables.push_back(std::move(inputs));
    if (report.models.empty())
        return;
    relation models{.name = "models",
                    .columns = {{"model"}, {"position", kind::integer}, {"title"}, {"description"}},
                    .key = {"model"}};
    for (std::size_t i = 0; i < report.models.size(); ++i)
        models.rows.push_back(
            {report.models[i].name, number(i + 1), report.models[i].title, report.models[i].text});
    tables.push_back(std::move(models));
}

/// Every touchpoint in a path, and what each model gave it.
void add_credits(std::vector<relation>& tables, report_model const& report) {
    relation pairs{
        .name = report.pairs.name,
        .columns = {{"pair", kind::integer}},
        .key = {"pair"},
        .indexes = {{report.words.conversion + "_id"}, {report.words.channel + "_name"}}};
    auto const& columns = report.pairs.columns;
    pairs.columns.insert(pairs.columns.end(), columns.begin(), columns.end());
    relation credits{.name = report.words.conversion + "_credits",
                     .columns = {{"pair", kind::integer},
                                 {"model"},
                                 {"amount", kind::amount},
                                 {"units", kind::integer}},
                     .key = {"pair", "model"},
                     .references = {{{"pair"}, pairs.name}, {{"model"}, "models"}},
                     .indexes = {{"model"}}};
    auto const add_units = [&](std::size_t pair,
                               std::span<std::optional<std::int64_t> const> of_models) {
        for (std::size_t model = 0; model < of_models.size(); ++model)
            if (auto const units = of_models[model])
                credits.rows.push_back({number(pair), report.models[model].name,
                                        format_decimal(*units, report.unit_decimals),
                                        fmt::format("{}", *units)});
    };
    if (report.every_step) {
        report.every_step([&](row cells, std::span<std::optional<std::int64_t> const> of_models) {
            cells.insert(cells.begin(), number(pairs.rows.size() + 1));
            pairs.rows.push_back(std::move(cells));
            add_units(pairs.rows.size(), of_models);
        });
    } else {
        pairs.rows = numbered(report.pairs.rows);
        std::size_t pair = 0;
        for (auto const& path : report.paths)
            for (auto const& step : path.steps)
                add_units(++pair, step.units);
    }
    relation unattributed{.name = report.unattributed.name,
                          .columns = {{"number", kind::integer}},
                          .key = {"number"}};
    auto const& more = report.unattributed.columns;
    unattributed.columns.insert(unattributed.columns.end(), more.begin(), more.end());
    unattributed.rows = numbered(report.unattributed.rows);
    tables.push_back(std::move(pairs));
    tables.push_back(std::move(credits));
    tables.push_back(std::move(unattributed));
}

void add_totals(std::vector<relation>& tables, report_model const& report) {
    auto const channel = report.words.channel;
    auto const tail = std::vector<database_column>{{channel + "_name"},
                                                   {"attributed", kind::integer},
                                                   {"amount", kind::amount},
                                                   {"units", kind::integer}};
    auto const add = [&](std::string name, std::vector<database_column> columns,
                         std::vector<std::string> key, std::vector<credited_line> const& lines,
                         bool with_group) {
        relation table{.name = std::move(name),
                       .columns = std::move(columns),
                       .key = std::move(key),
                       .references = {{{"model"}, "models"}}};
        table.columns.insert(table.columns.end(), tail.begin(), tail.end());
        table.key.insert(table.key.end(), {channel + "_name", "attributed"});
        for (auto const& line : lines) {
            row cells{report.models[line.model].name};
            if (with_group)
                cells.emplace_back(line.group);
            cells.insert(cells.end(), {line.name, line.attributed ? "1" : "0",
                                       format_decimal(line.units, report.unit_decimals),
                                       fmt::format("{}", line.units)});
            table.rows.push_back(std::move(cells));
        }
        tables.push_back(std::move(table));
    };
    add("by_" + channel, {{"model"}}, {"model"}, report.by_channel, false);
    if (!report.words.group.empty())
        add("by_segment_and_" + channel, {{"model"}, {"sales_segment"}}, {"model", "sales_segment"},
            report.by_group, true);
}

void add_checks(std::vector<relation>& tables, report_model const& report) {
    relation validation{.name = "validation",
                        .columns = {{"rule"},
                                    {"severity"},
                                    {"checked", kind::integer},
                                    {"count", kind::integer},
                                    {"first_rows"},
                                    {"text"}},
                        .key = {"rule", "severity", "text"}};
    for (auto const& each : report.found)
        validation.rows.push_back({each.rule, std::string{to_string(each.severity)},
                                   number(each.checked), number(each.count),
                                   fmt::format("{}", fmt::join(each.rows, " ")), each.text});
    relation outcomes{.name = "outcomes",
                      .columns = {{"records"}, {"reason"}, {"count", kind::integer}},
                      .key = {"records", "reason"}};
    for (auto const& table : report.reasons)
        for (auto const& line : table.lines)
            outcomes.rows.push_back({table.title, line.text, number(line.count)});
    tables.push_back(std::move(validation));
    tables.push_back(std::move(outcomes));
}

/// What the program found besides, with its rows numbered.
void add_own(std::vector<relation>& tables, report_model const& report) {
    if (!report.key_figures.empty()) {
        relation figures{
            .name = "key_figures",
            .columns = {{"number", kind::integer}, {"section"}, {"title"}, {"value"}, {"note"}},
            .key = {"number"}};
        for (auto const& one : report.key_figures)
            figures.rows.push_back(
                {number(figures.rows.size() + 1), one.section, one.title, one.value, one.note});
        tables.push_back(std::move(figures));
    }
    for (auto const& own : report.tables) {
        if (std::ranges::find(tables, own.name, &relation::name) != tables.end())
            throw std::invalid_argument{
                fmt::format("table '{}': the database has another one of this name", own.name)};
        relation table{.name = own.name, .columns = {{"number", kind::integer}}, .key = {"number"}};
        for (auto const& column : own.columns)
            table.columns.push_back({column.name, column.type});
        table.rows = numbered(own.rows);
        tables.push_back(std::move(table));
    }
}

}  // namespace

std::vector<relation> relations_of(report_model const& report, std::string const& written_at) {
    std::vector<relation> tables;
    add_run(tables, report, written_at);
    if (!report.models.empty()) {
        add_credits(tables, report);
        add_totals(tables, report);
    }
    add_checks(tables, report);
    add_own(tables, report);
    return tables;
}

bool is_postgresql(std::string_view target) {
    return target.starts_with("postgresql://") || target.starts_with("postgres://");
}

std::string database_refusal(std::string_view target) {
#ifndef ATTRIBUTION_WITH_POSTGRESQL
    if (is_postgresql(target))
        return "built without libpq: it cannot write to a PostgreSQL server";
#endif
#ifndef ATTRIBUTION_WITH_SQLITE
    if (!is_postgresql(target))
        return "built without SQLite: it cannot write a database file";
#endif
    static_cast<void>(target);
    return {};
}

std::unique_ptr<pending_run> write_run(std::vector<relation> const& tables,
                                       std::string const& target, earlier_runs what) {
    if (auto const refusal = database_refusal(target); !refusal.empty())
        throw std::invalid_argument{refusal};
#ifdef ATTRIBUTION_WITH_POSTGRESQL
    if (is_postgresql(target))
        return detail::write_postgresql(tables, target, what);
#endif
#ifdef ATTRIBUTION_WITH_SQLITE
    return detail::write_sqlite(tables, target, what);
#else
    static_cast<void>(tables);
    static_cast<void>(what);
    return nullptr;
#endif
}

namespace detail {

std::string create_statements(relation const& table,
                              std::string_view (*type_name)(database_column::kind)) {
    auto const list = [](std::vector<std::string> const& columns) {
        std::string text = "run_id";
        for (auto const& column : columns)
            text += fmt::format(", \"{}\"", column);
        return text;
    };
    auto const first = table.key.empty();  // runs: the others refer to it
    std::string text = fmt::format("CREATE TABLE IF NOT EXISTS \"{}\" (\n  run_id {} NOT NULL{}",
                                   table.name, type_name(kind::integer),
                                   first ? "" : " REFERENCES runs (run_id) ON DELETE CASCADE");
    for (auto const& column : table.columns)
        text += fmt::format(",\n  \"{}\" {}", column.name, type_name(column.type));
    text += fmt::format(",\n  PRIMARY KEY ({})", list(table.key));
    for (auto const& [columns, other] : table.references)
        text += fmt::format(",\n  FOREIGN KEY ({0}) REFERENCES \"{1}\" ({0}) ON DELETE CASCADE",
                            list(columns), other);
    text += "\n);\n";
    for (auto const& index : table.indexes)
        text += fmt::format("CREATE INDEX IF NOT EXISTS \"{}_{}\" ON \"{}\" ({});\n", table.name,
                            fmt::join(index, "_"), table.name, list(index));
    return text;
}

}  // namespace detail

}  // namespace examples
