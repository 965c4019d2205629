// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/temporary.hpp>

#include <concepts>

// Only a call is refused, see tests/compile_fail: whoever merely asks gets an answer.
static_assert(std::same_as<decltype(attribution::detail::refuse_temporary<int>()), void>);
