// SPDX-License-Identifier: BSL-1.0
#include "reference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <vector>

namespace reference {

char const* name_of(model m) {
    switch (m) {
    case model::first:
        return "first";
    case model::last:
        return "last";
    case model::linear:
        return "linear";
    case model::position:
        return "position";
    case model::time_decay:
        return "time_decay";
    }
    throw std::invalid_argument{"name_of: no such model"};
}

results compute(workload::data const& sorted) {
    using workload::channels;
    auto const& touches = sorted.touches;
    auto const& sales = sorted.sales;
    results result{};
    auto const credit = [&](model m, std::size_t channel, double value) {
        result.of[static_cast<std::size_t>(m)][channel] += value;
    };
    std::vector<std::array<std::uint32_t, channels>> counts;  // touches before the i-th
    std::vector<std::array<double, channels>> decays;         // the same, weighed 2^(time / h)
    std::size_t begin = 0;
    std::size_t end = 0;
    for (std::size_t s = 0; s < sales.at.size(); ++s) {
        auto const customer = sales.customer[s];
        if (s == 0 || customer != sales.customer[s - 1]) {
            begin = end;
            while (begin < touches.at.size() && touches.customer[begin] < customer)
                ++begin;
            end = begin;
            counts.assign(1, {});
            decays.assign(1, {});
            for (; end < touches.at.size() && touches.customer[end] == customer; ++end) {
                counts.push_back(counts.back());
                ++counts.back()[touches.channel[end]];
                decays.push_back(decays.back());
                decays.back()[touches.channel[end]] +=
                    std::exp2(static_cast<double>(touches.at[end] - touches.at[begin]) /
                              double{workload::half_life});
            }
        }
        auto const its = touches.at.begin();
        auto const own_begin = its + static_cast<std::ptrdiff_t>(begin);
        auto const own_end = its + static_cast<std::ptrdiff_t>(end);
        auto const from = static_cast<std::size_t>(
            std::lower_bound(own_begin, own_end, sales.at[s] - workload::lookback) - own_begin);
        auto const until =
            static_cast<std::size_t>(std::upper_bound(own_begin, own_end, sales.at[s]) - own_begin);
        auto const value = sales.value[s];
        auto const cents = sales.cents[s];
        if (from >= until) {
            for (auto const m : all_models)
                credit(m, channels, value);
            result.linear_cents[channels] += cents;
            continue;
        }
        ++result.paths;
        auto const size = until - from;
        result.pairs += size;
        auto const first = touches.channel[begin + from];
        auto const last = touches.channel[begin + until - 1];
        credit(model::first, first, value);
        credit(model::last, last, value);
        double total_decay = 0;
        for (std::size_t c = 0; c < channels; ++c)
            total_decay += decays[until][c] - decays[from][c];
        auto const left_over = static_cast<std::size_t>(cents) % size;
        for (std::size_t c = 0; c < channels; ++c) {
            auto const count = double{} + counts[until][c] - counts[from][c];
            credit(model::linear, c, value * count / static_cast<double>(size));
            if (size > 2)
                credit(model::position, c,
                       0.2 * value * (count - (c == first) - (c == last)) /
                           static_cast<double>(size - 2));
            credit(model::time_decay, c,
                   value * (decays[until][c] - decays[from][c]) / total_decay);
            result.linear_cents[c] +=
                cents / static_cast<std::int64_t>(size) * static_cast<std::int64_t>(count) +
                counts[from + left_over][c] - counts[from][c];
        }
        auto const end_share = size > 2 ? 0.4 : 0.5;
        credit(model::position, first, end_share * value);
        credit(model::position, last, end_share * value);
    }
    return result;
}

results const& get(workload::plan plan) {
    static std::map<workload::plan, results> known;
    plan.how = workload::order::sorted;
    auto const found = known.find(plan);
    if (found != known.end())
        return found->second;
    return known.emplace(plan, compute(workload::get(plan))).first->second;
}

}  // namespace reference
