// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/large.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace {

using namespace attribution::detail;

constexpr bool test() {
    large_vector<int> numbers;
    for (int i = 0; i < 3; ++i)
        numbers.push_back(i);
    auto const copy = numbers;
    support::require(copy.size() == 3 && copy[0] == 0 && copy[2] == 2);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("large_vector") {
    CHECK(test());
}

TEST_CASE("a large vector begins at a huge page and keeps what is written") {
    large_vector<std::uint64_t> numbers;
    numbers.resize(2 * huge_page / sizeof(std::uint64_t));
    CHECK(reinterpret_cast<std::uintptr_t>(numbers.data()) % huge_page == 0);
    for (std::uint64_t i = 0; i < numbers.size(); ++i)
        numbers[i] = i;
    auto const copy = numbers;
    CHECK(copy == numbers);
    CHECK(copy.back() == numbers.size() - 1);
    CHECK_THROWS_AS(numbers.resize(static_cast<std::size_t>(-1)), std::length_error);
}

TEST_CASE("memory has the alignment that was asked for, whatever its size") {
    for (std::size_t const bytes : {std::size_t{1}, std::size_t{1000}, 2 * huge_page})
        for (std::size_t const alignment : {std::size_t{1}, std::size_t{16}, std::size_t{256}}) {
            auto* const place = allocate_bytes(bytes, alignment);
            CHECK(reinterpret_cast<std::uintptr_t>(place) % alignment == 0);
            free_bytes(place, bytes, alignment);
        }
}

TEST_CASE("a large_vector may be made of elements that nobody makes") {
    using attribution::detail::unfilled;
    large_vector<std::uint64_t> numbers(unfilled::iterator{0}, unfilled::iterator{1000});
    REQUIRE(numbers.size() == 1000);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = i;
    CHECK(numbers.back() == 999);
    CHECK(large_vector<int>(unfilled::iterator{0}, unfilled::iterator{0}).empty());
}
