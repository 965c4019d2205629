// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/held_records.hpp>

#include "stream/support.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <type_traits>

using namespace support;

namespace {

using held = att::detail::held_records<decltype(touch_stream()), decltype(sale_stream())>;

live_touch tap(tick at, std::int64_t id) {
    return {touch{1, at}, id};
}

}  // namespace

TEST_CASE("touchpoints of a customer have their place in the order (time, id)") {
    auto const stream = touch_stream();
    held customer;
    CHECK(customer.empty());
    CHECK(customer.place_of(stream, tap(5, 5)) == 0);
    CHECK(!customer.holds(stream, tap(5, 5), 0));
    customer.touchpoints = {tap(5, 5), tap(5, 7), tap(6, 1)};
    CHECK(!customer.empty());
    auto const place = [&](tick at, std::int64_t id) {
        return customer.place_of(stream, tap(at, id));
    };
    auto const holds = [&](tick at, std::int64_t id) {
        return customer.holds(stream, tap(at, id), place(at, id));
    };
    CHECK(place(4, 9) == 0);
    CHECK(place(5, 5) == 0);
    CHECK(place(5, 6) == 1);
    CHECK(place(5, 7) == 1);
    CHECK(place(5, 8) == 2);
    CHECK(place(6, 1) == 2);
    CHECK(place(6, 2) == 3);
    CHECK(holds(5, 5));
    CHECK(!holds(5, 6));
    CHECK(holds(5, 7));
    CHECK(holds(6, 1));
    CHECK(!holds(6, 2));
    CHECK(!holds(5, 1));
}

TEST_CASE("so have its conversions, by their stamps") {
    held customer;
    CHECK(customer.place_of({5, 5}) == 0);
    CHECK(!customer.holds({5, 5}, 0));
    customer.conversions = {{{5, 5}, std::nullopt}, {{5, 7}, std::nullopt}, {{6, 1}, std::nullopt}};
    CHECK(!customer.empty());
    CHECK(customer.place_of({5, 6}) == 1);
    CHECK(customer.place_of({5, 7}) == 1);
    CHECK(customer.holds({5, 7}, 1));
    CHECK(!customer.holds({5, 6}, 1));
    CHECK(customer.place_of({6, 2}) == 3);
    CHECK(!customer.holds({6, 2}, 3));
    CHECK(customer.previous(0, {5, 0}) == std::nullopt);
    CHECK(customer.previous(1, {5, 0}) == std::nullopt);  // an item of the same order
    CHECK(customer.previous(2, {5, 0}) == std::nullopt);
    CHECK(customer.previous(2, {6, 0}) == 5);
    CHECK(customer.previous(3, {6, 0}) == 5);
    CHECK(customer.previous(3, {7, 0}) == 6);
    auto const when = held::stamp_of(sale_stream(), {sale{1, 8, 99}, 4});
    CHECK(when.at == 8);
    CHECK(when.id == 4);
}

TEST_CASE("the first conversion that waits") {
    held customer;
    CHECK(customer.first_waiting() == 0);
    live_sale const sold{sale{1, 7, 99}, 2};
    customer.conversions = {{{5, 5}, std::nullopt}, {{5, 7}, std::nullopt}, {{7, 2}, sold}};
    CHECK(customer.first_waiting() == 2);
    CHECK(customer.credited == 2);
    customer.conversions[2].record.reset();
    CHECK(customer.first_waiting() == 3);
}

TEST_CASE("records without an id stand before the others of their instant, as they came") {
    struct visit {
        int user = 1;
        tick at = 0;
        std::optional<int> id;
    };
    auto const touches = att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::id);
    auto const sales = att::conversion_stream<visit>(&visit::user, &visit::at, &visit::id);
    att::detail::held_records<std::remove_const_t<decltype(touches)>,
                              std::remove_const_t<decltype(sales)>>
        customer;
    customer.touchpoints = {{1, 4, 9}, {1, 5, {}}, {1, 5, {}}, {1, 5, 0}, {1, 6, {}}};
    auto const place = [&](tick at, std::optional<int> id) {
        auto const found = customer.place_of(touches, {1, at, id});
        CHECK(customer.holds(touches, {1, at, id}, found) == (at == 5 && id == 0));
        return found;
    };
    CHECK(place(4, {}) == 0);
    CHECK(place(5, {}) == 3);
    CHECK(place(5, 0) == 3);
    CHECK(place(6, {}) == 5);
    for (std::size_t i = 0; i < 3; ++i) {
        auto when = customer.stamp_of(sales, {1, 5, {}});
        CHECK(customer.place_for(when) == i);
        CHECK(!customer.holds(when, i));
        CHECK(when.nth == i);
        customer.conversions.push_back({when, std::nullopt});
        CHECK(customer.place_of(when) == i);
    }
    auto earlier = customer.stamp_of(sales, {1, 4, {}});
    CHECK(customer.place_for(earlier) == 0);
    CHECK(earlier.nth == 0);
    auto named = customer.stamp_of(sales, {1, 5, 0});
    CHECK(customer.place_for(named) == 3);
}
