// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/merge_sort.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <vector>

namespace {

using attribution::detail::merge_sort;

struct entry {
    int key;
    std::size_t place;
    bool operator==(entry const&) const = default;
};

constexpr bool by_key(entry const& a, entry const& b) {
    return a.key < b.key;
}

constexpr bool at_compile_time() {
    std::array<int, 7> all{3, 1, 2, 7, 5, 6, 4};
    std::array<int, 7> spare{};
    auto const* const sorted =
        merge_sort(all.data(), spare.data(), all.size(), [](int a, int b) { return a < b; });
    for (std::size_t i = 0; i < all.size(); ++i)
        if (sorted[i] != static_cast<int>(i) + 1)
            return false;
    int* const nothing = nullptr;
    return merge_sort(nothing, nothing, 0, [](int a, int b) { return a < b; }) == nullptr;
}
static_assert(at_compile_time());

}  // namespace

TEST_CASE("a merge sort keeps the order of what is equal, whatever the size") {
    CHECK(at_compile_time());
    std::mt19937 random{1};
    for (std::size_t size = 0; size < 200; ++size)
        for (int const keys : {1, 2, 10, 1000}) {
            std::vector<entry> all;
            for (std::size_t i = 0; i < size; ++i)
                all.push_back({static_cast<int>(random() % static_cast<unsigned>(keys)), i});
            auto wanted = all;
            std::sort(wanted.begin(), wanted.end(), [](entry const& a, entry const& b) {
                return a.key < b.key || (a.key == b.key && a.place < b.place);
            });
            std::vector<entry> spare(size, entry{0, 0});
            auto* const sorted = merge_sort(all.data(), spare.data(), size, by_key);
            CHECK((sorted == all.data() || sorted == spare.data()));
            CHECK(std::vector<entry>(sorted, sorted + size) == wanted);
        }
}

TEST_CASE("n log n comparisons suffice, and an error of one comes out") {
    std::vector<int> all(1024);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<int>(i * 389 % 1024);
    std::vector<int> spare(all.size());
    std::size_t calls = 0;
    merge_sort(all.data(), spare.data(), all.size(), [&](int a, int b) {
        ++calls;
        return a < b;
    });
    CHECK(calls <= 1024 * 10);
    auto const refusing = [](int, int) -> bool { throw std::runtime_error{"refused"}; };
    CHECK_THROWS_AS(merge_sort(all.data(), spare.data(), all.size(), refusing), std::runtime_error);
}
