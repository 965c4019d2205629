// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/intervals.hpp>
#include <support/output.hpp>
#include <support/path_book.hpp>
#include <support/report_model.hpp>

#include <attribution/report/by.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/report/with_intervals.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
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
        : paths{report, conversions}, report_{&report}, how_{how}, intervals_{intervals} {}

    /// The paths of conversions: the program says what steps are, and finishes them.
    path_book paths;

    /// What the next model gave, by a projection of its touchpoints; `nobody` names what no channel
    /// earned. Returns its proof by `group`, a projection of conversions.
    ///
    /// Errors: attribution::reconciliation_error if an amount was lost, invented or counted twice.
    template <class Ledger, class Channel, class Group>
    auto add(Ledger const& credits, Channel channel, std::string const& nobody, Group group) {
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
        auto proof = attribution::reconcile(credits, attribution::by(group));
        proof.check();
        return proof;
    }

    /// Tells the report how the models compare, by channels in byte order.
    void compare() const;

    /// What a model gave every channel, in cents, by name.
    void write(csv_writer file, std::string const& amount_title, std::size_t model) const;

  private:
    struct line {
        std::string name;
        bool attributed;
        std::int64_t cents;
    };

    void add_lines(std::vector<credited_line> lines);

    report_model* report_;
    cent_rounding how_;
    bool intervals_;
    std::vector<std::vector<line>> tables_;  // one for each model
    std::vector<interval_line> interval_lines_;
};

}  // namespace examples
