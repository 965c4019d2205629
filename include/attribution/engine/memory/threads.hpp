// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The work on each part. Its type is erased, so that threads are compiled once.
class part_work {
  public:
    template <class Work>
    explicit part_work(Work& work)
        : work_{&work}, call_{[](void* what, std::size_t part, std::size_t thread) {
              (*static_cast<Work*>(what))(part, thread);
          }} {}

    void operator()(std::size_t part, std::size_t thread) const { call_(work_, part, thread); }

  private:
    void* work_;
    void (*call_)(void*, std::size_t, std::size_t);
};

inline void share_out(std::size_t parts, std::size_t threads, part_work work) {
    if (threads <= 1) {
        for (std::size_t part = 0; part < parts; ++part)
            work(part, 0);
        return;
    }
    struct worker {
        std::thread thread;
        std::size_t failed_part = 0;
        std::exception_ptr failure;
    };
    std::vector<worker> workers(threads);
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    auto const run = [&](std::size_t thread) {
        while (!failed.load(std::memory_order_relaxed)) {
            auto const part = next.fetch_add(1, std::memory_order_relaxed);
            if (part >= parts)
                return;
            try {
                work(part, thread);
            } catch (...) {
                workers[thread].failed_part = part;
                workers[thread].failure = std::current_exception();
                failed = true;
                return;
            }
        }
    };
    std::size_t helpers = 1;
    try {
        for (; helpers < threads; ++helpers)
            workers[helpers].thread = std::thread{[&run, helpers] { run(helpers); }};
        // NOLINTNEXTLINE(bugprone-empty-catch)
    } catch (std::exception const&) {
        // No more threads, or no memory for them: fewer threads do all the work.
    }
    run(0);
    while (helpers-- > 1)
        workers[helpers].thread.join();
    worker const* first = nullptr;
    for (std::size_t thread = 0; thread < threads; ++thread)
        if (auto const& one = workers[thread];
            one.failure && (first == nullptr || one.failed_part < first->failed_part))
            first = &one;
    if (first != nullptr)
        std::rethrow_exception(first->failure);
}

/// Calls `work(part, thread)` once for every part in [0, parts), on up to `threads` threads, the
/// calling one included; `thread` < `threads`. Which thread gets which part is not determined, so
/// results must not depend on it. In constant expressions there is only one thread.
///
/// Errors:     whatever the work throws, for the first part that threw; other parts may then not be
///             called. All threads have ended when this returns or throws.
template <class Work>
constexpr void for_each_part(std::size_t parts, std::size_t threads, Work work) {
    if (std::is_constant_evaluated()) {
        for (std::size_t part = 0; part < parts; ++part)
            work(part, std::size_t{0});
    } else {  // one thread, too, so that the work is compiled in one place
        share_out(parts, threads < parts ? threads : parts, part_work{work});
    }
}

}  // namespace attribution::detail
