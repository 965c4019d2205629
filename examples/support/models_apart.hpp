// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/findings_output.hpp>
#include <support/instant.hpp>
#include <support/intervals.hpp>
#include <support/money_text.hpp>
#include <support/output.hpp>
#include <support/path_book.hpp>
#include <support/report_model.hpp>
#include <support/table_rows.hpp>

#include <attribution/attribute.hpp>
#include <attribution/join.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/with_intervals.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace examples {

/// How amounts by channel become cents.
enum class cent_rounding {
    together,  ///< they add up to the rounded total: largest remainder, ties by name
    each,      ///< every channel by itself, half away from zero; the sum may be a cent or two off
};

/// What the rows of such a table are.
template <class Table>
using record_of = std::remove_cvref_t<typename Table::reference>;

/// Touchpoints of one kind, and what a report says of them: all but conversions in `columns`. In
/// audit.csv, their columns stand between the name of the kind and the model.
template <class Touchpoints, class Conversion, class Channel>
struct touchpoint_kind {
    std::size_t number = 0;   // tells it apart from other kinds, which come in this order
    std::string name = {};    // usage
    std::string words = {};   // calls and messages
    Touchpoints touchpoints;  // as attribution::touchpoints makes them
    Channel channel = {};     // a projection
    std::string nobody = {};  // names what no channel earned: No Usage
    std::string why = {};     // and says why not: no usage that counts
    record_columns<record_of<Touchpoints>, Conversion> columns = {};
};

/// What every model gave every channel, in cents.
class cents_by_model {
  public:
    cents_by_model(report_model& report, cent_rounding how) : report_{&report}, how_{how} {}

    /// The lines of a model.
    void add(std::vector<credited_line> lines);
    /// Those of the latest, by name.
    void write(csv_writer file, std::string const& amount_title) const;
    /// Tells the report how the models compare, by channels in byte order.
    void compare() const;

  private:
    struct line {
        std::string name;
        bool attributed;
        std::int64_t cents;
    };

    report_model* report_;
    cent_rounding how_;
    std::vector<std::vector<line>> tables_;  // one for each model
};

/// Attributions of the same conversions by models that credit touchpoints of different kinds, such as
/// connects and calls: computed, told to the report and written, model by model. Where all models share
/// one join, models_side_by_side does it.
///
/// Shape:  a table of totals for each model; audit.csv, kind by kind; reconciliation.csv by conversion;
///         pairs and what is unattributed in the database.
/// Edges:  borrows the report and the records, which live longer.
/// Errors: output_error; attribution::reconciliation_error if an amount was lost, invented or counted
///         twice.
template <class Conversions>
class models_apart {
  public:
    using conversion = record_of<Conversions>;

    /// `columns` say which conversion it is, first its name; one of them is its amount.
    models_apart(report_model& report, output_directory& out, Conversions conversions,
                 std::vector<record_column<conversion>> columns, cent_rounding how, bool intervals)
        : report_{&report}, out_{&out}, conversions_{std::move(conversions)},
          columns_{std::move(columns)}, intervals_{intervals}, cents_{report, how},
          paths_{report, conversions_.size()}, proof_{out, "reconciliation.csv"} {
        auto const& words = report.words;
        proof_.row("table", words.conversion, "value_in", "credited", "unattributed", "difference");
        report.pairs.name = words.conversion + "_touchpoints";
        append_columns(report.pairs.columns, columns_);
        report.unattributed = {
            "unattributed_" + words.conversions,
            {{columns_.front().name}, {"model"}, {amount().name, column_kind::amount}, {"reason"}},
            {}};
    }

