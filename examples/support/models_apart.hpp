// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/instant.hpp>
#include <support/intervals.hpp>
#include <support/money_text.hpp>
#include <support/output.hpp>
#include <support/path_book.hpp>
#include <support/report_model.hpp>
#include <support/table_rows.hpp>

#include <attribution/report/by.hpp>
#include <attribution/report/with_intervals.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// How amounts by channel become cents.
enum class cent_rounding {
    together,  ///< they add up to the rounded total: largest remainder, ties by name
    each,      ///< every channel by itself, half away from zero; the sum may be a cent or two off
};

/// Touchpoints of one kind, and what a report says of them: all but conversions in `columns`.
template <class Touchpoint, class Conversion, class Channel>
struct touchpoint_kind {
    std::size_t number = 0;   // tells it apart from other kinds, which come in this order
    Channel channel = {};     // a projection
    std::string nobody = {};  // names what no channel earned: No Usage
    std::string why = {};     // and says why not: no usage that counts
    record_columns<Touchpoint, Conversion> columns = {};
};

/// Attributions of the same conversions by models that credit touchpoints of different kinds, such as
/// connects and calls: told to the report model by model. Where all models share one join,
/// models_side_by_side does it.
class models_apart {
  public:
    /// All ledgers that are added have so many conversions, in the same order.
    models_apart(report_model& report, std::size_t conversions, cent_rounding how, bool intervals)
        : report_{&report}, how_{how}, intervals_{intervals}, paths_{report, conversions} {}

    /// A model of the report, and what it gave to touchpoints of a kind: in all, and to the steps of
    /// every path. `row_of` makes the row of a conversion that was left unattributed.
    ///
    /// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
    template <class Ledger, class Kind, class RowOf>
    void add(model_description shown, Ledger const& credits, Kind const& kind, RowOf row_of) {
        auto const groups = attribution::by(kind.channel);
        auto const model = tables_.size();
        if (model == 0)
            append_columns(report_->pairs.columns, kind.columns.touchpoint);
        std::vector<credited_line> lines;
        for (auto const& row : credits | groups)
            if (row.credits > 0)
                lines.push_back({model, "", row.key.value_or(kind.nobody), row.attributed,
                                 units(row.amount, report_->unit_decimals)});
        add_lines(std::move(lines));
        if (intervals_)
            add_interval_lines(interval_lines_, model,
                               credits | attribution::with_intervals(groups),
                               report_->unit_decimals);
        report_->proof.push_back(proof_of(shown.title, credits, [&](auto const& amount) {
            return format_decimal(units(amount, report_->unit_decimals), report_->unit_decimals,
                                  decimal_style::grouped);
        }));
        paths_.add(
            credits, model, kind.number,
            [&](auto const& touch) {
                path_book::step step{kind.columns.step(touch)};
                append_cells(step.cells, kind.columns.touchpoint, touch);
                return step;
            },
            [&](auto const& conversion) { return row_of(conversion, shown.name, kind.why); });
        report_->models.push_back(std::move(shown));
    }

    /// What became of every touchpoint of a kind by one of the models: its lines of audit.csv, and how
    /// many share which reason, which `title` says. `journeys` may have other conversions.
    template <class Journeys, class Audit, class Kind>
    void add_audit(csv_writer& file, Journeys const& journeys, Audit const& audit, Kind const& kind,
                   std::string title) {
        if (report_->reasons.empty())
            write_audit_header(file, kind.columns, "");
        write_audit_rows(file, journeys, audit, kind.columns, earned_in(audit),
                         report_->unit_decimals);
        report_->reasons.push_back(reasons_of(std::move(title), audit.touchpoint_counts()));
    }

    /// Tells the report what was added: how the models compare, by channels in byte order, and the
    /// paths. Pairs have `columns` of their conversion, whose name is a projection, and those of the
    /// touchpoint, of whatever kind. `unattributed` is what to say of paths without steps.
    template <class Conversions, class Record, class Name>
    void finish(Conversions const& conversions, std::vector<record_column<Record>> const& columns,
                Name name, std::string const& unattributed) {
        compare();
        std::vector<database_column> pairs;
        append_columns(pairs, columns);
        report_->pairs.columns.insert(report_->pairs.columns.begin(), pairs.begin(), pairs.end());
        paths_.finish(
            [&](std::size_t row) {
                return conversion_path{std::invoke(name, conversions[row]),
                                       "",
                                       conversions.time(row),
                                       units(conversions.value(row), report_->unit_decimals),
                                       "credited",
                                       {}};
            },
            [&](std::size_t row) {
                table_row about;
                append_cells(about, columns, conversions[row]);
                return about;
            });
        for (auto& path : report_->paths)
            if (path.steps.empty())
                path.reason = unattributed;
    }

    /// What the latest model gave every channel, in cents, by name.
    void write(csv_writer file, std::string const& amount_title) const;

  private:
    struct line {
        std::string name;
        bool attributed;
        std::int64_t cents;
    };

    void add_lines(std::vector<credited_line> lines);
    void compare() const;

    report_model* report_;
    cent_rounding how_;
    bool intervals_;
    std::vector<std::vector<line>> tables_;  // one for each model
    std::vector<interval_line> interval_lines_;
    path_book paths_;
};

}  // namespace examples
