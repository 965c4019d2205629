// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace attribution::detail {

/// For what would hand out a reference into a temporary, such as an iterator of it. Where a value
/// can be handed out instead, do that.
template <class Temporary>
constexpr void refuse_temporary() {
    static_assert(!std::is_object_v<Temporary>,
                  "attribution: this would refer into a temporary, which is gone at the end of the "
                  "statement; keep it in a variable first");
}

}  // namespace attribution::detail
