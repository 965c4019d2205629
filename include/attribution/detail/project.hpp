// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

namespace attribution::detail {

template <class Result>
using kept_result =
    std::conditional_t<std::is_rvalue_reference_v<Result>, std::remove_cvref_t<Result>, Result>;

/// std::invoke, whose result may outlive the records: a member of a temporary record comes as a
/// value, not as a reference into what is gone.
template <class Projection, class... Records>
constexpr auto project(Projection const& projection, Records&&... records)
    -> kept_result<std::invoke_result_t<Projection const&, Records...>> {
    return std::invoke(projection, std::forward<Records>(records)...);
}

}  // namespace attribution::detail
