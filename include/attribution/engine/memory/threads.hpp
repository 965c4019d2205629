// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <list>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A thread that is joined at the end. std::jthread does this, but libc++ has it only as an
/// experiment.
class joined_thread {
  public:
    template <class... Call>
    explicit joined_thread(Call&&... call) : thread_{std::forward<Call>(call)...} {}
    joined_thread(joined_thread&&) = delete;
    joined_thread& operator=(joined_thread&&) = delete;
    ~joined_thread() { thread_.join(); }

  private:
    std::thread thread_;
};

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
    struct failure {
        std::size_t part;
        std::exception_ptr what;
    };
    std::vector<failure> failures(threads, failure{parts, nullptr});
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
                failures[thread] = {part, std::current_exception()};
                failed = true;
                return;
            }
        }
    };
    {
        std::list<joined_thread> helpers;
        try {
            for (std::size_t thread = 1; thread < threads; ++thread)
                helpers.emplace_back(run, thread);
            // NOLINTNEXTLINE(bugprone-empty-catch)
        } catch (std::exception const&) {
            // No more threads, or no memory for them: fewer threads do all the work.
        }
        run(0);
    }
    auto const first =
        std::min_element(failures.begin(), failures.end(),
                         [](failure const& a, failure const& b) { return a.part < b.part; });
    if (first->what)
        std::rethrow_exception(first->what);
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
