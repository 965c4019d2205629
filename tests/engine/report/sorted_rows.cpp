// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/sorted_rows.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace {

using attribution::detail::sorted_rows;

constexpr bool descending(int a, int b) {
    return a > b;
}

constexpr bool at_compile_time() {
    return sorted_rows(std::vector<int>{}, descending).empty() &&
           sorted_rows(std::vector{2, 9, 4, 1, 7, 3}, descending) == std::vector{9, 7, 4, 3, 2, 1};
}
static_assert(at_compile_time());

}  // namespace

TEST_CASE("rows are moved into their order") {
    CHECK(at_compile_time());
    std::vector<std::unique_ptr<int>> rows;
    for (int i = 0; i < 100; ++i)
        rows.push_back(std::make_unique<int>(i * 37 % 100));
    auto const sorted =
        sorted_rows(std::move(rows), [](auto const& a, auto const& b) { return *a < *b; });
    REQUIRE(sorted.size() == 100);
    for (int i = 0; i < 100; ++i)
        CHECK(*sorted[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("the order may keep a state of its own, and throw") {
    int calls = 0;
    auto const counted = [&calls](int a, int b) {
        if (++calls > 3)
            throw std::runtime_error{"enough"};
        return a < b;
    };
    CHECK(sorted_rows(std::vector{2, 1}, counted) == std::vector{1, 2});
    CHECK_THROWS_AS(sorted_rows(std::vector{5, 4, 3, 2, 1}, counted), std::runtime_error);
}
