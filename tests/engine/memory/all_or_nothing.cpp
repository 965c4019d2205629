// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/all_or_nothing.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

using attribution::detail::erase_front_or_nothing;
using attribution::detail::insert_or_nothing;
using attribution::detail::shifts_safely;

namespace {

/// Copies, as classes from before C++11 do, and a copy fails when none are left.
struct old {
    int number = 0;
    static inline int copies_left = 1'000;

    old(int n) : number(n) {}
    old(old const& other) : number(other.number) { copy(); }
    old& operator=(old const& other) {
        copy();
        number = other.number;
        return *this;
    }
    ~old() = default;
    friend bool operator==(old const&, old const&) = default;

  private:
    static void copy() {
        if (copies_left == 0)
            throw std::runtime_error{"no copy"};
        --copies_left;
    }
};
static_assert(shifts_safely<int> && !shifts_safely<old>);

template <class T>
void check_insert() {
    for (std::size_t place = 0; place <= 4; ++place)
        for (bool const room : {false, true}) {
            std::vector<T> all{1, 2, 3, 4};
            if (room)
                all.reserve(100);
            auto const before = all;
            CHECK_THROWS_AS(
                insert_or_nothing(all, place, T{9},
                                  [](T&) { throw std::domain_error{"the use failed"}; }),
                std::domain_error);
            CHECK(all == before);
            insert_or_nothing(all, place, T{9}, [](T& added) { added = T{7}; });
            CHECK(all.size() == 5);
            CHECK(all[place] == T{7});
        }
}

}  // namespace

TEST_CASE("one more in a vector, or nothing") {
    check_insert<int>();
    check_insert<old>();
    for (std::size_t place = 0; place <= 4; ++place)
        for (int copies = 0; copies < 6; ++copies) {
            old::copies_left = 1'000;
            std::vector<old> all{1, 2, 3, 4};
            auto const before = all;
            bool inserted = false;
            old::copies_left = copies;
            try {
                insert_or_nothing(all, place, old{9}, [](old&) {});
                inserted = true;
            } catch (std::runtime_error const&) {
                CHECK(all == before);
            }
            CHECK(all.size() == (inserted ? 5 : 4));
        }
    old::copies_left = 1'000;
}

TEST_CASE("fewer at the front of a vector, or nothing") {
    std::vector<old> all{1, 2, 3, 4};
    auto const before = all;
    old::copies_left = 1;
    CHECK_THROWS_AS(erase_front_or_nothing(all, 2), std::runtime_error);
    CHECK(all == before);
    old::copies_left = 1'000;
    erase_front_or_nothing(all, 0);
    CHECK(all == before);
    erase_front_or_nothing(all, 3);
    CHECK(all == std::vector<old>{4});

    std::vector<int> numbers(1'000);
    std::iota(numbers.begin(), numbers.end(), 0);
    erase_front_or_nothing(numbers, 998);
    CHECK(numbers == std::vector<int>{998, 999});
    CHECK(numbers.capacity() < 100);
}
