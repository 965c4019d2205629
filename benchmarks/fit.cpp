// SPDX-License-Identifier: BSL-1.0
// What learning costs: counting a million paths against reading them, and solving large chains.

#include <attribution/learn/choose_order.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/numeric/sample_source.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace {

namespace att = attribution;

constexpr std::size_t path_count = 1'000'000;

/// A million paths of 1 to 9 touchpoints, all in one column of channels.
template <class Channel>
struct history {
    struct row {
        std::span<Channel const> path;
        std::uint32_t conversions;
        std::int64_t cents;
        std::uint32_t nulls;
    };
    std::vector<Channel> channels;
    std::vector<row> rows;
};

template <class Channel, class Name>
history<Channel> draw(std::size_t paths, std::size_t channels, Name name) {
    history<Channel> drawn;
    att::detail::sample_source random{1};
    auto const next = [&](std::uint64_t size) { return random.next() % size; };
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < paths; ++i) {
        lengths.push_back(1 + next(9));
        for (std::size_t j = 0; j < lengths.back(); ++j)
            drawn.channels.push_back(name(next(channels)));
    }
    std::size_t begin = 0;
    for (auto const length : lengths) {
        bool const converts = next(10) == 0;
        drawn.rows.push_back({{drawn.channels.data() + begin, length},
                              converts ? 1U : 0U,
                              converts ? static_cast<std::int64_t>(100 + next(10'000)) : 0,
                              converts ? 0U : 1U});
        begin += length;
    }
    return drawn;
}

std::int32_t as_number(std::size_t channel) {
    return static_cast<std::int32_t>(channel);
}
std::string as_text(std::size_t channel) {
    return "channel number " + std::to_string(channel);
}

template <class Channel>
auto aggregated(history<Channel> const& from) {
    using row = typename history<Channel>::row;
    return att::aggregated_paths(from.rows, &row::path, &row::conversions, &row::cents,
                                 &row::nulls);
}

/// Learns nothing: what it costs to read the paths and to tell channels apart.
template <class Channel, att::amount Amount>
struct reading {
    using channel_type = Channel;
    using amount_type = Amount;
    att::channel_numbers<Channel> channels;
    att::evidence<Amount> totals;
    std::uint64_t sum = 0;

    std::uint32_t channel(att::channel_probe<Channel> const& one) { return channels(one); }
    auto& evidence() { return totals; }
    void add(std::span<std::uint32_t const> path, att::path_outcome<Amount> const& outcome) {
        for (auto const one : path)
            sum += one;
        totals.conversions += outcome.conversions;
        totals.nulls += outcome.nulls;
        totals.value.add(outcome.value);
    }
    void merge(reading const& other) { sum += other.sum; }
    [[nodiscard]] std::uint64_t solve() const { return sum; }
};
struct reader {
    att::detail::no_projection channel;
    template <class Channel, att::amount Amount>
    [[nodiscard]] auto counts() const {
        return reading<Channel, Amount>{};
    }
};

template <class Channel, class Name, class Estimator>
void learn(benchmark::State& state, Name name, Estimator const& how) {
    auto const drawn = draw<Channel>(path_count, 12, name);
    auto const rows = aggregated(drawn);
    for (auto _ : state)
        benchmark::DoNotOptimize(att::fit(rows, how));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(drawn.channels.size()));
}

void read_numbers(benchmark::State& state) {
    learn<std::int32_t>(state, as_number, reader{});
}
void read_texts(benchmark::State& state) {
    learn<std::string>(state, as_text, reader{});
}
void markov_numbers(benchmark::State& state) {
    learn<std::int32_t>(state, as_number,
                        att::markov({}, {.order = static_cast<std::size_t>(state.range(0))}));
}
void markov_texts(benchmark::State& state) {
    learn<std::string>(state, as_text, att::markov());
}
void shapley_numbers(benchmark::State& state) {
    learn<std::int32_t>(state, as_number, att::shapley());
}
void shapley_rate_numbers(benchmark::State& state) {
    learn<std::int32_t>(state, as_number, att::shapley({}, att::conversion_rate_game));
}
BENCHMARK(read_numbers)->Unit(benchmark::kMillisecond);
BENCHMARK(read_texts)->Unit(benchmark::kMillisecond);
BENCHMARK(markov_numbers)->DenseRange(1, 3)->Unit(benchmark::kMillisecond);
BENCHMARK(markov_texts)->Unit(benchmark::kMillisecond);
BENCHMARK(shapley_numbers)->Unit(benchmark::kMillisecond);
BENCHMARK(shapley_rate_numbers)->Unit(benchmark::kMillisecond);

/// Solving alone: (channels, order).
void solve(benchmark::State& state) {
    auto const drawn =
        draw<std::int32_t>(300'000, static_cast<std::size_t>(state.range(0)), as_number);
    auto const counts = att::learn(
        aggregated(drawn), att::markov({}, {.order = static_cast<std::size_t>(state.range(1))}));
    for (auto _ : state)
        benchmark::DoNotOptimize(counts.solve());
}
BENCHMARK(solve)
    ->Args({12, 1})
    ->Args({12, 2})
    ->Args({12, 3})
    ->Args({30, 3})
    ->Args({200, 1})
    ->Args({1000, 1})
    ->Unit(benchmark::kMillisecond);

void solve_by_elimination(benchmark::State& state) {
    auto const n = static_cast<std::size_t>(state.range(0));
    att::detail::absorbing_chain chain;
    for (std::size_t i = 0; i < n; ++i) {
        chain.start.push_back(1.0 / static_cast<double>(n));
        chain.begins.push_back(chain.hops.size());
        for (std::size_t j = 0; j < n; ++j)
            chain.hops.push_back({static_cast<std::uint32_t>(j), 0.9 / static_cast<double>(n)});
        chain.ends.push_back({0.05, 0.05, 1});
    }
    chain.begins.push_back(chain.hops.size());
    auto const is = [](std::size_t s, std::size_t low, std::size_t high) {
        return low <= s && s < high;
    };
    for (auto _ : state) {
        att::detail::group_effects effects{chain, n, is};
        if (state.range(1) != 0 ? effects.push(1'000'000) : effects.eliminate())
            benchmark::DoNotOptimize(effects.effects().data());
    }
}
BENCHMARK(solve_by_elimination)
    ->ArgNames({"channels", "sweeps"})
    ->Args({200, 0})
    ->Args({200, 1})
    ->Unit(benchmark::kMillisecond);

void choose_order(benchmark::State& state) {
    auto const drawn = draw<std::int32_t>(path_count, 12, as_number);
    auto const rows = aggregated(drawn);
    for (auto _ : state)
        benchmark::DoNotOptimize(att::choose_order(rows, att::markov(), 4));
}
BENCHMARK(choose_order)->Unit(benchmark::kMillisecond);

void shapley_values(benchmark::State& state) {
    std::vector<int> players;
    for (int i = 0; i < state.range(0); ++i)
        players.push_back(i);
    auto const game = [](std::span<int const> set) { return set.size() > 5 ? 1.0 : 0.0; };
    for (auto _ : state)
        benchmark::DoNotOptimize(att::shapley_values(players, game));
}
BENCHMARK(shapley_values)->Arg(12)->Arg(20)->Arg(40)->Unit(benchmark::kMillisecond);

}  // namespace
