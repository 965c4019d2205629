// SPDX-License-Identifier: BSL-1.0
#include <attribution/timeline/sorted.hpp>

#include "timeline/timelines.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <vector>

using namespace support;

namespace {

constexpr bool test() {
    auto const c = att::sorted(sales(timeline_book));
    auto const t = att::sorted(touches(timeline_log));
    timelines_suite(att::detail::sorted_timelines<decltype(c), decltype(t)>{c, t, 1});
    return true;
}

}  // namespace

TEST_CASE("a conversion without a key has none before it") {
    struct purchase {
        std::optional<int> user;
        tick at;
    };
    std::vector<purchase> const book{{std::nullopt, 1}, {std::nullopt, 2}, {1, 3}, {1, 4}};
    auto const c = att::sorted(att::conversions(book, &purchase::user, &purchase::at));
    auto const t = att::sorted(touches(timeline_log));
    att::detail::sorted_timelines<decltype(c), decltype(t)> const lines{c, t, 1};
    CHECK(!lines.previous(0));
    CHECK(!lines.previous(1));
    CHECK(!lines.previous(2));
    CHECK(lines.previous(3) == tick{3});
}

TEST_CASE("sorted timelines") {
    CHECK(test());
    static_assert(test());
}
