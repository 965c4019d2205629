// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>

#include <functional>
#include <memory>
#include <type_traits>

namespace attribution::inline v0_1::detail {

/// Tells the processor that this memory will be read soon.
ATTRIBUTION_INLINE inline void prefetch(void const* address) {
    ATTRIBUTION_PREFETCH(address);
}

/// Does the projection only say where something lies in a record?
template <class Projection>
inline constexpr bool reads_in_place = std::is_member_object_pointer_v<Projection>;

/// Is the memory that a projection will read known without calling the projection? It is the member
/// that it names, or else the record, if the range refers to records that lie in memory.
template <class Projection, class Reference>
inline constexpr bool can_prefetch = std::is_lvalue_reference_v<Reference>;
template <class Projection, class Reference>
    requires reads_in_place<Projection>
inline constexpr bool can_prefetch<Projection, Reference> =
    std::is_lvalue_reference_v<std::invoke_result_t<Projection const&, Reference>>;

/// Prefetches the memory that a projection will read soon, so that waiting for one place overlaps
/// with waiting for another. Calls no projection.
template <class Projection, class Record>
    requires can_prefetch<Projection, Record>
constexpr void prefetch(Projection const& projection, Record&& record) {
    if (std::is_constant_evaluated())
        return;
    if constexpr (reads_in_place<Projection>)
        detail::prefetch(std::addressof(std::invoke(projection, static_cast<Record&&>(record))));
    else
        detail::prefetch(std::addressof(record));
}

}  // namespace attribution::detail
