// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/credit_each.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/memory/threads.hpp>
#include <attribution/parallel.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace attribution::inline v0_1::detail {

/// On one thread, calls `work(counter, first, last)` for all of [0, size). On several threads,
/// calls it for parts of that range, with counters that `make()` gives and that are then merged
/// into `counter`.
///
/// Errors:     the one that would come on one thread; the counter must not be used after that.
template <class Counter, class Make, class Work>
constexpr void count_in_parts(parallel how, std::size_t size, Counter& counter, Make make,
                              Work work) {
    auto const parts = detail::parts_for(size, how.threads());
    if (parts <= 1) {
        work(counter, std::size_t{0}, size);
        return;
    }
    auto const threads = std::min(parts, how.threads());
    std::vector<Counter> own;
    own.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i)
        own.push_back(make());
    try {
        detail::for_each_part(parts, threads, [&](std::size_t part, std::size_t thread) {
            work(own[thread], detail::part_begin(size, parts, part),
                 detail::part_begin(size, parts, part + 1));
        });
    } catch (...) {
        // Which part fails first depends on the threads, so find the first error again on one
        // thread.
        work(counter, std::size_t{0}, size);
        throw;
    }
    for (auto const& one : own)
        counter.merge(one);
}

/// Calls `counter(path)` for the eligible path of every conversion.
template <class Journeys, class Policy, class Counter, class Make>
constexpr void count_paths(parallel how, Journeys const& joined, Policy const& p, Counter& counter,
                           Make make) {
    detail::count_in_parts(how, joined.conversions().size(), counter, make,
                           [&](Counter& own, std::size_t first, std::size_t last) {
                               joined.for_each_path(visiting::by_row, p, first, last, own);
                           });
}

}  // namespace attribution::detail
