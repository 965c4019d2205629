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

/// Attributions of the same conversions by models that credit touchpoints of different kinds, such as
/// connects and calls: told to the report model by model, in the order of its models. Where all models
/// share one join, models_side_by_side does it.
class models_apart {
  public:
    /// All ledgers that are added have so many conversions, in the same order.
    models_apart(report_model& report, std::size_t conversions, cent_rounding how, bool intervals)
        : report_{&report}, how_{how}, intervals_{intervals}, paths_{report, conversions} {}

    /// What the next model gave, by a projection of its touchpoints; `nobody` names what no channel
    /// earned.
    ///
    /// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
    template <class Ledger, class Channel>
    void add(Ledger const& credits, Channel channel, std::string const& nobody) {
        auto const groups = attribution::by(channel);
        auto const model = tables_.size();
        std::vector<credited_line> lines;
        for (auto const& row : credits | groups)
            if (row.credits > 0)
                lines.push_back({model, "", row.key.value_or(nobody), row.attributed,
                                 units(row.amount, report_->unit_decimals)});
        add_lines(std::move(lines));
        if (intervals_)
            add_interval_lines(interval_lines_, model,
                               credits | attribution::with_intervals(groups),
                               report_->unit_decimals);
        report_->proof.push_back(
            proof_of(report_->models[model].title, credits, [&](auto const& amount) {
                return format_decimal(units(amount, report_->unit_decimals), report_->unit_decimals,
                                      decimal_style::grouped);
            }));
    }

    /// What it gave the steps of every path, after all `add`ed models: `step_of` makes a step of a
    /// touchpoint, `row_of` the row of a conversion that was left unattributed. `source` tells ledgers
    /// with other touchpoints apart.
    template <class Ledger, class StepOf, class RowOf>
    void add_steps(Ledger const& credits, std::size_t source, StepOf step_of, RowOf row_of) {
        paths_.add(
            credits, tables_.size() - 1, source,
            [&](auto const& touch) -> path_book::step {
                path_step const step = step_of(touch);
                return {step, cells(step.kind, step.channel, step.who, time_text(step.at))};
            },
            row_of);
    }

    /// Tells the report what was added: how the models compare, by channels in byte order, and the
    /// paths. Pairs have `columns` of their conversion, whose name is a projection, and four of the
    /// touchpoint: kind, channel, who and when. `unattributed` is what to say of paths without steps.
    template <class Conversions, class Record, class Name>
    void finish(Conversions const& conversions, std::vector<record_column<Record>> const& columns,
                Name name, std::string const& unattributed) {
        compare();
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

    /// What a model gave every channel, in cents, by name.
    void write(csv_writer file, std::string const& amount_title, std::size_t model) const;

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
