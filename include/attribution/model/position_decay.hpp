// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/model.hpp>

#include <cstddef>
#include <tuple>

namespace attribution::inline v0_1 {

struct position_decay_fn : model_tag {
    [[nodiscard]] constexpr auto made_of() const { return std::tuple{"position_decay"}; }

    constexpr void operator()(auto const&, weights w) const {
        for (std::size_t i = 0; i < w.size(); ++i)
            w[i] = static_cast<double>(i + 1);
    }
};

/// Credit that grows by the same step from touchpoint to touchpoint: 1, 2, ..., n.
///
/// Edges:      positions count, not times; see `time_decay` for those.
/// Complexity: O(n) per path.
/// Source:     "linear decay" by position; folklore.
inline constexpr position_decay_fn position_decay{};

}  // namespace attribution
