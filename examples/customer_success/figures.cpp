// SPDX-License-Identifier: BSL-1.0
#include <customer_success/figures.hpp>

#include <customer_success/tables.hpp>

#include <support/comparison_figure.hpp>
#include <support/local_calendar.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace customer_success {

namespace {

using examples::figure, examples::figure_series;

constexpr std::array<std::string_view, 8> colours{"#0072b2", "#e69f00", "#009e73", "#cc79a7",
                                                  "#56b4e9", "#d55e00", "#7a5195", "#6b4e16"};

/// Who has a line and a colour of their own: the eight who did most; the others are left out, and it
/// is said.
class cast {
  public:
    explicit cast(monthly_performance const& months) {
        std::map<std::string, std::int64_t> done;
        for (auto const& [key, counts] : months)
            done[key.first] += counts.emails + counts.activities;
        std::vector<std::pair<std::int64_t, std::string>> order;
        for (auto const& [name, works] : done)
            order.emplace_back(-works, name);
        std::ranges::sort(order);
        all_ = order.size();
        for (std::size_t i = 0; i < std::min(all_, colours.size()); ++i)
            names.push_back(order[i].second);
        std::ranges::sort(names);
    }

    /// A series for each, of what `value(name, place)` gives for each of `places`.
    template <class Places, class Value>
    [[nodiscard]] std::vector<figure_series> series(Places const& places, Value value) const {
        std::vector<figure_series> all;
        for (std::size_t i = 0; i < names.size(); ++i) {
            auto& own = all.emplace_back(figure_series{names[i], std::string{colours[i]}, {}});
            for (auto const& place : places)
                own.values.emplace_back(value(names[i], place));
        }
        return all;
    }
    [[nodiscard]] std::string note() const {
        return all_ > names.size()
                   ? fmt::format(" The {} of {} specialists who did most.", names.size(), all_)
                   : std::string{};
    }

    std::vector<std::string> names;

