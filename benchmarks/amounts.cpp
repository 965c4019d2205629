// SPDX-License-Identifier: BSL-1.0
// What the promises about amounts cost: whole cents that add up, sums without rounding; and the
// ledger that keeps every credit.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <numeric>
#include <string>

namespace harness {

namespace {

using records = in_order<in_columns>;
auto const window = att::lookback(workload::lookback);

template <class Model>
auto credit_cents(workload::data const& data, Model const& ours) {
    auto const& from = data.sales;
    auto const sales =
        att::sorted(att::conversions(att::columns(from.customer, from.at, from.cents),
                                     att::column<0>, att::column<1>, att::column<2>));
    return att::attribute(sales, records::touches(data), ours, window, att::by(records::channel));
}

/// The total must be right to the cent. Linear shares are known to the cent, too; the others are
/// rounded and nearly cancel out in a channel's sum.
template <class Report>
std::string wrong_cents(workload::data const& data, model which, Report const& report) {
    auto const& expected = reference::get(data.made_by());
    auto const total =
        std::accumulate(data.sales.cents.begin(), data.sales.cents.end(), std::int64_t{0});
    if (report.total() != total)
        return "all cents are " + std::to_string(report.total()) + " instead of " +
               std::to_string(total);
    if (which == model::linear)
        for (auto const& row : report)
            if (auto const right = expected.linear_cents[row.key.value_or(workload::channels)];
                row.amount != right)
                return "a channel gets " + std::to_string(row.amount) + " cents instead of " +
                       std::to_string(right);
    return difference(by_channel(report, 0.01).front(), expected[which], 1e-4);
}

void add_cents(workload::plan const& plan) {
    for_each_model([&](model which, auto const& ours) {
        add(
            {"cents", reference::name_of(which), plan},
            [which, ours](workload::data const& data) {
                return wrong_cents(data, which, credit_cents(data, ours));
            },
            [ours](workload::data const& data) {
                benchmark::DoNotOptimize(credit_cents(data, ours));
            });
    });
}

template <class Model>
auto keep_all(workload::data const& data, Model const& ours) {
    return att::attribute(records::sales(data), records::touches(data), ours, window);
}

void add_ledger(workload::plan const& plan) {
    add(
        {"ledger", "linear", plan},
        [](workload::data const& data) {
            auto const& expected = reference::get(data.made_by());
            auto const ledger = keep_all(data, att::linear);
            if (ledger.size() != expected.pairs + data.sales.at.size() - expected.paths)
                return "the ledger has " + std::to_string(ledger.size()) + " credits";
            return difference(by_channel(ledger | att::by(records::channel)).front(),
                              expected[model::linear]);
        },
        [](workload::data const& data) { benchmark::DoNotOptimize(keep_all(data, att::linear)); });
}

/// The same credits into sums of doubles, which depend on the order of the additions.
void add_plain_sums(workload::plan const& plan) {
    for_each_model([&](model which, auto const& ours) {
        add({"plain_sums", reference::name_of(which), plan}, {which},
            [ours](workload::data const& data) {
                std::vector<amounts> sums(1);
                att::attribute(
                    records::sales(data), records::touches(data), ours, window,
                    [&](att::credit<double> const& earned) {
                        sums[0][earned.attributed() ? data.touches.channel[earned.touchpoint]
                                                    : workload::channels] += earned.amount;
                    });
                return sums;
            });
    });
}

/// Adding alone: every conversion's value, ten times over, to the sum of a changing channel.
template <class Sum, class Value>
std::vector<amounts> add_up(workload::data const& data, Value value) {
    std::array<Sum, workload::channels> sums{};
    auto const& values = data.sales.value;
    for (std::size_t i = 0; i < data.touches.channel.size(); ++i)
        value(sums[data.touches.channel[i]], values[i / 10 % values.size()]);
    std::vector<amounts> result(1);
    for (std::size_t c = 0; c < sums.size(); ++c)
        if constexpr (std::is_same_v<Sum, double>)
            result[0][c] = sums[c];
        else
            result[0][c] = sums[c].value();
    return result;
}

void add_sums_alone(workload::plan const& plan) {
    auto const plain = [](workload::data const& data) {
        return add_up<double>(data, [](double& sum, double value) { sum += value; });
    };
    auto const exact = [](workload::data const& data) {
        return add_up<att::running_total<double>>(
            data, [](att::running_total<double>& sum, double value) { sum.add(value); });
    };
    add(
        {"exact_sums", "add", plan},
        [=](workload::data const& data) {
            return difference(exact(data).front(), plain(data).front());
        },
        [=](workload::data const& data) { benchmark::DoNotOptimize(exact(data)); });
    add({"double_sums", "add", plan}, nothing_to_verify,
        [=](workload::data const& data) { benchmark::DoNotOptimize(plain(data)); });
}

}  // namespace

void add_amounts(std::size_t touches) {
    workload::plan const plan{touches, order::sorted};
    add_cents(plan);
    add_ledger(plan);
    add_plain_sums(plan);
    add_sums_alone(plan);
}

}  // namespace harness
