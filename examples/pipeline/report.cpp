// SPDX-License-Identifier: BSL-1.0
#include <pipeline/report.hpp>

#include <pipeline/proof.hpp>
#include <pipeline/quality.hpp>
#include <pipeline/spend.hpp>
#include <pipeline/summary.hpp>

#include <support/findings_output.hpp>

#include <attribution/attribution.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace att = attribution;

namespace pipeline {

namespace {

constexpr auto half_life = date::days{7};

/// The result files, and a list of their names.
class result_files {
  public:
    explicit result_files(examples::output_directory& out) : out_{&out} {}

    examples::csv_writer operator()(std::string const& name) { return {*out_, add(name)}; }
    std::string const& add(std::string const& name) { return names.emplace_back(name); }

    std::vector<std::string> names;

  private:
    examples::output_directory* out_;
};

template <class Report>
void write_by_channel(examples::csv_writer file, Report const& report, std::size_t model) {
    file.row("channel_name", "total_pipeline");
    for (auto const& row : report.largest_first(model))
        if (row.attributed && row[model].credits > 0)
            file.row(*row.key, amount_text(row[model].amount));
}

template <class Report>
void write_by_segment_and_channel(examples::csv_writer file, Report const& report,
                                  std::size_t model) {
    file.row("sales_segment", "channel_name", "total_pipeline");
    for (auto const& row : report.largest_first(model)) {
        auto const& [segment, channel] = row.key;
        if (row.attributed && row[model].credits > 0)
            file.row(segment, *channel, amount_text(row[model].amount));
    }
}

template <class Ledger>
void write_touchpoints(examples::csv_writer file, Ledger const& credits) {
    file.row("opportunity_id", "account_id", "pipeline_amount", "opportunity_created_date",
             "sales_segment", "touchpoint_id", "touchpoint_type", "channel_name", "contact_id",
             "touchpoint_date");
    for (auto const& credit : credits) {
        if (!credit.attributed())
            continue;
        opportunity const& sale = credits.conversion(credit);
        touchpoint const& touch = credits.touchpoint(credit);
        file.row(sale.id, *sale.account, sale.amount_text, text(sale.created), sale.segment,
                 touch.id, touch.type, touch.channel, *touch.contact, text(touch.time));
    }
}

template <class Ledger>
void write_unattributed(examples::csv_writer file, Ledger const& credits) {
    file.row("opportunity_id", "account_id", "pipeline_amount", "opportunity_created_date",
             "sales_segment", "reason");
    for (auto const& credit : credits) {
        if (credit.attributed())
            continue;
        opportunity const& sale = credits.conversion(credit);
        file.row(sale.id, sale.account.value_or(""), sale.amount_text, text(sale.created),
                 sale.segment, sale.account ? "no touchpoint in the window" : "no account");
    }
}

/// What `fit` learns, or nothing where nothing can be learned: a report without opportunities is
/// still a report.
template <class Fit>
auto learned(Fit fit) -> std::optional<decltype(fit())> {
    try {
        return fit();
    } catch (att::fit_error const&) {
        return std::nullopt;
    }
}

/// `models` are in the order of `model_names`; `amount_of` is what counts of an exact amount: all
/// of it, or what 32 bits leave.
template <class Journeys, class Window, class AmountOf, class... Models>
written write_models(records const& data, std::vector<expense> const* spend, date::days lookback,
                     AmountOf amount_of, examples::output_directory& out, Journeys const& journeys,
                     Window const& window, Models const&... models) {
    auto const compare_by = [&](auto... groups) {
        return att::compare(journeys, window, att::by(groups...), models...);
    };

    auto const by_channel = compare_by(&touchpoint::channel);
    auto const by_segment = compare_by(&opportunity::segment);
    auto const by_both = compare_by(&opportunity::segment, &touchpoint::channel);
    auto const audit = att::explain(journeys, window, att::linear);  // all of a path, evenly
    auto const found = validate(data, journeys, window);

    auto file = result_files{out};
    for (std::size_t model = 0; model < sizeof...(models); ++model) {
        auto const name = std::string{model_names[model]};
        write_by_channel(file(name + "_by_channel.csv"), by_channel, model);
        write_by_segment_and_channel(file(name + "_by_segment_and_channel.csv"), by_both, model);
    }
    write_touchpoints(file("opportunity_touchpoints.csv"), audit.credits());
    write_unattributed(file("unattributed.csv"), audit.credits());
    write_audit(file("audit.csv"), data, audit);
    examples::write_findings_csv(out, file.add("validation.csv"), found);
    auto reconciliation = file("reconciliation.csv");
    reconciliation.row("model", "sales_segment", "opportunities", "value_in", "credited",
                       "unattributed", "difference");
    auto name = model_names.begin();
    (write_reconciliation(reconciliation, *name++, att::attribute(journeys, models, window)), ...);
    if (spend)
        write_returns(file("returns_by_channel.csv"), audit.credits(), *spend,
                      [&](expense const& cost) { return amount_of(cost.amount); });

    auto const summary = fmt::format(
        "Pipeline by the channel that sourced it: {} opportunities, {} days before each\n"
        "(in cents that add up)"
        "\n\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
        count_text(data.opportunities.size()), lookback.count(), channels_text(by_channel),
        sourced_most_text(by_channel, by_segment), unattributed_text(by_channel, found),
        touchpoints_text(audit, found), faults_text(found), reconciliation_text(audit.credits()),
        examples::findings_table(examples::broken_rules(found)));
    return {summary, file.names};
}

/// By the rules, and by what the paths themselves teach.
template <class AmountOf>
written write_report(records const& data, std::vector<expense> const* spend, date::days lookback,
                     AmountOf amount_of, examples::output_directory& out) {
    auto const journeys =
        att::join(att::conversions(data.opportunities, &opportunity::account, &opportunity::created,
                                   [&](opportunity const& sale) { return amount_of(sale.amount); }),
                  att::touchpoints(data.touchpoints, &touchpoint::account, &touchpoint::time));
    auto const window =
        att::named(fmt::format("{} days", lookback.count()), att::lookback(lookback));
    auto const write = [&](auto const&... more) {
        return write_models(data, spend, lookback, amount_of, out, journeys, window,
                            att::first_touch, att::last_touch, att::linear, att::position_based(),
                            att::time_decay(half_life), more...);
    };
    auto const markov =
        learned([&] { return att::fit(journeys, att::markov(&touchpoint::channel), window); });
    auto const shapley =
        learned([&] { return att::fit(journeys, att::shapley(&touchpoint::channel), window); });
    return markov && shapley ? write(*markov, *shapley) : write();
}

}  // namespace

written write_report(records const& data, std::vector<expense> const* spend, date::days lookback,
                     amounts kind, examples::output_directory& out) {
    if (kind == amounts::exact)
        return write_report(data, spend, lookback, std::identity{}, out);
    return write_report(data, spend, lookback, as_float32, out);
}

}  // namespace pipeline
