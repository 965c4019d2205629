// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace attribution::inline v0_1::detail {

/// Refuses calls on a temporary that would return a reference into it, such as an iterator. Where a
/// value can be returned instead, return that.
template <class Temporary>
constexpr void refuse_temporary() {
    static_assert(!std::is_object_v<Temporary>,
                  "attribution: this would refer into a temporary, which is gone at the end of the "
                  "statement; keep it in a variable first");
}

}  // namespace attribution::detail
