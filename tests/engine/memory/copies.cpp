// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/copies.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <stdexcept>
#include <string>

namespace {

using attribution::detail::copies;

/// Counts those that are alive, and refuses to be copied more often than it may be.
struct counted {
    int* alive;
    int* left;

    counted(int& known, int& most) : alive{&known}, left{&most} { ++*alive; }
    counted(counted const& other) : alive{other.alive}, left{other.left} {
        if (--*left < 0)
            throw std::runtime_error{"one copy too many"};
        ++*alive;
    }
    counted& operator=(counted const&) = delete;
    ~counted() { --*alive; }
};

constexpr bool at_compile_time() {
    copies<std::size_t> all{3, 7};
    all[1] = 8;
    copies<std::size_t> const none{0, 7};
    return all.size() == 3 && all[0] == 7 && all[1] == 8 && all[2] == 7 && none.size() == 0;
}
static_assert(at_compile_time());

}  // namespace

TEST_CASE("copies: as many as were asked for, each its own") {
    CHECK(at_compile_time());
    copies<std::string> all{2, "a text that is too long for its place"};
    all[0] += '!';
    CHECK(all[0].size() == all[1].size() + 1);
}

TEST_CASE("copies: all are destroyed, also if one cannot be made") {
    int alive = 0;
    int left = 4;
    counted const one{alive, left};
    {
        copies<counted> const all{4, one};
        CHECK(alive == 5);
    }
    CHECK(alive == 1);
    left = 2;
    CHECK_THROWS_AS((copies<counted>{4, one}), std::runtime_error);
    CHECK(alive == 1);
}
