// SPDX-License-Identifier: BSL-1.0
#include "draws.hpp"
#include "rules.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace truth {

world make_chain(world_rules const& rules, std::size_t customers, std::uint64_t seed);
void run_experiments(world& made, std::vector<double> const& lost, double conversions,
                     draws& random);  // make_world.cpp

namespace {

constexpr std::size_t channels = 7;
constexpr std::size_t converts = channels;
constexpr std::size_t lost = channels + 1;
using row = std::array<double, channels + 2>;

/// To video, social, newsletter, affiliate, search, retargeting, direct, a conversion, nothing.
constexpr row begin{.30, .25, .10, .10, .15, .00, .10, 0, 0};
constexpr std::array<row, channels> from{{{.00, .15, .12, .08, .20, .05, .05, .01, .34},
                                          {.12, .00, .15, .08, .15, .08, .05, .02, .35},
                                          {.05, .06, .00, .10, .20, .10, .12, .08, .29},
                                          {.04, .06, .12, .00, .20, .12, .08, .07, .31},
                                          {.03, .04, .10, .10, .00, .12, .12, .18, .31},
                                          {.02, .05, .10, .08, .18, .00, .15, .06, .36},
                                          {.02, .03, .10, .05, .15, .10, .00, .15, .40}}};

/// The probability to convert, for all who begin, when whoever comes to one channel is lost.
double conversion_rate(std::size_t removed) {
    std::array<double, channels> rate{};
    for (int sweep = 0; sweep < 200; ++sweep)  // each shrinks the error to at most 7/10
        for (std::size_t i = 0; i < channels; ++i) {
            rate[i] = from[i][converts];
            for (std::size_t j = 0; j < channels; ++j)
                rate[i] += j == removed ? 0 : from[i][j] * rate[j];
        }
    double all = 0;
    for (std::size_t i = 0; i < channels; ++i)
        all += i == removed ? 0 : begin[i] * rate[i];
    return all;
}

}  // namespace

world make_chain(world_rules const& rules, std::size_t customers, std::uint64_t seed) {
    draws random{seed};
    date::sys_seconds const start = date::sys_days{date::year{2026} / 1 / 1};
    world made{rules.name, {}, {}, {}, start + date::days{366}, 1, customers};
    for (std::size_t i = 0; i < customers; ++i) {
        auto const key = static_cast<std::uint32_t>(2 * i);
        auto at = start + std::chrono::seconds{static_cast<std::int64_t>(random.unit() * 864'000)};
        auto state = random.place(begin);
        while (state < channels) {
            if (at >= made.end)
                break;
            made.touches.push_back({key, static_cast<std::uint32_t>(state), at});
            at += std::chrono::seconds{60 + static_cast<std::int64_t>(random.exponential(86'400))};
            state = random.place(from[state]);
        }
        if (state == converts && at < made.end)
            made.sales.push_back({key, at});
    }
    auto const all = conversion_rate(channels);
    double sum = 0;
    std::vector<double> lost;
    for (std::size_t i = 0; i < channels; ++i) {
        auto const loss = all - conversion_rate(i);
        lost.push_back(loss * static_cast<double>(customers));
        made.channels.push_back({rules.channels[i].name, rules.channels[i].kind, loss});
        sum += loss;
    }
    for (auto& one : made.channels)
        one.share /= sum;
    run_experiments(made, lost, all * static_cast<double>(customers), random);
    return made;
}

}  // namespace truth
