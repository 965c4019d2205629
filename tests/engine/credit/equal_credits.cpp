// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/equal_credits.hpp>

#include <cstdint>

namespace {

using attribution::detail::equal_credits;

// positions [first, first + length), each with the same amount and share
constexpr equal_credits<std::int64_t> three{2, 3, 20, 0.25};
static_assert(three.first == 2 && three.length == 3 && three.amount == 20 && three.share == 0.25);

template <class T>
concept has_credits = requires {
    typename equal_credits<T>;
};
static_assert(has_credits<double> && !has_credits<bool> && !has_credits<char const*>);

}  // namespace
