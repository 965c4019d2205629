// SPDX-License-Identifier: BSL-1.0
#include <krispcall/report.hpp>

#include <support/column_figures.hpp>

#include <map>
#include <utility>

namespace krispcall {

namespace {

/// In whole cents, half away from zero.
std::int64_t cents(usd amount) {
    auto const units = amount.units();
    return (units + (units < 0 ? -cent : cent) / 2) / cent;
}

template <class Value>
examples::bar_figure histogram_of(records const& data, std::string name, std::string title,
                                  examples::measure across, Value value, std::int64_t least_width) {
    std::vector<std::int64_t> values;
    for (auto const& who : data.accounts)
        values.push_back(value(who));
    return examples::histogram(std::move(name), std::move(title), std::move(across), {"Accounts"},
                               std::move(values), "#56b4e9", least_width);
}

/// How payments, refunds and their times go together, account by account.
examples::figure correlations(records const& data) {
    std::vector<std::pair<std::string, std::vector<double>>> columns;
    auto const add = [&](char const* name, auto value) {
        auto& numbers = columns.emplace_back(name, std::vector<double>{}).second;
        for (auto const& who : data.accounts)
            if (who.payments > 0)
                numbers.push_back(static_cast<double>(value(who)));
    };
    auto const seconds = [](date::sys_seconds at) { return at.time_since_epoch().count(); };
    add("payments", [](account const& who) { return who.payments; });
    add("amount paid", [](account const& who) { return cents(who.paid); });
    add("refunds", [](account const& who) { return who.refunds; });
    add("amount refunded", [](account const& who) { return cents(who.refunded); });
    add("first payment", [&](account const& who) { return seconds(who.first_payment); });
    add("last payment", [&](account const& who) { return seconds(who.last_payment); });
    add("users", [](account const& who) { return who.users; });
    return examples::correlation_figure(
        "correlation_heatmap", "How payments, refunds and times go together",
        "Pearson correlation over the accounts that paid; a dash where a column is constant.",
        columns);
}

}  // namespace

std::vector<examples::figure> account_figures(records const& data) {
    auto revenue = histogram_of(
        data, "net_revenue_histogram", "Net revenue per account", {"Net revenue", "USD", 2},
        [](account const& who) { return cents(who.net_revenue); }, 100);
    revenue.note = "Payments less refunds of every account, also of those without any.";
    auto users = histogram_of(
        data, "total_users_histogram", "Users per account", {"Users", "owner included"},
        [](account const& who) { return who.users; }, 1);
    users.note = "The owner of an account is one of its users.";
    users.across.unit.clear();
    for (auto& mark : users.marks)
        mark.text += " users";
    std::map<std::string, std::int64_t> connects;
    for (auto const& event : data.integrations)
        if (event.connects)
            ++connects[event.platform];
    return {std::move(revenue), std::move(users),
            examples::frequency_figure("platform_count_plot", "Platforms connected most often",
                                       "Platform", "Connects", "platforms", connects),
            correlations(data)};
}

}  // namespace krispcall
