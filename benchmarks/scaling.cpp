// SPDX-License-Identifier: BSL-1.0
// attribution_scaling [TOUCHPOINTS [phases]]: what more cores would gain than this machine may have. Counts
// the work of each phase and the longest thread in it, for 1 to 16 threads, and prints one line of JSON for
// each route and number of threads; with `phases`, a table of the phases instead.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

namespace att = attribution;
using scaling::phase;

constexpr std::size_t repetitions = 5;

/// What it takes to start a thread and to wait for its end.
double thread_start() {
    constexpr int threads = 200;
    auto const begin = scaling::now();
    for (int i = 0; i < threads; ++i)
        std::thread{[] {}}.join();
    return (scaling::now() - begin) / threads;
}

/// The fastest repetition of everything that is measured: phases and parts are the same each time.
template <class Run>
std::vector<phase> fastest(Run run) {
    std::vector<phase> best;
    for (std::size_t i = 0; i < repetitions; ++i) {
        scaling::record.begin();
        run();
        auto const all = scaling::record.finish();
        if (best.empty())
            best = all;
        for (std::size_t p = 0; p < all.size(); ++p) {
            best[p].serial = std::min(best[p].serial, all[p].serial);
            for (std::size_t part = 0; part < all[p].parts.size(); ++part)
                best[p].parts[part] = std::min(best[p].parts[part], all[p].parts[part]);
        }
    }
    return best;
}

double work_of(phase const& one) {
    double all = 0;
    for (auto const time : one.parts)
        all += time;
    return all;
}

double longest_of(phase const& one, double start) {
    scaling::schedule threads{std::max<std::size_t>(one.threads, 1), start};
    for (auto const time : one.parts)
        threads.add(threads.next(), time);
    return threads.longest();
}

/// The name of the function that has parts to be worked on.
std::string name_of(phase const& one) {
    std::string const file = one.where.file_name();
    auto const name = file.substr(file.rfind('/') + 1);
    return one.parts.empty()
               ? "the end"
               : name.substr(0, name.find('.')) + ':' + std::to_string(one.where.line());
}

struct options {
    std::size_t touches = 1'000'000;
    bool phases = false;
    double start = 0;
};

template <class Run>
void measure(options const& how, char const* route, workload::plan const& plan, Run run) {
    auto const& data = workload::get(plan);
    double alone = 0;
    for (std::size_t const threads : {1U, 2U, 4U, 8U, 16U}) {
        auto const phases = fastest([&] { run(data, att::parallel{threads}); });
        double work = 0;
        double serial = 0;
        double span = 0;
        for (auto const& one : phases) {
            work += one.serial + work_of(one);
            serial += one.serial;
            span += one.serial + longest_of(one, how.start);
        }
        alone = threads == 1 ? work : alone;
        auto const touches = static_cast<double>(plan.touches);
        if (how.phases)
            for (auto const& one : phases)
                std::printf(
                    "%-16s %2zu threads: %-24s serial before %7.3f, work %7.3f, longest %7.3f\n",
                    route, threads, name_of(one).c_str(), one.serial / touches,
                    work_of(one) / touches, longest_of(one, how.start) / touches);
        std::printf("{\"route\": \"%s\", \"touchpoints\": %zu, \"threads\": %zu, \"work\": %.4f, "
                    "\"serial\": %.4f, \"span\": %.4f, \"speed_up\": %.3f}\n",
                    route, plan.touches, threads, work / touches, serial / touches, span / touches,
                    alone / span);
    }
}

template <class Records>
auto by_channel(workload::data const& data, att::parallel how) {
    return att::attribute(how, Records::sales(data), Records::touches(data), att::linear,
                          att::lookback(workload::lookback), att::by(Records::channel));
}

template <class Records>
auto all_credits(workload::data const& data, att::parallel how) {
    return att::attribute(how, Records::sales(data), Records::touches(data), att::linear,
                          att::lookback(workload::lookback));
}

}  // namespace

int main(int argc, char** argv) {
    options how;
    if (argc > 1)
        how.touches = std::strtoul(argv[1], nullptr, 10);
    how.phases = argc > 2 && std::string_view{argv[2]} == "phases";
    if (how.touches < 100 || (argc > 2 && !how.phases)) {
        std::fputs("usage: attribution_scaling [TOUCHPOINTS [phases]]\n", stderr);
        return 2;
    }
    how.start = thread_start();
    using harness::in_columns, harness::with_names;
    using sorted_columns = harness::in_order<in_columns>;
    workload::plan const sorted{how.touches};
    workload::plan const shuffled{how.touches, workload::order::shuffled};
    measure(how, "columns/sorted", sorted, by_channel<sorted_columns>);
    measure(how, "columns/shuffled", shuffled, by_channel<in_columns>);
    measure(how, "names/shuffled", shuffled, by_channel<with_names>);
    measure(how, "ledger/sorted", sorted, all_credits<sorted_columns>);
    measure(how, "ledger/shuffled", shuffled, all_credits<in_columns>);
}
