// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/index_iterator.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>

namespace {

using namespace support;

struct squares {
    constexpr std::size_t operator[](std::size_t i) const { return i * i; }
};
using walker = att::detail::index_iterator<squares>;
static_assert(std::random_access_iterator<walker>);

constexpr bool test() {
    squares const numbers;
    walker const begin{numbers, 0};
    walker const end{numbers, 5};
    require(end - begin == 5 && begin < end && begin != end && walker{} == walker{});
    require(*(begin + 3) == 9 && *(3 + begin) == 9 && begin[4] == 16 && *(end - 1) == 16);
    auto it = begin;
    require(*it++ == 0 && *it == 1 && *++it == 4 && *it-- == 4 && *it == 1 && *--it == 0);
    it += 4;
    it -= 1;
    require(*it == 9);
    require(std::lower_bound(begin, end, std::size_t{10}) == end - 1);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("index_iterator") {
    CHECK(test());
}
