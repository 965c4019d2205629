// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace attribution::detail {

/// In which order conversions are visited.
enum class visiting {
    by_row,
    by_customer,  // as they lie in memory
};

}  // namespace attribution::detail
