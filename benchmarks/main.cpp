// SPDX-License-Identifier: BSL-1.0
// attribution_benchmarks [--touches=N[,N...]] [--memory] [options of Google Benchmark]
#include "harness.hpp"
#include "heap.hpp"

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

constexpr std::string_view option = "--touches=";

/// Sizes after "--touches=", or nothing if they are not numbers with commas between them.
std::vector<std::size_t> sizes(std::string_view text) {
    std::vector<std::size_t> found;
    for (auto at = text.data(), end = at + text.size(); at <= end; ++at) {
        std::size_t size = 0;
        auto const [rest, error] = std::from_chars(at, end, size);
        // A customer's number has 22 bits in the workload.
        if (error != std::errc{} || size < 100 || size > 40'000'000 ||
            (rest != end && *rest != ','))
            return {};
        found.push_back(size);
        at = rest;
    }
    return found;
}

/// One benchmark of each measurement; says whether all were content with their results.
class benchmarks {
  public:
    explicit benchmarks(bool with_memory) {
        for (auto const& one : harness::all())
            benchmark::RegisterBenchmark(one.name.c_str(),
                                         [this, &one, with_memory](benchmark::State& state) {
                                             run(one, with_memory, state);
                                         })
                ->Unit(benchmark::kMillisecond)
                ->UseRealTime();
    }

    bool content() const { return content_; }

  private:
    void run(harness::measurement const& one, bool with_memory, benchmark::State& state) {
        auto const& data = workload::get(one.plan);
        if (!verified_.contains(one.name)) {
            if (auto const wrong = one.verify(data); !wrong.empty()) {
                content_ = false;
                state.SkipWithError(wrong.c_str());
                return;
            }
            verified_.insert(one.name);
        }
        if (with_memory) {
            heap::watch const memory;
            one.run(data);
            state.counters["peak_bytes"] = static_cast<double>(memory.peak());
        }
        for (auto _ : state)
            one.run(data);
        state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(one.plan.touches));
    }

    std::set<std::string> verified_;
    bool content_ = true;
};

}  // namespace

int main(int argc, char** argv) {
    std::vector<char*> others;
    bool with_memory = false;
    std::vector<std::size_t> touches{1'000'000};
    for (int i = 0; i < argc; ++i) {
        std::string_view const argument = argv[i];
        if (argument == "--memory") {
            with_memory = true;
            continue;
        }
        if (!argument.starts_with(option)) {
            others.push_back(argv[i]);
            continue;
        }
        touches = sizes(argument.substr(option.size()));
        if (touches.empty()) {
            std::fprintf(stderr,
                         "%s: needs numbers of touchpoints from 100 to 40000000, with commas "
                         "between them, as in %s1000000,3000000\n",
                         argv[i], option.data());
            return 2;
        }
    }
    auto count = static_cast<int>(others.size());
    others.push_back(nullptr);
    benchmark::Initialize(&count, others.data());
    if (benchmark::ReportUnrecognizedArguments(count, others.data()))
        return 2;
    benchmark::AddCustomContext("compiler", BENCHMARK_COMPILER);
    benchmark::AddCustomContext("flags", BENCHMARK_FLAGS);
    benchmark::AddCustomContext("sqlite", sqlite3_libversion());
    for (auto const size : touches) {
        harness::add_limits(size);
        harness::add_plain(size);
        harness::add_records(size);
        harness::add_generic(size);
        harness::add_amounts(size);
        harness::add_skewed(size);
        harness::add_live(size);
        harness::add_reports(size);
        harness::add_partials(size);
        harness::add_sqlite(size);
    }
    benchmarks const registered{with_memory};
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return registered.content() ? 0 : 1;
}
