// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/attribution_report.hpp>
#include <support/findings_output.hpp>
#include <support/intervals.hpp>
#include <support/output.hpp>
#include <support/report_model.hpp>

#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/with_intervals.hpp>

#include <cstddef>
#include <future>
#include <string>
#include <utility>
#include <vector>

namespace examples {

/// One attribution by several models: computed once, told to the report, and written.
///
/// Shape:      a ledger for each of `models`; `audit` accounts for the one that is chosen, by its number.
///             `channel` is a projection of touchpoints, `group` one of conversions.
/// Edges:      borrows the journeys and the models, which live longer.
template <class Journeys, class Policy, class Channel, class Group>
class models_side_by_side {
    using models_type = std::vector<shown_model<Journeys>>;
    using ledgers =
        decltype(credits_of(std::declval<Journeys const&>(), std::declval<models_type const&>(),
                            std::declval<Policy const&>()));
    using ledger = typename ledgers::value_type;
    using audit_type = decltype(attribution::explain(std::declval<Journeys const&>(),
                                                     std::declval<models_type const&>()[0].weigh,
                                                     std::declval<Policy const&>()));
    using channels = decltype(attribution::by(std::declval<Channel>()));
    using groups_and_channels =
        decltype(attribution::by(std::declval<Group>(), std::declval<Channel>()));

  public:
    models_side_by_side(Journeys const& journeys, Policy const& policy, models_type const& models,
                        std::size_t chosen, Channel channel, Group group)
        : journeys_{&journeys}, models_{&models}, credits_{credits_of(journeys, models, policy)},
          audit_{attribution::explain(journeys, models[chosen].weigh, policy)},
          channel_{attribution::by(channel)}, group_{group}, by_channel_{compare_by(credits_,
                                                                                    channel_)},
          by_both_{compare_by(credits_, attribution::by(group, channel))} {}

    [[nodiscard]] auto const& credits() const { return credits_; }
    [[nodiscard]] auto const& audit() const { return audit_; }
    [[nodiscard]] auto const& by_channel() const { return by_channel_; }
    [[nodiscard]] auto by_group() const { return compare_by(credits_, attribution::by(group_)); }

    /// Begins audit.csv, the longest file by far: it is written beside all the rest, and `write` waits
    /// for it.
    ///
    /// Errors: output_error.
    template <class Columns>
    void begin_audit(output_directory& out, Columns const& columns, int decimals) {
        audited_ = std::async([this, file = csv_writer{out, "audit.csv"}, columns, decimals] {
            write_audit(file, *journeys_, audit_, columns, columns.conversion.front().name,
                        earned_in(audit_), decimals);
        });
    }

    /// Tells the report, which has groups if there is a word for them, and writes the table of pairs;
    /// `whole` are the credits of a model that credits all of a path, and `intervals` says whether
    /// amounts have some.
    ///
    /// Errors: output_error; attribution::reconciliation_error if an amount was lost.
    template <class Columns>
    void describe(report_model& report, output_directory& out, Columns const& columns,
                  ledger const& whole, bool intervals) const {
        write_attribution(report, {out, pairs_file(columns)}, *journeys_, *models_, credits_,
                          audit_, by_channel_, columns, whole);
        if (!report.words.group.empty())
            describe_groups(report, by_both_);
        if (intervals)
            add_intervals(
                report, interval_lines(compare_by(credits_, attribution::with_intervals(channel_)),
                                       report.unit_decimals));
    }

    /// Writes the totals of every model, `unattributed` as unattributed.csv, validation.csv, and
    /// reconciliation.csv by group, and waits for audit.csv, which was begun; once.
    ///
    /// Errors: output_error, also of audit.csv; attribution::reconciliation_error if an amount was lost.
    template <class Columns>
    void write(output_directory& out, result_files& file, report_model const& report,
               Columns const& columns, total_titles const& titles,
               database_table const& unattributed) {
        write_totals_by_model(file, report, titles, by_channel_, by_both_);
        file.add(pairs_file(columns));  // it is there: see describe
        write_table(file("unattributed.csv"), unattributed);
        file.add("audit.csv");
        write_findings_csv(out, file.add("validation.csv"), report.found);
        write_reconciliations(file("reconciliation.csv"), report, credits_,
                              {titles.group, report.words.conversions}, attribution::by(group_));
        audited_.get();
    }

  private:
    template <class Columns>
    static std::string pairs_file(Columns const& columns) {
        return columns.pairs + ".csv";
    }

    Journeys const* journeys_;
    models_type const* models_;
    ledgers credits_;
    audit_type audit_;
    channels channel_;
    Group group_;
    decltype(compare_by(std::declval<ledgers const&>(),
                        std::declval<channels const&>())) by_channel_;
    decltype(compare_by(std::declval<ledgers const&>(),
                        std::declval<groups_and_channels const&>())) by_both_;
    std::future<void> audited_;  // the last: what it reads must be there until it has ended
};

}  // namespace examples
