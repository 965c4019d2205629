// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/sorted_timelines.hpp>

#include "engine/join/timelines.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <vector>

using namespace support;

namespace {

constexpr bool test() {
    auto const c = att::sorted(sales(timeline_book));
    auto const t = att::sorted(touches(timeline_log));
    timelines_suite(att::detail::sorted_timelines<decltype(c), decltype(t)>{c, t, 1});
    auto const names = att::sorted(att::conversions(timeline_book, as_pair, &sale::at));
    auto const by_name = att::sorted(att::touchpoints(timeline_log, as_pair, &touch::at));
    timelines_suite(
        att::detail::sorted_timelines<decltype(names), decltype(by_name)>{names, by_name, 1});
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

TEST_CASE("missing keys have no touchpoints, and own none") {
    struct visit {
        std::optional<int> user;
        tick at;
    };
    std::vector<visit> const book{{std::nullopt, 9}, {0, 9}, {2, 9}};
    std::vector<visit> const log{{std::nullopt, 1}, {std::nullopt, 2}, {0, 3}, {1, 4}};
    auto const c = att::sorted(att::conversions(book, &visit::user, &visit::at));
    auto const t = att::sorted(att::touchpoints(log, &visit::user, &visit::at));
    att::detail::sorted_timelines<decltype(c), decltype(t)> const lines{c, t, 1};
    auto const owned = [&](std::size_t conversion) {
        std::vector<std::size_t> positions;
        for (std::size_t position = 0; position <= log.size(); ++position)
            if (lines.holds(lines.customer_of(conversion), position,
                            att::interval<tick>::everything()))
                positions.push_back(position);
        return positions;
    };
    CHECK(owned(0).empty());
    CHECK(owned(1) == std::vector<std::size_t>{2});
    CHECK(owned(2).empty());
    for (std::size_t hint = 0; hint <= log.size(); ++hint) {
        CHECK(lines.first_from(lines.customer_of(0), 0, hint) == hint);
        CHECK(lines.first_after(lines.customer_of(0), 9, hint) == hint);
        CHECK(lines.first_from(lines.customer_of(1), 0, hint) == 2);
        CHECK(lines.first_after(lines.customer_of(1), 9, hint) == 3);
    }
}

TEST_CASE("sorted timelines") {
    CHECK(test());
    static_assert(test());
}
