// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/join/walking.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <optional>

namespace {

using namespace attribution::detail;

struct sale {
    int user;
    std::int64_t at;
};
struct touch {
    int user;
    std::int16_t at;
};
constexpr std::array<sale, 2> book{sale{1, 5}, sale{1, 1'000'000}};
constexpr std::array<touch, 1> log{touch{1, 7}};

// Both stand on the clock where the two meet.
constexpr bool test_times() {
    auto const sales = att::conversions(book, &sale::user, &sale::at);
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    return conversion_time(sales, touches, 1) == 1'000'000 && touch_time(touches, sales, 0) == 7;
}
static_assert(test_times());

constexpr bool test_previous() {
    previous_time<int> before;
    bool right = !before.get();
    before.set(3);
    right = right && before.get() == 3;
    before.set(std::nullopt);
    return right && !before.get();
}
static_assert(test_previous());

}  // namespace

TEST_CASE("times of a walk meet on one clock; the previous one may be forgotten") {
    CHECK(test_times());
    CHECK(test_previous());
}
