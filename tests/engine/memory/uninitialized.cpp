// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/uninitialized.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace {

using namespace attribution::detail;

constexpr bool test() {
    uninitialized_vector<int> numbers;
    resize_uninitialized(numbers, 3, 7);
    support::require(numbers.size() == 3);
    for (int i = 0; auto& number : numbers)
        number = ++i;
    auto const copy = numbers;
    support::require(copy[0] == 1 && copy[2] == 3);
    resize_uninitialized(numbers, 1, 7);
    support::require(numbers.size() == 1);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("uninitialized_vector") {
    CHECK(test());
}

TEST_CASE("a large uninitialized_vector begins at a huge page and keeps what is written") {
    uninitialized_vector<std::uint64_t> numbers;
    resize_uninitialized(numbers, 2 * huge_page / sizeof(std::uint64_t), std::uint64_t{7});
    CHECK(reinterpret_cast<std::uintptr_t>(numbers.data()) % huge_page == 0);
    for (std::uint64_t i = 0; i < numbers.size(); ++i)
        numbers[i] = i;
    auto const copy = numbers;
    CHECK(copy == numbers);
    CHECK(copy.back() == numbers.size() - 1);
    CHECK_THROWS_AS(numbers.resize(static_cast<std::size_t>(-1)), std::length_error);
}