  private:
    std::size_t all_ = 0;
};

/// All months from the first to the last, at most 240.
std::vector<date::year_month> months_in(monthly_performance const& counts) {
    std::set<date::year_month> seen;
    for (auto const& [key, own] : counts)
        seen.insert(key.second);
    std::vector<date::year_month> months;
    if (!seen.empty())
        for (auto month = std::max(*seen.begin(), *seen.rbegin() - date::months{239});
             month <= *seen.rbegin(); month += date::months{1})
            months.push_back(month);
    return months;
}

std::vector<std::string> texts_of(std::vector<date::year_month> const& months) {
    std::vector<std::string> texts;
    for (auto const month : months)
        texts.push_back(examples::month_text(month));
    return texts;
}

figure portfolios(std::vector<portfolio> const& team) {
    examples::bar_figure drawn{.name = "portfolio_scores",
                               .title = "Portfolio score by specialist",
                               .note = "The sum of the scores of the open deals.",
                               .section = section::portfolio,
                               .across = {"Specialist"},
                               .value = {"Portfolio score", "", 1},
                               .categories = {},
                               .series = {{"score", "#0072b2", {}}},
                               .lying = true};
    for (auto const& who : team) {
        drawn.categories.push_back(who.name);
        drawn.series[0].values.emplace_back(who.tenths);
    }
    return drawn;
}

figure portfolio_trend(std::vector<month_end_load> const& loads, cast const& people) {
    std::vector<date::year_month> months;
    std::map<std::pair<std::string, date::year_month>, std::int64_t> tenths;
    for (auto const& load : loads) {
        if (months.empty() || months.back() != load.month)
            months.push_back(load.month);
        tenths[{load.specialist, load.month}] = load.tenths;
    }
    return examples::line_figure{
        .name = "portfolio_trend",
        .title = "Portfolio scores at month ends",
        .note = "Deals that had begun and not ended, with the scores that they have now." +
                people.note(),
        .section = section::portfolio,
        .across = {"Month end"},
        .value = {"Portfolio score", "", 1},
        .categories = texts_of(months),
        .at = {},
        .series = people.series(months, [&](std::string const& name, date::year_month month) {
            auto const found = tenths.find({name, month});
            return found == tenths.end() ? 0 : found->second;
        })};
}

figure countries_by_visa(std::vector<deal> const& deals) {
    examples::heatmap_figure drawn{.name = "country_by_visa_heatmap",
                                   .title = "Deals by country and visa type",
                                   .note = "All deals, whatever became of them.",
                                   .section = section::clients,
                                   .row_title = "Country",
                                   .column_title = "Visa type"};
    std::map<std::string, std::map<std::string, std::int64_t>> cells;
    std::set<std::string> visas;
    std::int64_t largest = 0;
    for (auto const& one : deals) {
        visas.insert(one.facts.visa);
        largest = std::max(largest, ++cells[one.facts.country][one.facts.visa]);
    }
    drawn.columns.assign(visas.begin(), visas.end());
    for (auto& [country, by_visa] : cells) {
        drawn.rows.push_back(country);
        auto& shades = drawn.shades.emplace_back();
        auto& texts = drawn.texts.emplace_back();
        for (auto const& visa : visas) {
            shades.emplace_back(static_cast<double>(by_visa[visa]) / static_cast<double>(largest));
            texts.push_back(fmt::format("{}", by_visa[visa]));
        }
    }
    return drawn;
}

figure family_sizes(std::vector<deal> const& deals) {
    examples::box_figure drawn{.name = "family_size_by_visa",
                               .title = "Applicants of a deal by visa type",
                               .note = "The box holds the middle half of the deals, the line in it "
                                       "the median.",
                               .section = section::clients,
                               .across = {"Visa type"},
                               .value = {"Applicants"},
                               .boxes = {},
                               .colour = "#56b4e9"};
    std::map<std::string, std::vector<std::int64_t>> sizes;
    for (auto const& one : deals)
        if (one.facts.applicants)
            sizes[one.facts.visa].push_back(*one.facts.applicants);
    for (auto& [visa, values] : sizes)
        drawn.boxes.push_back(examples::box_of(visa, std::move(values)));
    return drawn;
}

figure before_and_after(workload_plan const& plan) {
    examples::bar_figure drawn{.name = "portfolio_before_and_after",
                               .title = "Portfolios before and after the new clients",
                               .section = section::distribution,
                               .across = {"Specialist"},
                               .value = {"Portfolio score", "", 1},
                               .categories = {},
                               .series = {{"before", "#9a9a9a", {}}, {"after", "#0072b2", {}}},
                               .lying = true};
    for (auto const& who : plan.before) {
        drawn.categories.push_back(who.name);
        drawn.series[0].values.emplace_back(who.tenths);
        drawn.series[1].values.emplace_back(
            std::ranges::find(plan.after, who.name, &portfolio::name)->tenths);
    }
    return drawn;
}

month_counts counts_at(monthly_performance const& all, std::string const& name,
                       date::year_month month) {
    auto const found = all.find({name, month});
    return found == all.end() ? month_counts{} : found->second;
}

figure concluded_by_month(monthly_performance const& counts, cast const& people) {
    auto const months = months_in(counts);
    return examples::bar_figure{
        .name = "concluded_by_month",
        .title = "Deals concluded by month and owner",
        .note = "By the last day of the deal." + people.note(),
        .section = section::performance,
        .across = {"Month"},
        .value = {"Deals concluded"},
        .categories = texts_of(months),
        .series = people.series(
            months,
            [&](auto const& name, auto month) { return counts_at(counts, name, month).concluded; }),
        .stacked = true,
        .slanted = true};
}

figure work_by_month(monthly_performance const& counts, cast const& people) {
    auto const months = months_in(counts);
    return examples::line_figure{.name = "work_by_month",
                                 .title = "Emails and activities by month",
                                 .note = "Whatever became of the deals." + people.note(),
                                 .section = section::performance,
                                 .across = {"Month"},
                                 .value = {"Emails and activities"},
                                 .categories = texts_of(months),
                                 .at = {},
                                 .series = people.series(months, [&](auto const& name, auto month) {
                                     auto const own = counts_at(counts, name, month);
                                     return own.emails + own.activities;
                                 })};
}

figure model_errors(workload_study const& study) {
    examples::bar_figure drawn{
        .name = "prediction_errors",
        .title = "How far predictions are from what came",
        .note =
            "Mean Poisson deviance over the folds, the less the better; purged: trained only on "
            "deals that had ended before.",
        .section = section::prediction,
        .across = {"Model"},
        .value = {"Mean Poisson deviance", "", 3},
        .categories = {},
        .series = {{"purged", "#0072b2", {}}, {"plain split", "#9a9a9a", {}}},
        .lying = true};
    for (auto const model : study.models) {
        auto title = std::string{name_of(model)};
        std::ranges::replace(title, '_', ' ');
        drawn.categories.push_back(std::move(title));
        for (std::size_t split = 0; split < 2; ++split) {
            auto const found = std::ranges::find_if(study.means, [&](mean_result const& one) {
                return one.model == model && (one.split == "plain") == (split == 1);
            });
            drawn.series[split].values.push_back(found == study.means.end()
                                                     ? std::nullopt
                                                     : std::optional<std::int64_t>{std::llround(
                                                           found->error.poisson_deviance * 1000)});
        }
    }
    return drawn;
}

}  // namespace

std::vector<figure> figures_of(drawn_from const& data, examples::report_model const& report) {
    cast const people{data.months};
    auto credit = examples::comparison_figure(report, "credit_by_model",
                                              "Concluded deals by specialist and model");
    credit.value.title =
        report.words.amount == "fees" ? "Fees of concluded deals" : "Concluded deals";
    return {portfolios(data.plan.before),
            portfolio_trend(data.loads, people),
            countries_by_visa(data.deals),
            family_sizes(data.deals),
            before_and_after(data.plan),
            concluded_by_month(data.months, people),
            work_by_month(data.months, people),
            model_errors(data.study),
            std::move(credit)};
}

}  // namespace customer_success
