// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Does what the projection refers to stay where it is after the record is gone?
template <class Projection>
inline constexpr bool reads_elsewhere = false;

template <class Result, bool Stays>
using kept_result = std::conditional_t<std::is_lvalue_reference_v<Result> && Stays, Result,
                                       std::remove_cvref_t<Result>>;

/// std::invoke with a result that may outlive the records: a reference into a temporary record
/// becomes a value.
template <class Projection, class... Records>
constexpr auto project(Projection const& projection, Records&&... records)
    -> kept_result<std::invoke_result_t<Projection const&, Records...>,
                   (std::is_lvalue_reference_v<Records> && ...) || reads_elsewhere<Projection>> {
    return std::invoke(projection, std::forward<Records>(records)...);
}

}  // namespace attribution::detail
