// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/credit_later.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <vector>

using namespace support;

namespace {

using attribution::detail::visiting;

constexpr bool test() {
    std::vector<std::size_t> rows;
    auto waiting = att::detail::later<int>(visiting::by_customer, [&](std::size_t row, int found) {
        require(found == static_cast<int>(row) * 2);
        rows.push_back(row);
    });
    for (std::size_t row = 0; row < 32; ++row) {
        require(!waiting.full());
        waiting.add(row, static_cast<int>(row) * 2);
    }
    require(waiting.full() && rows.empty());
    waiting.credit_all();
    require(!waiting.full() && rows.size() == 32 && rows[31] == 31);
    waiting.credit_all();
    require(rows.size() == 32);
    // By row, each is credited before the next is looked for.
    auto single = att::detail::later<int>(visiting::by_row, [](std::size_t, int) {});
    single.add(0, 0);
    require(single.full());
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("conversions are credited a few at a time, in their order") {
    CHECK(test());
}

TEST_CASE("paths are kept until they are credited") {
    auto const log = path_at(1, 2, 3);
    std::array<sale, 2> const book{sale{1, 2, 10}, sale{1, 9, 10}};
    auto const journeys = att::join(sales(book), touches(log));
    using journeys_type = decltype(journeys);
    using path_type = std::remove_cvref_t<journeys_type>::path_type;
    using anchor_type = std::remove_cvref_t<journeys_type>::anchor_type;
    att::detail::kept_paths<path_type, anchor_type, tick> paths;
    std::vector<decltype(paths)::place> places;
    journeys.for_each_path(att::always,
                           [&](path_type const& steps) { places.push_back(paths.keep(steps)); });
    REQUIRE(places.size() == 2);
    CHECK(paths[places[0]].size() == 2);
    CHECK(paths[places[1]].size() == 3);
    CHECK(paths[places[1]][2].row() == 2);
    CHECK(paths[places[1]].about().row() == 1);
    paths.clear();
    journeys.for_each_path(att::always, [&](path_type const& steps) {
        if (steps.about().row() == 0)
            CHECK(paths.keep(steps).first == 0);
    });
}
