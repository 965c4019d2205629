// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>
#include <type_traits>

namespace attribution::detail {

/// Text literals are taken by their characters, not by address.
template <class T>
using comparable = std::conditional_t<std::is_convertible_v<T, char const*>, std::string_view, T>;

}  // namespace attribution::detail
