// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>

#include <cstddef>

namespace attribution::inline v0_1::detail {

/// Equal credits of neighbours in a path: `length` of them, from position `first` on.
template <amount Amount>
struct equal_credits {
    std::size_t first;
    std::size_t length;
    Amount amount;
    double share;
};

}  // namespace attribution::detail
