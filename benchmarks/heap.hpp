// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

/// Counts what operator new hands out, in this program.
namespace heap {

/// Watches from its construction on; one at a time.
class watch {
  public:
    watch();
    ~watch();
    watch(watch const&) = delete;
    watch& operator=(watch const&) = delete;

    /// The most bytes that were in use at once, beyond those in use at the beginning.
    std::int64_t peak() const;
};

}  // namespace heap
