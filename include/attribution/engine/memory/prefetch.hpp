// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>

#include <functional>
#include <memory>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// Does the projection only say where something lies in a record?
template <class Projection>
inline constexpr bool reads_in_place = std::is_member_object_pointer_v<Projection>;

/// Prefetches the memory that a projection will read soon, so that waiting for one place overlaps
/// with waiting for another. Does nothing where it would cost more than it saves.
template <class Projection, class Record>
constexpr void prefetch(Projection const& projection, Record&& record) {
    if constexpr (reads_in_place<Projection> &&
                  std::is_lvalue_reference_v<std::invoke_result_t<Projection const&, Record>>)
        if (!std::is_constant_evaluated())
            ATTRIBUTION_PREFETCH(
                std::addressof(std::invoke(projection, static_cast<Record&&>(record))));
}

}  // namespace attribution::detail
