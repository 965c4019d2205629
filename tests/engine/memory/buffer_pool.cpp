// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/buffer_pool.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <type_traits>

namespace {

using namespace support;
using pool = att::detail::buffer_pool<int>;

constexpr bool test() {
    pool buffers;
    {
        auto outer = buffers.borrow(2);
        require(outer->size() == 2 && outer.span()[1] == 0);
        auto inner = buffers.borrow(3);
        inner.span()[0] = inner.span()[2] = 1;
        require((*outer)[0] == 0 && (*outer)[1] == 0);
        outer.span()[0] = outer.span()[1] = 2;  // whichever of the two is lent again
    }
    // What comes back is emptied first.
    auto again = buffers.borrow(4);
    for (int const number : again.span())
        require(number == 0);
    require(buffers.borrow()->empty());
    return true;
}
static_assert(test());
static_assert(!std::is_copy_constructible_v<pool::lease>);

}  // namespace

TEST_CASE("buffer_pool") {
    CHECK(test());
}

TEST_CASE("a buffer that was given back is lent again") {
    pool buffers;
    int const* before = nullptr;
    {
        auto lent = buffers.borrow(100);
        before = lent->data();
    }
    CHECK(buffers.borrow(50)->data() == before);
}
