// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "reference.hpp"
#include "workload.hpp"

#include <algorithm>
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

/// (customer, time) as one number, which costs one comparison instead of two or three.
inline std::int64_t place(std::uint32_t customer, std::int64_t at) {
    return (std::int64_t{customer} << 32) + at;
}

/// Sorted touchpoints and conversions side by side: one pass, two moving ends of the window.
///
/// `at(i)` and `channel(i)` read touchpoint i of `size`; its time is a `place`.
template <model Model, class Time, class Channel>
amounts merge(std::size_t size, Time at, Channel channel, workload::sale_columns const& sales) {
    amounts credited{};
    std::size_t from = 0;   // the first touchpoint that is not before the window
    std::size_t until = 0;  // the first touchpoint after the conversion
    for (std::size_t s = 0; s < sales.at.size(); ++s) {
        auto const converted = place(sales.customer[s], sales.at[s]);
        while (from < size && at(from) < converted - workload::lookback)
            ++from;
        until = std::max(from, until);
        while (until < size && at(until) <= converted)
            ++until;
        // The last touchpoint stands in where there is none, so that nothing must be guessed.
        bool const earned = from < until;
        if constexpr (Model == model::first)
            credited[earned ? channel(std::min(from, size - 1)) : workload::channels] +=
                sales.value[s];
        else if constexpr (Model == model::last)
            credited[earned ? channel(std::max(until, std::size_t{1}) - 1) : workload::channels] +=
                sales.value[s];
        else if (earned)
            credit<Model>(
                credited, sales.value[s], converted, until - from,
                [&](std::size_t i) { return channel(from + i); },
                [&](std::size_t i) { return at(from + i); });
        else
            credited.back() += sales.value[s];
    }
    return credited;
}

}  // namespace plain
