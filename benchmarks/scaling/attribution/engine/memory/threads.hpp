// SPDX-License-Identifier: BSL-1.0
// Stands in the place of the library's header of that name, in attribution_scaling only: all parts are worked
// on by one thread, which takes the time of each.
#pragma once

#include <cstddef>
#include <source_location>
#include <type_traits>
#include <utility>
#include <vector>

#include <time.h>

namespace scaling {

/// Nanoseconds that this thread has been running: what others do on the same processors does not count.
inline double now() {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) * 1e9 + static_cast<double>(at.tv_nsec);
}

/// One call of for_each_part.
struct phase {
    std::source_location where;
    std::size_t threads = 1;
    double serial = 0;          // what one thread did since the phase before
    std::vector<double> parts;  // what each part took
};

struct recording {
    std::vector<phase> phases;
    double since = 0;

    void begin() {
        phases.clear();
        since = now();
    }
    /// What is done after the last phase is a phase without parts.
    std::vector<phase> finish() {
        phases.push_back({std::source_location::current(), 1, now() - since, {}});
        return std::move(phases);
    }
};
inline recording record;

/// When each thread is done that gets the next part as soon as it is free, as from a common counter.
class schedule {
  public:
    /// Each thread starts others before it begins to work, as in the library.
    schedule(std::size_t threads, double start) : busy_(threads) {
        for (std::size_t i = 0; i < threads; ++i)
            for (std::size_t step = 1; i + step < threads; step *= 2)
                if (step > i) {
                    busy_[i] += start;
                    busy_[i + step] = busy_[i];
                }
    }
    std::size_t next() const {
        std::size_t first = 0;
        for (std::size_t i = 1; i < busy_.size(); ++i)
            first = busy_[i] < busy_[first] ? i : first;
        return first;
    }
    void add(std::size_t thread, double time) { busy_[thread] += time; }
    double longest() const {
        double most = 0;
        for (auto const one : busy_)
            most = most < one ? one : most;
        return most;
    }

  private:
    std::vector<double> busy_;
};

}  // namespace scaling

namespace attribution::inline v0_1::detail {

template <class Work>
constexpr void for_each_part(std::size_t parts, std::size_t threads, Work work,
                             std::source_location where = std::source_location::current()) {
    if (std::is_constant_evaluated()) {
        for (std::size_t part = 0; part < parts; ++part)
            work(part, std::size_t{0});
        return;
    }
    auto& to = scaling::record;
    auto const used = threads < parts ? threads : parts;
    scaling::phase one{where, used, scaling::now() - to.since, {}};
    scaling::schedule who{used == 0 ? 1 : used, 0};
    for (std::size_t part = 0; part < parts; ++part) {
        auto const thread = who.next();
        auto const begin = scaling::now();
        work(part, thread);
        one.parts.push_back(scaling::now() - begin);
        who.add(thread, one.parts.back());
    }
    to.phases.push_back(std::move(one));
    to.since = scaling::now();
}

}  // namespace attribution::detail
