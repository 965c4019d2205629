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
    explicit part_work(Work& work) : work_{&work}, call_{&part_work::call<Work>} {}

    void operator()(std::size_t part, std::size_t thread) const { call_(work_, part, thread); }

  private:
    template <class Work>
    static void call(void* what, std::size_t part, std::size_t thread) {
        (*static_cast<Work*>(what))(part, thread);
    }

    void* work_;
    void (*call_)(void*, std::size_t, std::size_t);
};

/// Threads that take one part after another, of `part_work`, which is a template's parameter so that who only
/// includes this compiles no threads. Each starts others before it works, so that it takes three
/// steps, and not seven, until eight of them work: with many threads, starting them takes as long as what
/// they do in a short phase.
template <class Work>
class workforce {
  public:
    workforce(std::size_t parts, std::size_t threads, Work const& work)
        : parts_{parts}, work_{work}, workers_(threads) {}

    void run() {
        run(0);
        worker const* first = nullptr;
        for (auto const& one : workers_)
            if (one.failure && (first == nullptr || one.failed_part < first->failed_part))
                first = &one;
        if (first != nullptr)
            std::rethrow_exception(first->failure);
    }

  private:
    struct worker {
        std::thread thread;
        std::size_t failed_part = 0;
        std::exception_ptr failure;
    };

    /// Starts the threads that are this one's to start, works with them, and waits for them.
    void run(std::size_t thread) noexcept {
        auto const first = first_step(thread);
        auto step = first;
        try {
            for (; thread + step < workers_.size(); step *= 2)
                workers_[thread + step].thread =
                    std::thread{[this, other = thread + step] { run(other); }};
            // NOLINTNEXTLINE(bugprone-empty-catch)
        } catch (std::exception const&) {
            // No more threads, or no memory for them: fewer threads do all the work.
        }
        take_parts(thread);
        while (step > first) {
            step /= 2;
            workers_[thread + step].thread.join();
        }
    }

    /// Thread 0 starts 1, 2, 4, 8 ...; thread 1 starts 3, 5, 9 ...; thread 2 starts 6, 10 ...
    static std::size_t first_step(std::size_t thread) {
        std::size_t step = 1;
        while (step <= thread)
            step *= 2;
        return step;
    }

    void take_parts(std::size_t thread) noexcept {
        while (!failed_.load(std::memory_order_relaxed)) {
            auto const part = next_.fetch_add(1, std::memory_order_relaxed);
            if (part >= parts_)
                return;
            try {
                work_(part, thread);
            } catch (...) {
                workers_[thread].failed_part = part;
                workers_[thread].failure = std::current_exception();
                failed_ = true;
                return;
            }
        }
    }

    std::size_t parts_;
    Work work_;
    std::vector<worker> workers_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> failed_ = false;
};

template <class Work>
void share_out(std::size_t parts, std::size_t threads, Work const& work) {
    if (threads <= 1) {
        for (std::size_t part = 0; part < parts; ++part)
            work(part, 0);
        return;
    }
    workforce{parts, threads, work}.run();
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
