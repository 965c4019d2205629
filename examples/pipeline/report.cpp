// SPDX-License-Identifier: BSL-1.0
#include <pipeline/report.hpp>

#include <pipeline/summary.hpp>

#include <attribution/attribution.hpp>

#include <cstddef>
#include <string_view>

namespace att = attribution;

namespace pipeline {

namespace {

constexpr auto half_life = date::days{7};

/// The result files, and a list of their names.
class result_files {
  public:
    explicit result_files(examples::output_directory &out) : out_{&out} {}

    examples::csv_writer operator()(std::string const &name) {
        names.push_back(name);
        return {*out_, name};
    }

    std::vector<std::string> names;

  private:
    examples::output_directory *out_;
};

std::string text(date::sys_seconds time) {
    return date::format("%FT%TZ", time);
}

template <class Report>
void write_by_channel(examples::csv_writer file, Report const &report, std::size_t model) {
    file.row("channel_name", "total_pipeline");
    for (auto const &row : report.largest_first(model))
        if (row.attributed && row[model].credits > 0)
            file.row(*row.key, amount_text(row[model].amount));
}

template <class Report>
void write_by_segment_and_channel(examples::csv_writer file, Report const &report,
                                  std::size_t model) {
    file.row("sales_segment", "channel_name", "total_pipeline");
    for (auto const &row : report.largest_first(model)) {
        auto const &[segment, channel] = row.key;
        if (row.attributed && row[model].credits > 0)
            file.row(segment, *channel, amount_text(row[model].amount));
    }
}

template <class Ledger>
void write_touchpoints(examples::csv_writer file, Ledger const &credits) {
    file.row("opportunity_id", "account_id", "pipeline_amount", "opportunity_created_date",
             "sales_segment", "touchpoint_id", "touchpoint_type", "channel_name", "contact_id",
             "touchpoint_date");
    for (auto const &credit : credits) {
        if (!credit.attributed())
            continue;
        opportunity const &sale = credits.conversion(credit);
        touchpoint const &touch = credits.touchpoint(credit);
        file.row(sale.id, *sale.account, sale.amount_text, text(sale.created), sale.segment,
                 touch.id, touch.type, touch.channel, touch.contact, text(touch.time));
    }
}

template <class Ledger>
void write_unattributed(examples::csv_writer file, Ledger const &credits) {
    file.row("opportunity_id", "account_id", "pipeline_amount", "opportunity_created_date",
             "sales_segment", "reason");
    for (auto const &credit : credits) {
        if (credit.attributed())
            continue;
        opportunity const &sale = credits.conversion(credit);
        file.row(sale.id, sale.account.value_or(""), sale.amount_text, text(sale.created),
                 sale.segment, sale.account ? "no touchpoint in the window" : "no account");
    }
}

/// `amount_of` projects an opportunity to its amount: exact or what 32 bits leave of it.
template <class AmountOf>
written write_report(records const &data, date::days lookback, AmountOf amount_of,
                     examples::output_directory &out) {
    auto const journeys =
        att::join(att::conversions(data.opportunities, &opportunity::account, &opportunity::created,
                                   amount_of),
                  att::touchpoints(data.touchpoints, &touchpoint::account, &touchpoint::time));
    auto const window = att::lookback(lookback);
    auto const compare_by = [&](auto... groups) {  // the order of model_names
        return att::compare(journeys, window, att::by(groups...), att::first_touch, att::last_touch,
                            att::linear, att::position_based(), att::time_decay(half_life));
    };

    auto const by_channel = compare_by(&touchpoint::channel);
    auto const by_segment = compare_by(&opportunity::segment);
    auto const by_both = compare_by(&opportunity::segment, &touchpoint::channel);
    auto const touched = att::attribute(journeys, att::linear, window);  // all of a path, evenly

    auto file = result_files{out};
    for (std::size_t model = 0; model < model_names.size(); ++model) {
        auto const name = std::string{model_names[model]};
        write_by_channel(file(name + "_by_channel.csv"), by_channel, model);
        write_by_segment_and_channel(file(name + "_by_segment_and_channel.csv"), by_both, model);
    }
    write_touchpoints(file("opportunity_touchpoints.csv"), touched);
    write_unattributed(file("unattributed.csv"), touched);

    auto const summary = fmt::format(
        "Pipeline by the channel that sourced it: {} opportunities, {} days before each\n"
        "(in cents that add up)"
        "\n\n{}\n{}\n{}\n{}\n{}",
        count_text(data.opportunities.size()), lookback.count(), channels_text(by_channel),
        sourced_most_text(by_channel, by_segment), unattributed_text(by_channel, data.found),
        touchpoints_text(journeys, window, data.found), faults_text(data.found));
    return {summary, file.names};
}

}  // namespace

written write_report(records const &data, date::days lookback, amounts kind,
                     examples::output_directory &out) {
    if (kind == amounts::exact)
        return write_report(data, lookback, &opportunity::amount, out);
    auto const amount_of = [](opportunity const &sale) { return as_float32(sale.amount); };
    return write_report(data, lookback, amount_of, out);
}

}  // namespace pipeline
