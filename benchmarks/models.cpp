// SPDX-License-Identifier: BSL-1.0
// The models against each other, against reading the bytes and against what one would write first.
#include "workload.hpp"

#include <attribution/attribution.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace att = attribution;
using workload::order, workload::sale, workload::touch;

namespace {

constexpr std::int64_t window = 90 * workload::day;
constexpr std::int64_t half_life = 7 * workload::day;

workload::data const& input(benchmark::State const& state) {
    return workload::shared(static_cast<std::size_t>(state.range(0)),
                            state.range(1) == 0 ? order::sorted : order::shuffled);
}

void per_touchpoint(benchmark::State& state) {
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetLabel(state.range(1) == 0 ? "sorted" : "shuffled");
}

void reading_the_bytes(benchmark::State& state) {
    auto const& data = input(state);
    for (auto _ : state) {
        std::uint64_t sum = 0;
        for (auto const& t : data.touches)
            sum += t.customer + static_cast<std::uint64_t>(t.at) + t.channel;
        for (auto const& s : data.sales)
            sum += s.customer + static_cast<std::uint64_t>(s.at + s.cents);
        benchmark::DoNotOptimize(sum);
    }
    per_touchpoint(state);
}

/// A map of vectors: what one would write first, with doubles and no account of rounding.
template <class Weigh>
std::array<double, workload::channels + 1> naive(workload::data const& data, Weigh weigh) {
    std::unordered_map<std::uint32_t, std::vector<touch>> journeys;
    for (auto const& t : data.touches)
        journeys[t.customer].push_back(t);
    for (auto& [customer, touches] : journeys)
        std::stable_sort(touches.begin(), touches.end(),
                         [](touch const& a, touch const& b) { return a.at < b.at; });
    std::array<double, workload::channels + 1> credit{};
    std::vector<double> weights;
    std::vector<touch> path;
    for (auto const& s : data.sales) {
        path.clear();
        if (auto const found = journeys.find(s.customer); found != journeys.end())
            for (auto const& t : found->second)
                if (s.at - window <= t.at && t.at <= s.at)
                    path.push_back(t);
        if (path.empty()) {
            credit.back() += s.value;
            continue;
        }
        weights.assign(path.size(), 0.0);
        weigh(s, path, weights);
        double total = 0;
        for (double const w : weights)
            total += w;
        for (std::size_t i = 0; i < path.size(); ++i)
            credit[path[i].channel] += s.value * weights[i] / total;
    }
    return credit;
}

template <class Weigh>
void run_naive(benchmark::State& state, Weigh weigh) {
    auto const& data = input(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(naive(data, weigh));
    per_touchpoint(state);
}

// Each model as one would first write it, beside ours.
constexpr auto first_weights = [](auto const&, auto const&, auto& w) { w.front() = 1; };
constexpr auto last_weights = [](auto const&, auto const&, auto& w) { w.back() = 1; };
constexpr auto linear_weights = [](auto const&, auto const&, auto& w) {
    std::fill(w.begin(), w.end(), 1.0);
};
constexpr auto position_weights = [](auto const&, auto const&, auto& w) {
    if (w.size() > 2)
        std::fill(w.begin(), w.end(), 0.2 / static_cast<double>(w.size() - 2));
    w.front() = w.back() = 0.4;
};
constexpr auto decay_weights = [](sale const& s, auto const& path, auto& w) {
    for (std::size_t i = 0; i < path.size(); ++i)
        w[i] = std::exp2(-static_cast<double>(s.at - path[i].at) / double{half_life});
};

void naive_first(benchmark::State& state) {
    run_naive(state, first_weights);
}
void naive_linear(benchmark::State& state) {
    run_naive(state, linear_weights);
}
void naive_time_decay(benchmark::State& state) {
    run_naive(state, decay_weights);
}

template <class Value, class Model, class Weigh>
void measure(benchmark::State& state, Value value, double unit, Model const& m, Weigh weigh) {
    auto const& data = input(state);
    auto const touches = att::touchpoints(data.touches, &touch::customer, &touch::at);
    auto const sales = att::conversions(data.sales, &sale::customer, &sale::at, value);
    auto const run = [&] {
        return att::attribute(sales, touches, m, att::lookback(window), att::by(&touch::channel));
    };
    auto const expected = naive(data, weigh);
    for (auto const& row : run()) {
        auto const wanted = expected[row.key.value_or(workload::channels)];
        auto const amount = static_cast<double>(row.amount) * unit;
        // Whole cents may differ from exact shares by less than one per credit.
        if (std::abs(amount - wanted) >
            1e-9 * wanted + (unit < 1 ? 1e-2 : 0) * static_cast<double>(row.credits)) {
            state.SkipWithError("the result differs from the naive one");
            return;
        }
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(run());
    per_touchpoint(state);
}

void first(benchmark::State& state) {
    measure(state, &sale::value, 1, att::first_touch, first_weights);
}
void last(benchmark::State& state) {
    measure(state, &sale::value, 1, att::last_touch, last_weights);
}
void linear(benchmark::State& state) {
    measure(state, &sale::value, 1, att::linear, linear_weights);
}
void position(benchmark::State& state) {
    measure(state, &sale::value, 1, att::position_based(), position_weights);
}
void time_decay(benchmark::State& state) {
    measure(state, &sale::value, 1, att::time_decay(half_life), decay_weights);
}
void linear_cents(benchmark::State& state) {
    measure(state, &sale::cents, 0.01, att::linear, linear_weights);
}
void time_decay_cents(benchmark::State& state) {
    measure(state, &sale::cents, 0.01, att::time_decay(half_life), decay_weights);
}

void compare_five(benchmark::State& state) {
    auto const& data = input(state);
    auto const touches = att::touchpoints(data.touches, &touch::customer, &touch::at);
    auto const sales = att::conversions(data.sales, &sale::customer, &sale::at, &sale::value);
    for (auto _ : state)
        benchmark::DoNotOptimize(att::compare(att::join(sales, touches), att::lookback(window),
                                              att::by(&touch::channel), att::first_touch,
                                              att::last_touch, att::linear, att::position_based(),
                                              att::time_decay(half_life)));
    per_touchpoint(state);
}

void join_alone(benchmark::State& state) {
    auto const& data = input(state);
    auto const touches = att::touchpoints(data.touches, &touch::customer, &touch::at);
    auto const sales = att::conversions(data.sales, &sale::customer, &sale::at, &sale::value);
    for (auto _ : state)
        benchmark::DoNotOptimize(att::join(sales, touches));
    per_touchpoint(state);
}

void sizes(benchmark::internal::Benchmark* one) {
    one->ArgsProduct({{1'000'000}, {0, 1}})->Unit(benchmark::kMillisecond);
}

BENCHMARK(reading_the_bytes)->Apply(sizes);
BENCHMARK(naive_first)->Apply(sizes);
BENCHMARK(naive_linear)->Apply(sizes);
BENCHMARK(naive_time_decay)->Apply(sizes);
BENCHMARK(join_alone)->Apply(sizes);
BENCHMARK(first)->Apply(sizes);
BENCHMARK(last)->Apply(sizes);
BENCHMARK(linear)->Apply(sizes);
BENCHMARK(position)->Apply(sizes);
BENCHMARK(time_decay)->Apply(sizes);
BENCHMARK(linear_cents)->Apply(sizes);
BENCHMARK(time_decay_cents)->Apply(sizes);
BENCHMARK(compare_five)->Apply(sizes);

}  // namespace
