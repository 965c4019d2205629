// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/records/borrowed_rows.hpp>

#include <range/v3/view/filter.hpp>
#include <range/v3/view/subrange.hpp>

#include <doctest/doctest.h>

#include <array>
#include <forward_list>
#include <span>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

static_assert(att::detail::can_borrow<std::vector<int>&> &&
              att::detail::can_borrow<std::span<int>> &&
              att::detail::can_borrow<ranges::ref_view<std::vector<int>>>);
static_assert(!att::detail::can_borrow<std::vector<int>> &&
              !att::detail::can_borrow<std::array<int, 3>>);

constexpr bool is_odd(int number) {
    return number % 2 != 0;
}

constexpr bool reads_in_place() {
    constexpr std::array<int, 3> numbers{5, 6, 7};
    std::array<int, 2> own{1, 2};
    att::detail::rows<std::span<int>> const view{std::span<int>{own}};
    own[1] = 9;
    att::detail::rows<std::array<int, 3> const&> const container{numbers};
    return container.size() == 3 && container[2] == 7 && view.size() == 2 && view[1] == 9;
}
static_assert(reads_in_place());

}  // namespace

TEST_CASE("rows of a container or of a view are read where they lie") {
    CHECK(reads_in_place());
}

TEST_CASE("what has no random access is indexed once, for all copies") {
    std::forward_list<int> const list{4, 5, 6};
    att::detail::rows<std::forward_list<int> const&> const rows{list};
    auto const copy = rows;
    REQUIRE(copy.size() == 3);
    CHECK(&copy[2] == &rows[2]);
    CHECK(rows[1] == 5);

    std::vector<int> numbers{1, 2, 3, 4, 5};
    auto odd = ranges::views::filter(numbers, &is_odd);
    att::detail::rows<decltype(odd)> const filtered{std::move(odd)};
    REQUIRE(filtered.size() == 3);
    CHECK(filtered[1] == 3);
}
