// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/owned_range.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace {

template <class T>
using owned = attribution::detail::owned_range<T>;

static_assert(std::ranges::random_access_range<owned<int>>);
static_assert(std::ranges::random_access_range<owned<int> const>);
static_assert(std::ranges::sized_range<owned<int>>);
static_assert(!std::ranges::borrowed_range<owned<int>>);

static_assert(std::same_as<decltype(std::declval<owned<int>&>()[0]), int const&>);
static_assert(std::same_as<decltype(std::declval<owned<int> const&>()[0]), int const&>);
static_assert(std::same_as<decltype(std::declval<owned<int>>()[0]), int>);
static_assert(std::same_as<decltype(std::declval<owned<int> const>()[0]), int>);

constexpr bool walks() {
    int sum = 0;
    for (int const each : owned<int>{{1, 2, 3}})
        sum = 10 * sum + each;
    owned<int> const two{{4, 5}};
    return sum == 123 && owned<int>{{4, 5}}[1] == 5 && two.size() == 2 && !two.empty() &&
           two.end() - two.begin() == 2 && owned<int>{}.empty();
}
static_assert(walks());

}  // namespace

// Instantiating all of it is not using all of it.
template class attribution::detail::owned_range<std::string>;

TEST_CASE("owned_range: an element of a temporary is a value") {
    CHECK(walks());
    std::string const long_name(100, 'x');
    auto const& kept = owned<std::string>{{long_name}}[0];
    CHECK(kept == long_name);
}
