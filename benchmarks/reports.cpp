// SPDX-License-Identifier: BSL-1.0
// Reports beyond one model by channel: the account of every record, and five models by two dimensions.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/join.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/dimensions.hpp>
#include <attribution/report/explain.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace harness {

namespace {

auto const window = att::lookback(workload::lookback);

template <class Records>
auto joined(workload::data const& data) {
    return att::join(Records::sales(data), Records::touches(data));
}

/// The credits of a ledger and of an account are the same; and each record's own figures are what these
/// credits add up to.
template <class Audit, class Ledger>
std::string wrong_account(workload::data const& data, Audit const& account, Ledger const& ledger) {
    auto const& credits = account.credits();
    if (credits.size() != ledger.size())
        return "the account has " + std::to_string(credits.size()) + " credits instead of " +
               std::to_string(ledger.size());
    std::vector<double> earned(data.touches.at.size());
    std::vector<std::size_t> times(earned.size());
    for (std::size_t i = 0; i < ledger.size(); ++i) {
        auto const& one = ledger[i];
        if (std::tuple{credits[i].conversion, credits[i].touchpoint, credits[i].amount} !=
            std::tuple{one.conversion, one.touchpoint, one.amount})
            return "credit " + std::to_string(i) + " of the account is another one";
        if (one.attributed()) {
            earned[one.touchpoint] += one.amount;
            ++times[one.touchpoint];
        }
    }
    for (std::size_t row = 0; row < earned.size(); ++row) {
        auto const& one = account.touchpoints()[row];
        if (one.credits != times[row] || (one.what == att::outcome::credited) != (times[row] > 0) ||
            !(std::abs(one.amount - earned[row]) <= 1e-9 * earned[row]))
            return "touchpoint row " + std::to_string(row) + " is accounted for wrongly";
    }
    return {};
}

template <class Records>
void add_explain(workload::plan const& plan) {
    auto const explain = [](workload::data const& data) {
        return att::explain(joined<Records>(data), att::linear, window);
    };
    add(
        {"explain", "linear", plan},
        [=](workload::data const& data) {
            return wrong_account(data, explain(data),
                                 att::attribute(joined<Records>(data), att::linear, window));
        },
        [=](workload::data const& data) { benchmark::DoNotOptimize(explain(data)); });
}

/// As the one over sorted columns, which is in amounts.cpp.
template <class Records>
void add_ledger(workload::plan const& plan) {
    auto const keep_all = [](workload::data const& data) {
        return att::attribute(joined<Records>(data), att::linear, window);
    };
    add(
        {"ledger", "linear", plan},
        [=](workload::data const& data) {
            return difference(by_channel(keep_all(data) | att::by(Records::channel)).front(),
                              reference::get(data.made_by())[model::linear]);
        },
        [=](workload::data const& data) { benchmark::DoNotOptimize(keep_all(data)); });
}

/// Which of eight segments a customer is in. Numbered by a projection of the conversion.
constexpr std::size_t segments = 8;
constexpr auto segment = [](auto const& sold) { return att::column<0>(sold) % segments; };

constexpr std::size_t all_five = reference::all_models.size();
auto const five = [] {
    return att::models(att::first_touch, att::last_touch, att::linear, att::position_based(),
                       att::time_decay(workload::half_life));
};

using by_segment = std::array<amounts, segments>;

/// Every credit of one model, added up as one would by hand.
template <class Journeys, class Model>
by_segment by_hand(workload::data const& data, Journeys const& journeys, Model const& ours) {
    by_segment sums{};
    for (auto const& one : att::attribute(journeys, ours, window))
        sums[data.sales.customer[one.conversion] % segments]
            [one.attributed() ? data.touches.channel[one.touchpoint] : workload::channels] +=
            one.amount;
    return sums;
}

template <class Row>
auto place_of(Row const& row) {
    return std::pair{std::get<0>(row.key), std::get<1>(row.key).value_or(workload::channels)};
}

/// What `amount(row, model)` says of each row against sums by hand.
template <class Table, class Amount>
std::string wrong_table(by_segment const& expected, Table const& table, Amount amount) {
    by_segment got{};
    for (auto const& row : table) {
        auto const [which, channel] = place_of(row);
        got[which][channel] = amount(row);
    }
    for (std::size_t s = 0; s < segments; ++s)
        if (auto const wrong = difference(got[s], expected[s]); !wrong.empty())
            return "segment " + std::to_string(s) + ": " + wrong;
    return {};
}

template <class Records>
auto two_dimensions() {
    return att::by(att::of_conversion(segment), att::of_touchpoint(Records::channel));
}

template <class Records>
void add_two_dimensions(workload::plan const& plan) {
    auto const compare = [](workload::data const& data) {
        return att::attribute(joined<Records>(data), five(), window, two_dimensions<Records>());
    };
    add(
        {"two_dimensions", "five", plan},
        [=](workload::data const& data) {
            auto const journeys = joined<Records>(data);
            auto const table = compare(data);
            std::string wrong;
            for_each_model([&](model which, auto const& ours) {
                if (wrong.empty())
                    wrong = wrong_table(by_hand(data, journeys, ours), table, [&](auto const& row) {
                        return row[static_cast<std::size_t>(which)].amount;
                    });
            });
            return wrong;
        },
        [=](workload::data const& data) { benchmark::DoNotOptimize(compare(data)); });
    for_each_model([&](model which, auto const& ours) {
        auto const alone = [ours](workload::data const& data) {
            return att::attribute(joined<Records>(data), ours, window, two_dimensions<Records>());
        };
        add(
            {"two_dimensions", reference::name_of(which), plan},
            [=](workload::data const& data) {
                return wrong_table(by_hand(data, joined<Records>(data), ours), alone(data),
                                   [](auto const& row) { return row.amount; });
            },
            [=](workload::data const& data) { benchmark::DoNotOptimize(alone(data)); });
    });
    // Each model in a run of its own, over the same journeys.
    auto const one_by_one = [](workload::data const& data) {
        auto const journeys = joined<Records>(data);
        for_each_model([&](model, auto const& ours) {
            benchmark::DoNotOptimize(
                att::attribute(journeys, ours, window, two_dimensions<Records>()));
        });
    };
    add({"two_dimensions", "one_by_one", plan}, nothing_to_verify, one_by_one);
}

}  // namespace

void add_reports(std::size_t touches) {
    workload::plan const in_sequence{touches, order::sorted};
    workload::plan const in_disorder{touches, order::shuffled};
    add_explain<in_order<in_columns>>(in_sequence);
    add_explain<in_columns>(in_disorder);
    add_ledger<in_columns>(in_disorder);
    add_two_dimensions<in_order<in_columns>>(in_sequence);
    add_two_dimensions<in_columns>(in_disorder);
}

}  // namespace harness
