// SPDX-License-Identifier: BSL-1.0
#include "harness.hpp"

#include "heap.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

namespace harness {

namespace {

bool failed = false;
bool with_memory = false;

std::string name_of(contender const& one) {
    return one.who + '/' + one.what + '/' + (one.plan.over == spread::skewed ? "skewed_" : "") +
           (one.plan.how == order::sorted ? "sorted/" : "shuffled/") + std::to_string(one.threads) +
           '/' + std::to_string(one.plan.touches);
}

}  // namespace

void measure_memory() {
    with_memory = true;
}

bool anything_failed() {
    return failed;
}

std::string difference(amounts const& got, amounts const& expected, double tolerance) {
    for (std::size_t c = 0; c < got.size(); ++c)
        if (!(std::abs(got[c] - expected[c]) <= tolerance * std::abs(expected[c])))
            return "channel " + std::to_string(c) + " gets " + std::to_string(got[c]) +
                   " instead of " + std::to_string(expected[c]);
    return {};
}

void add(contender const& one, check verify, task run) {
    auto const measure = [one, name = name_of(one), verify = std::move(verify),
                          run = std::move(run)](benchmark::State& state) {
        auto const& data = workload::get(one.plan);
        static std::set<std::string> verified;
        if (!verified.contains(name)) {
            if (auto const wrong = verify(data); !wrong.empty()) {
                failed = true;
                state.SkipWithError(wrong.c_str());
                return;
            }
            verified.insert(name);
        }
        if (with_memory) {
            heap::watch const memory;
            run(data);
            state.counters["peak_bytes"] = static_cast<double>(memory.peak());
        }
        for (auto _ : state)
            run(data);
        state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(one.plan.touches));
    };
    benchmark::RegisterBenchmark(name_of(one).c_str(), measure)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
}

void add(contender const& one, std::vector<model> const& models,
         std::function<std::vector<amounts>(workload::data const&)> run) {
    auto const verify = [plan = one.plan, models, run](workload::data const& data) {
        auto const got = run(data);
        for (std::size_t i = 0; i < models.size(); ++i)
            if (auto const wrong = difference(got[i], reference::get(plan)[models[i]]);
                !wrong.empty())
                return std::string{reference::name_of(models[i])} + ": " + wrong;
        return std::string{};
    };
    add(one, verify, [run = std::move(run)](workload::data const& data) {
        benchmark::DoNotOptimize(run(data));
    });
}

}  // namespace harness
