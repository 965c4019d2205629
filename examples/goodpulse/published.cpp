// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/published.hpp>

#include <support/table_rows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

namespace goodpulse {

namespace {

using examples::cents_text;
using examples::count_text, examples::counted_text;
using examples::exact_number;

std::string rounded(exact_number const& number, int digits) {
    return examples::rounded_text(number, digits, examples::decimal_style::grouped);
}

std::string percent_text(std::int64_t part, std::int64_t whole, int digits) {
    return rounded(exact_number{100 * part, whole}, digits) + " %";
}

/// What a member of each other group spends, in times of what a one-time buyer does.
std::optional<std::string> spending(std::vector<group> const& groups) {
    auto const once =
        std::ranges::find(groups, std::vector<std::string>{"One-time"}, &group::names);
    if (once == groups.end() || once->cents == 0 || groups.size() == 1)
        return std::nullopt;
    std::string text;
    for (auto const& one : groups)
        if (one.names != once->names)
            text += fmt::format("{}{}: {} times", text.empty() ? "" : ", ", one.names.front(),
                                rounded(exact_number{one.cents, one.customers} /
                                            exact_number{once->cents, once->customers},
                                        1));
    return text + " a one-time buyer";
}

}  // namespace

examples::report_table published_report(results const& found, assumptions const& assumed,
                                        tie_facts const& ties) {
    examples::report_table table{
        .name = "published_report",
        .title = "What the published report gets wrong",
        .note = "It is about the whole of these data; what is said here is of the files that were "
                "read. Only points that they show.",
        .section = published_section,
        .columns = {
            {"published"}, {"these_data", examples::column_kind::text, "in these data"}, {"why"}}};
    auto const& sums = found.sums;
    auto const customers = static_cast<std::int64_t>(found.all.buyers.size());
    auto const add = [&](std::string_view published, std::string const& here,
                         std::string_view why) {
        table.rows.push_back(examples::cells(published, here, why));
    };
    if (sums.joined_cents != sums.paid_cents)
        add("revenue 15.49M",
            fmt::format("{} joined to reviews, {} by order", cents_text(sums.joined_cents),
                        cents_text(sums.paid_cents)),
            fmt::format("a fan-out: payments were joined to reviews, and {} once for each",
                        counted_text(static_cast<std::size_t>(sums.several_reviews),
                                     "order with several reviews counts",
                                     "orders with several reviews count")));
    std::size_t once = 0, named = 0;
    for (auto const& [type, line] : ties.by_type) {
        once += line.last_row;
        named += type.starts_with('(') ? 0 : line.last_row;
    }
    if (auto const medium = ties.by_type.find("online_medium"); medium != ties.by_type.end()) {
        auto const nameless = ties.by_type.find("(none)");
        if (nameless != ties.by_type.end() && nameless->second.last_row > named)
            add("online_medium earns 89 %",
                fmt::format("no named lead type: {} customers of {}; online_medium: {}, {}",
                            count_text(nameless->second.last_row), count_text(once),
                            count_text(medium->second.last_row),
                            percent_text(static_cast<std::int64_t>(medium->second.last_row),
                                         static_cast<std::int64_t>(once), 1)),
                "the bar has no label: it is what no named lead type earned");
        if (medium->second.least < medium->second.most)
            add("lead types earn revenue",
                fmt::format("online_medium: {} by the first row of a day, {} by the last, {} to {} "
                            "by any rule",
                            counted_text(medium->second.first_row, "customer", "customers"),
                            count_text(medium->second.last_row), count_text(medium->second.least),
                            count_text(medium->second.most)),
                "the join has no key, it takes the latest lead by date: a tie rule nobody chose "
                "decides");
    }
    if (ties.customers_of_last_day > 0)
        add("channels of customers",
            fmt::format("{} of the last day with leads for {}",
                        counted_text(ties.leads_of_last_day, "lead", "leads"),
                        counted_text(ties.customers_of_last_day, "customer", "customers")),
            "everybody who bought for the first time on that day or later goes to one of them");
    auto const distinct = sums.distinct_days_score.mean();
    if (distinct && rounded(*distinct, 2) != rounded(*sums.score.mean(), 2))
        add("mean score 3.29 of 5",
            fmt::format("{} by order, {} the published way", rounded(*sums.score.mean(), 2),
                        rounded(*distinct, 2)),
            "the mean was taken over distinct delivery times, so that a few very late orders weigh "
            "as much as all others");
    auto const quarters = static_cast<std::int64_t>(found.quarters.revenue.size());
    auto const months = static_cast<std::int64_t>(found.months.revenue.size());
    if (months > quarters)
        add("1.93M a month",
            fmt::format("{} a quarter, {} a month",
                        rounded(exact_number{sums.cents, 100 * quarters}, 2),
                        rounded(exact_number{sums.cents, 100 * months}, 2)),
            "the figure is of quarters");
    if (sums.repeat > 0)
        add("0.03 % came back",
            fmt::format("{} ({} of {})", percent_text(sums.repeat, customers, 2),
                        count_text(static_cast<std::size_t>(sums.repeat)),
                        count_text(found.all.buyers.size())),
            "a share of 0.03 was written with a percent sign");
    if (auto const times = spending(found.by_frequency))
        add("regulars spend 3 times, power users 11 times as much", *times, "revenue per customer");
    if (assumed.lifecycle_days.empty() && customers > 0) {
        std::string shares;
        for (auto const& one : found.by_lifecycle)
            shares += fmt::format("{}{} {}", shares.empty() ? "" : ", ", one.names.front(),
                                  percent_text(one.customers, customers, 1));
        add("34 % are active", shares,
            "the states are thirds by construction: their sizes say nothing");
    }
    if (auto const peak = std::ranges::max_element(
            found.quarters.revenue, {}, [](auto const& one) { return one.second.cents; });
        quarters > 1)
        add("revenue keeps growing",
            fmt::format("the peak is {} with {}", peak->first.text(),
                        cents_text(peak->second.cents)),
            peak->first == found.quarters.revenue.rbegin()->first
                ? "the last quarter, which may not be over"
                : "later quarters have less, the last one may not be over");
    return table;
}

}  // namespace goodpulse
