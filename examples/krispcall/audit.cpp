// SPDX-License-Identifier: BSL-1.0
#include <krispcall/audit.hpp>

#include <krispcall/policies.hpp>

#include <support/attribution_report.hpp>
#include <support/instant.hpp>
#include <support/money_text.hpp>

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace att = attribution;

namespace krispcall {

namespace {

template <class Records, class Predicate>
std::size_t number_of(Records const& records, Predicate predicate) {
    return static_cast<std::size_t>(std::ranges::count_if(records, predicate));
}

std::string accounts_text(records const& data, att::findings const& found) {
    auto const positive = number_of(data.accounts, has_revenue);
    return examples::counts_table(
        "accounts", {{"with positive net revenue", positive},
                     {"without positive net revenue: left out", data.accounts.size() - positive},
                     {"all accounts", data.accounts.size()},
                     {"payments and refunds of others: left out",
                      found.count("known(payer)") + found.count("required(payer)")}});
}

/// The revenue of every account: nothing if it has none, so that the audit knows all accounts.
auto revenue_or_none(records const& data) {
    return att::conversions(data.accounts, &account::owner, &account::first_payment,
                            [](account const& who) { return std::max(who.net_revenue, usd{}); });
}

auto const of_paying_account =
    att::named("positive net revenue",
               att::where([](auto const&, account const& who) { return has_revenue(who); }));

// The parts of the policy for usage, in its order.
constexpr std::size_t connected_part = 1;
constexpr std::size_t revenue_part = 2;

auto explain_usage(records const& data, settings const& asked) {
    return att::explain(att::join(revenue_or_none(data), usages_of(data)), by_usage(asked.segment),
                        att::named("first payment to first refund", in_life) &&
                            while_connected(data) && of_paying_account);
}

auto explain_connects(records const& data, settings const& asked) {
    auto const journeys = att::join(revenue_or_none(data), connects_of(data));
    return with_chosen_model(asked.report, [&](auto const& model) {
        return att::explain(journeys, model, att::at_any_time && of_paying_account);
    });
}

/// What is said of a call, a message or a connect in `line` of its file.
template <class Record, class Audit>
void write_line(examples::csv_writer& file, std::string_view kind, std::size_t line,
                Record const& record, std::string_view model, Audit const& audit, std::size_t row) {
    auto const& found = audit.touchpoints()[row];
    file.row(kind, line, record.user, record.account.value_or(""), record.platform,
             examples::time_text(record.at), model, to_string(found.what),
             audit.touchpoint_reason(row), found.credits,
             examples::format_decimal(found.amount.units(), usd_decimals,
                                      examples::decimal_style::shortest));
}

template <class Audit>
std::string usage_text(Audit const& audit, att::findings const& found) {
    using att::outcome;
    auto const touched = audit.touchpoints();
    auto const of = [&](outcome what) {
        return number_of(touched, [&](auto const& one) { return one.what == what; });
    };
    auto const refused_by = [&](std::size_t part) {
        return number_of(touched, [&](auto const& one) {
            return one.what == outcome::refused && one.part == part;
        });
    };
    return examples::counts_table(
        "calls and messages",
        {{"counted", of(outcome::credited) + of(outcome::zero_weight) + of(outcome::lost_tie)},
         {"before the first payment", of(outcome::before_window)},
         {"after the first refund", of(outcome::after_window)},
         {"platform not connected", refused_by(connected_part)},
         {"account without positive net revenue", refused_by(revenue_part)},
         {"unknown user", of(outcome::missing_key)},
         {"all calls and messages", touched.size()},
         {"of these, equal to an earlier row (they count)", found.count("unique(usage)")}});
}

std::string integrations_text(records const& data, att::findings const& found) {
    auto const paired = connections_of(data);
    auto const open = [](auto const& connection) { return !connection.until; };
    return examples::counts_table(
        "integrations",
        {{"connected", paired.connections.size()},
         {"of these, never disconnected", number_of(paired.connections, open)},
         {"disconnected", data.integrations.size() - paired.connections.size()},
         {"of these, without a connect: no effect", found.count("disconnect while connected")},
         {"of an unknown user: no effect",
          found.count("known(integration user)") + found.count("required(integration user)")}});
}

}  // namespace

audit_result write_audit(examples::csv_writer file, records const& data, settings const& asked,
                         att::findings const& found) {
    auto const usages = explain_usage(data, asked);
    auto const connects = explain_connects(data, asked);

    constexpr std::size_t header_lines = 1;
    file.row("touchpoint", "line", "user", "account", "platform", "time", "model", "outcome",
             "reason", "credits", "revenue");
    auto line = header_lines;
    std::size_t row = 0;
    for (auto const& use : data.usages)
        write_line(file, "usage", ++line, use, "usage-based", usages, row++);
    line = header_lines;
    row = 0;
    for (auto const& event : data.integrations) {
        ++line;
        if (event.connects)
            write_line(file, "connect", line, event, chosen_model_name(asked.report), connects,
                       row++);
    }
    return {accounts_text(data, found) + '\n' + usage_text(usages, found) + '\n' +
                integrations_text(data, found),
            {examples::reasons_of("calls and messages, usage-based", usages.touchpoint_counts()),
             examples::reasons_of("connects, " + chosen_model_name(asked.report),
                                  connects.touchpoint_counts())}};
}

}  // namespace krispcall
