// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/buffer.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace attribution::detail;

struct alignas(64) wide {
    int number;
};

static_assert(std::is_same_v<row_of<int>, buffer<int>>);
static_assert(std::is_same_v<row_of<std::string>, std::vector<std::string>>);
static_assert(std::is_nothrow_move_constructible_v<buffer<int>>);
static_assert(std::is_nothrow_move_assignable_v<buffer<int>>);

constexpr bool test() {
    buffer<int> numbers;
    support::require(numbers.empty() && numbers.begin() == numbers.end());
    support::require(buffer<int>{numbers}.empty());
    for (int i = 0; i < 5; ++i)
        numbers.push_back(i);
    support::require(numbers.size() == 5 && numbers[0] == 0 && numbers.back() == 4);
    numbers.push_back(numbers[3]);
    numbers.pop_back();

    auto copy = numbers;
    copy[0] = 7;
    support::require(numbers[0] == 0 && copy.size() == 5 && copy[4] == 4);
    auto moved = std::move(copy);
    support::require(moved[0] == 7 && moved.size() == 5);
    numbers = moved;
    support::require(numbers[0] == 7 && moved[0] == 7);

    numbers.resize(7, 9);
    support::require(numbers.size() == 7 && numbers[4] == 4 && numbers[5] == 9 && numbers[6] == 9);
    numbers.resize(2, 1);
    support::require(numbers.size() == 2 && numbers[1] == 1);
    numbers.assign(3, 8);
    support::require(numbers.size() == 3 && numbers[0] == 8 && numbers[2] == 8);
    numbers.resize_for_overwrite(50);
    support::require(numbers.size() == 50);
    if (std::is_constant_evaluated())
        support::require(numbers[0] == 0 && numbers[49] == 0);
    numbers[49] = 1;
    numbers.clear();
    support::require(numbers.empty());

    // Constant evaluation sees a place outside of the room, and room that is not given back.
    for (std::size_t const size : {1u, 4u, 5u, 7u, 8u, 9u, 11u, 12u, 13u}) {
        buffer<int> few(4, 1);
        few.resize(size, 2);
        support::require(few.size() == size && few.back() == (size > 4 ? 2 : 1));
        buffer<int> single(1, 3);
        single = buffer<int>{single};
        support::require(single.size() == 1 && single[0] == 3);
    }

    resize_for_overwrite(numbers, 3);
    support::require(numbers.size() == 3);
    row_of<std::vector<int>> others{{1}};
    resize_for_overwrite(others, 2);
    support::require(others.size() == 2 && others[0].empty());
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("buffer") {
    CHECK(test());
}

TEST_CASE("a buffer has what a vector has, however it grows") {
    for (std::size_t const size : {0u, 1u, 2u, 3u, 10u, 1000u}) {
        buffer<std::uint64_t> pushed;
        std::vector<std::uint64_t> wanted;
        for (std::size_t i = 0; i < size; ++i) {
            pushed.push_back(i * i);
            wanted.push_back(i * i);
            if (i % 7 == 0) {
                pushed.push_back(pushed[i / 2]);
                wanted.push_back(wanted[i / 2]);
            }
        }
        CHECK(std::equal(pushed.begin(), pushed.end(), wanted.begin(), wanted.end()));
        pushed.resize(2 * wanted.size() + 1, 5);
        wanted.resize(2 * wanted.size() + 1, 5);
        auto const& read = pushed;
        CHECK(std::equal(read.begin(), read.end(), wanted.begin(), wanted.end()));
        CHECK(read.data() == &read[0]);
    }
}

TEST_CASE("a large buffer begins at a huge page, and others where their elements may lie") {
    buffer<std::uint64_t> large;
    large.resize_for_overwrite(2 * huge_page / sizeof(std::uint64_t));
    CHECK(reinterpret_cast<std::uintptr_t>(large.data()) % huge_page == 0);
    large[0] = 3;
    large.push_back(4);  // moves
    CHECK(large[0] == 3);
    CHECK(large.back() == 4);
    buffer<wide> few(3, wide{5});
    CHECK(reinterpret_cast<std::uintptr_t>(few.data()) % 64 == 0);
    CHECK(few[2].number == 5);
}

TEST_CASE("a buffer that has no room for its elements stays as it is") {
    buffer<int> numbers(3, 1);
    CHECK_THROWS_AS(numbers.resize(std::numeric_limits<std::size_t>::max(), 1), std::length_error);
    CHECK_THROWS_AS(numbers.reserve(std::numeric_limits<std::size_t>::max() / 4),
                    std::length_error);
    CHECK(numbers.size() == 3);
    CHECK(numbers[2] == 1);
    auto const* const place = numbers.data();
    numbers.reserve(3);
    numbers.resize(3, 2);
    CHECK(numbers.data() == place);
}

TEST_CASE("a buffer of elements that own memory copies, moves and frees each of them") {
    auto const text = [](std::size_t i) { return std::string(40, static_cast<char>('a' + i)); };
    buffer<std::string> some;
    for (std::size_t i = 0; i < 20; ++i)
        some.push_back(text(i));
    some.push_back(some[3]);
    auto copy = some;
    CHECK(some.size() == 21);
    CHECK(some[20] == text(3));
    some.pop_back();
    some.resize(5, "");
    some.resize(7, "z");
    CHECK(some.size() == 7);
    CHECK(some[4] == text(4));
    CHECK(some[6] == "z");
    some.clear();
    CHECK(some.empty());
    some = std::move(copy);
    CHECK(some[19] == text(19));
    some.assign(2, "b");
    CHECK(some[1] == "b");
}

TEST_CASE("elements are appended without values, and those before are kept") {
    buffer<char> some(3, 'a');
    for (int i = 0; i < 100; ++i) {
        auto* const place = some.append_for_overwrite(2);
        place[0] = 'b';
        place[1] = static_cast<char>(i);
    }
    CHECK(some.size() == 203);
    CHECK(some[2] == 'a');
    CHECK(some[3] == 'b');
    CHECK(some[202] == 99);
    CHECK(some.append_for_overwrite(0) == some.end());
}
