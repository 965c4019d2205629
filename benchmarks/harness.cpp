// SPDX-License-Identifier: BSL-1.0
#include "harness.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <utility>

namespace harness {

namespace {

std::vector<measurement>& added() {
    static std::vector<measurement> measurements;
    return measurements;
}

std::string name_of(contender const& one) {
    return one.who + '/' + one.what + '/' + (one.plan.over == spread::skewed ? "skewed_" : "") +
           (one.plan.how == order::sorted ? "sorted/" : "shuffled/") + std::to_string(one.threads) +
           '/' + std::to_string(one.plan.touches);
}

}  // namespace

std::vector<measurement> const& all() {
    return added();
}

std::string nothing_to_verify(workload::data const&) {
    return {};
}

std::string difference(amounts const& got, amounts const& expected, double tolerance) {
    for (std::size_t c = 0; c < got.size(); ++c)
        if (!(std::abs(got[c] - expected[c]) <= tolerance * std::abs(expected[c])))
            return "channel " + std::to_string(c) + " gets " + std::to_string(got[c]) +
                   " instead of " + std::to_string(expected[c]);
    return {};
}

void add(contender const& one, check verify, task run) {
    added().push_back({name_of(one), one.plan, std::move(verify), std::move(run)});
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
