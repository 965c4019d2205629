// SPDX-License-Identifier: BSL-1.0
#include <attribution/streaming/held_records.hpp>

#include "streaming/support.hpp"

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
    CHECK(customer.previous(0) == std::nullopt);
    CHECK(customer.previous(1) == 5);
    CHECK(customer.previous(3) == 6);
    auto const when = held::stamp_of(sale_stream(), {sale{1, 8, 99}, 4});
    CHECK(when.at == 8);
    CHECK(when.id == 4);
}
