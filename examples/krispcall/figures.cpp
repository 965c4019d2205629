// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <support/column_figures.hpp>

#include <map>
#include <utility>

namespace krispcall {

namespace {

/// How payments, refunds and their times go together, account by account.
examples::figure correlations(records const& data, auto const& cents) {
    std::vector<std::pair<std::string, std::vector<double>>> columns;
    auto const add = [&](char const* name, auto value) {
        auto& numbers = columns.emplace_back(name, std::vector<double>{}).second;
        for (auto const& who : data.accounts)
            if (who.payments > 0)
                numbers.push_back(static_cast<double>(value(who)));
    };
    auto const seconds = [](examples::instant at) { return at.time_since_epoch().count(); };
    add("payments", [](account const& who) { return who.payments; });
    add("amount paid", [&](account const& who) { return cents(who.paid); });
    add("refunds", [](account const& who) { return who.refunds; });
    add("amount refunded", [&](account const& who) { return cents(who.refunded); });
    add("first payment", [&](account const& who) { return seconds(who.first_payment); });
    add("last payment", [&](account const& who) { return seconds(who.last_payment); });
    add("users", [](account const& who) { return who.users; });
    return examples::correlation_figure(
        "correlation_heatmap", "How payments, refunds and times go together",
        "Pearson correlation over the accounts that paid; a dash where a column is constant.",
        columns);
}

}  // namespace

std::vector<examples::figure> account_figures(records const& data,
                                              examples::report_model const& report) {
    auto const cents = [&](usd amount) { return to_cents(report, amount.units()); };
    auto revenue = examples::histogram_of(
        data.accounts, [&](account const& who) { return cents(who.net_revenue); },
        "net_revenue_histogram", "Net revenue per account", {"Net revenue", "USD", 2}, {"Accounts"},
        100);
    revenue.note = "Payments less refunds of every account, also of those without any.";
    auto users = examples::histogram_of(data.accounts, &account::users, "total_users_histogram",
                                        "Users per account", {"Users"}, {"Accounts"});
    users.note = "The owner of an account is one of its users.";
    for (auto& mark : users.marks)
        mark.text += " users";
    std::map<std::string, std::int64_t> connects;
    for (auto const& event : data.integrations)
        if (event.connects)
            ++connects[event.platform];
    return {std::move(revenue), std::move(users),
            examples::frequency_figure("platform_count_plot", "Platforms connected most often",
                                       "Platform", "Connects", "platforms", connects),
            correlations(data, cents)};
}

}  // namespace krispcall
