// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <stdexcept>

namespace attribution::inline v0_1 {

/// Says on how many threads to work: `attribute(parallel{4}, orders, touches, ...)`.
///
/// Results are the same bytes on any number of threads. Projections, policies and models are called
/// from all of them at once, so they must not change anything they share.
///
/// Units:      threads, the calling one included. More threads than processors gain nothing.
/// Errors:     std::invalid_argument for 0 threads. If the system refuses to start a thread, or
///             there is no memory for it, fewer threads do the work. An exception on any thread
///             comes out of the call after all threads have ended.
class parallel {
  public:
    constexpr explicit parallel(std::size_t threads) : threads_{threads} {
        if (threads == 0)
            throw std::invalid_argument{"parallel: the number of threads must be at least 1"};
    }

    [[nodiscard]] constexpr std::size_t threads() const noexcept { return threads_; }

  private:
    std::size_t threads_;
};

}  // namespace attribution
