// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "reference.hpp"
#include "workload.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Task T as one would write it without a library, with sums of doubles.
namespace plain {

using reference::amounts, reference::model;

/// Credits a value to a path, which is `size` touchpoints whose channels and times are asked for.
template <model Model, class Channel, class Time>
void credit(amounts& to, double value, std::int64_t converted, std::size_t size, Channel channel,
            Time time) {
    if constexpr (Model == model::first) {
        to[channel(0)] += value;
    } else if constexpr (Model == model::last) {
        to[channel(size - 1)] += value;
    } else if constexpr (Model == model::linear) {
        auto const part = value / static_cast<double>(size);
        for (std::size_t i = 0; i < size; ++i)
            to[channel(i)] += part;
    } else if constexpr (Model == model::position) {
        auto const end = (size > 2 ? 0.4 : 0.5) * value;
        auto const middle = size > 2 ? 0.2 * value / static_cast<double>(size - 2) : 0.0;
        to[channel(0)] += end;
        for (std::size_t i = 1; i + 1 < size; ++i)
            to[channel(i)] += middle;
        to[channel(size - 1)] += end;
    } else {
        static thread_local std::vector<double> weights;
        weights.resize(size);
        double total = 0;
        for (std::size_t i = 0; i < size; ++i)
            total += weights[i] =
                std::exp2(-static_cast<double>(converted - time(i)) / double{workload::half_life});
        for (std::size_t i = 0; i < size; ++i)
            to[channel(i)] += value * weights[i] / total;
    }
}

/// Sorted touchpoints and conversions side by side: one pass, two moving ends of the window.
///
/// `customer(i)`, `time(i)` and `channel(i)` read touchpoint i of `size`.
template <model Model, class Customer, class Time, class Channel>
amounts merge(std::size_t size, Customer customer, Time time, Channel channel,
              workload::sale_columns const& sales) {
    amounts credited{};
    std::size_t from = 0;   // the first touchpoint that is not before the window
    std::size_t until = 0;  // the first touchpoint after the conversion
    for (std::size_t s = 0; s < sales.at.size(); ++s) {
        auto const who = sales.customer[s];
        auto const at = sales.at[s];
        while (from < size && (customer(from) < who ||
                               (customer(from) == who && time(from) < at - workload::lookback)))
            ++from;
        until = until < from ? from : until;
        while (until < size && customer(until) == who && time(until) <= at)
            ++until;
        if (from == until)
            credited.back() += sales.value[s];
        else
            credit<Model>(
                credited, sales.value[s], at, until - from,
                [&](std::size_t i) { return channel(from + i); },
                [&](std::size_t i) { return time(from + i); });
    }
    return credited;
}

}  // namespace plain