    /// A model of the report: what it gives to touchpoints of a kind, in all, in a file, and to the steps
    /// of every path.
    template <class Kind, class Model, class Policy>
    void add(std::string const& file, model_description shown, Kind const& kind, Model const& model,
             Policy const& policy) {
        auto const credits = attribution::attribute(
            attribution::join(conversions_, kind.touchpoints), model, policy);
        auto const channels = attribution::by(kind.channel);
        auto const number = report_->models.size();
        auto const decimals = report_->unit_decimals;
        std::vector<credited_line> lines;
        for (auto const& row : credits | channels)
            if (row.credits > 0)
                lines.push_back({number, "", row.key.value_or(kind.nobody), row.attributed,
                                 units(row.amount, decimals)});
        cents_.add(std::move(lines));
        cents_.write(files_(file), kind.columns.credited);
        if (intervals_)
            add_interval_lines(interval_lines_, number,
                               credits | attribution::with_intervals(channels), decimals);
        report_->proof.push_back(proof_of(shown.title, credits, [&](auto const& one) {
            return format_decimal(units(one, decimals), decimals, decimal_style::grouped);
        }));
        write_proof(proof_, {file}, credits,
                    attribution::by([this](conversion const& one) { return name_of(one); }),
                    decimals);
        if (number == 0)
            append_columns(report_->pairs.columns, kind.columns.touchpoint);
        paths_.add(
            credits, number, kind.number,
            [&](auto const& touch) {
                path_book::step step{kind.columns.step(touch)};
                append_cells(step.cells, kind.columns.touchpoint, touch);
                return step;
            },
            [&](conversion const& one) {
                return cells(name_of(one), shown.name, amount().text(one), kind.why);
            });
        report_->models.push_back(std::move(shown));
    }

    /// What became of every touchpoint of a kind by a model, which `title` names: its lines of
    /// audit.csv, and how many share which reason. There may be more conversions than are attributed.
    template <class All, class Kind, class Model, class Policy>
    auto audit(All const& conversions, Kind const& kind, std::string const& title,
               Model const& model, Policy const& policy) {
        auto const journeys = attribution::join(conversions, kind.touchpoints);
        auto found = attribution::explain(journeys, model, policy);
        auto columns = kind.columns;
        using touchpoint = record_of<std::remove_cvref_t<decltype(kind.touchpoints)>>;
        columns.audit.insert(columns.audit.begin(),
                             {"touchpoint", column_kind::text,
                              [&](touchpoint const&) { return std::string_view{kind.name}; }});
        columns.audit.push_back({"model", column_kind::text,
                                 [&](touchpoint const&) { return std::string_view{title}; }});
        if (report_->reasons.empty()) {
            audit_ = files_("audit.csv");
            write_audit_header(audit_, columns, "");
        }
        write_audit_rows(audit_, journeys, found, columns, earned_in(found),
                         report_->unit_decimals);
        report_->reasons.push_back(
            reasons_of(kind.words + ", " + title, found.touchpoint_counts()));
        return found;
    }

    /// Tells the report how the models compare, and the paths; `unattributed` is what to say of those
    /// without steps. Writes what was found wrong, which the report knows by now, and returns the names
    /// of all files.
    std::vector<std::string> finish(std::string const& unattributed) {
        cents_.compare();
        if (intervals_)
            add_intervals(*report_, interval_lines_);
        paths_.finish(
            [&](std::size_t row) {
                return conversion_path{name_of(conversions_[row]),
                                       "",
                                       conversions_.time(row),
                                       units(conversions_.value(row), report_->unit_decimals),
                                       "credited",
                                       {}};
            },
            [&](std::size_t row) {
                table_row about;
                append_cells(about, columns_, conversions_[row]);
                return about;
            });
        for (auto& path : report_->paths)
            if (path.steps.empty())
                path.reason = unattributed;
        write_findings_csv(*out_, files_.add("validation.csv"), report_->found);
        files_.add("reconciliation.csv");
        return files_.names;
    }

    /// X in = Y credited + Z unattributed, file by file.
    [[nodiscard]] std::string reconciliation_text() const {
        std::string text = fmt::format("Reconciled, {0} by {0}:\n", report_->words.conversion);
        for (std::size_t model = 0; model < report_->proof.size(); ++model)
            text += fmt::format("{}: {} in = {} credited + {} unattributed\n", files_.names[model],
                                report_->proof[model].value_in, report_->proof[model].credited,
                                report_->proof[model].unattributed);
        return text;
    }

  private:
    [[nodiscard]] std::string name_of(conversion const& one) const {
        return columns_.front().text(one).value_or("");
    }
    [[nodiscard]] record_column<conversion> const& amount() const {
        return *std::ranges::find(columns_, column_kind::amount, &record_column<conversion>::type);
    }

    report_model* report_;
    output_directory* out_;
    Conversions conversions_;
    std::vector<record_column<conversion>> columns_;
    bool intervals_;
    cents_by_model cents_;
    std::vector<interval_line> interval_lines_;
    path_book paths_;
    result_files files_{*out_};
    csv_writer proof_, audit_;
};

}  // namespace examples
