// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/blend.hpp>

#include "support/model_suite.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace {

using namespace support;

constexpr bool test() {
    constexpr auto u = 0.4 * att::first_touch + 0.2 * att::linear + 0.4 * att::last_touch;
    require(split(300, path_at(1, 2, 3), u) == gives(140, 20, 140, 0));
    require(split(300, path_at(1, 2, 3),
                  4 * att::first_touch + 2 * att::linear + 4 * att::last_touch) ==
            gives(140, 20, 140, 0));
    // without a part, part 1
    require(split(300, path_at(1, 2, 3), att::first_touch + att::last_touch) ==
            gives(150, 0, 150, 0));
    require(split(900, path_at(1, 2, 3), att::first_touch + att::linear + att::last_touch) ==
            gives(400, 100, 400, 0));
    require(split(400, path_at(1, 2), att::first_touch + 3 * att::last_touch) ==
            gives(100, 300, 0));
    // a blend is a model, so it can be a part of another
    require(split(400, path_at(1, 2),
                  0.5 * (att::first_touch + att::last_touch) + 0.5 * att::first_touch) ==
            gives(300, 100, 0));
    // normalised before mixing: usage in thousands weighs no more than linear
    constexpr auto thousands =
        att::usage_weighted([](touch const& t) { return static_cast<double>(t.at) * 1000; });
    require(split(1200, path_at(1, 2, 3), thousands + att::linear) == gives(300, 400, 500, 0));
    // a model without an opinion on a path takes no part in it
    constexpr auto silent = att::usage_weighted([](touch const&) { return 0; });
    require(split(100, path_at(1, 2), 0.9 * silent + 0.1 * att::last_touch) == gives(0, 100, 0));
    require(split(100, path_at(1, 2), silent + silent) == gives(0, 0, 100));
    // a part of 0 among others leaves that model out
    require(split(100, path_at(1, 2), 0.0 * att::first_touch + 1.0 * att::last_touch) ==
            gives(0, 100, 0));
    // models that need scratch of their own can be blended
    constexpr auto paid = att::prefer(att::where(&touch::channel, 'p'), att::linear);
    require(split(800, path_through('p', 'a', 'p', 'b'), paid + att::linear) ==
            gives(300, 100, 300, 100, 0));
    // a callable takes part once it is said to be a model
    constexpr auto mine = att::as_model([](auto const&, att::weights w) { w.back() = 5; });
    require(split(100, path_at(1, 2), att::first_touch + mine) == gives(50, 50, 0));
    return true;
}
static_assert(test());
static_assert(model_suite(0.4 * att::first_touch + 0.2 * att::linear + 0.4 * att::last_touch));
static_assert(model_suite(att::as_model([](auto const&, att::weights w) { w.back() = 5; })));

template <class M>
concept can_be_scaled = requires(M m) {
    2.0 * m;
};
static_assert(can_be_scaled<att::linear_fn>);
static_assert(!can_be_scaled<void (*)(support::any_path const&, att::weights)>);
static_assert(!can_be_scaled<int*>);

}  // namespace

TEST_CASE("blend") {
    CHECK(test());
}

TEST_CASE("blend refuses parts that are negative, NaN or infinite") {
    auto const not_a_part = "blend: the part of a model must be finite and not negative";
    auto const nothing = "blend: the parts must not all be 0";
    CHECK_THROWS_WITH_AS((void)(-1.0 * att::linear), not_a_part, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)(std::nan("") * att::linear), not_a_part, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)(std::numeric_limits<double>::infinity() * att::linear), not_a_part,
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)split(1, path_at(1), 0.0 * att::linear + 0.0 * att::first_touch),
                         nothing, std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        (void)split(1, path_at(1),
                    1.0 * (0.0 * att::linear + 0.0 * att::first_touch) + att::linear),
        nothing, std::invalid_argument);
    CHECK_THROWS_WITH_AS((void)split(1, path_at(1), 0.0 * att::linear), nothing,
                         std::invalid_argument);
}

TEST_CASE("blend refuses a part's weights even if the sum would hide them") {
    auto const negative = att::as_model([](auto const&, att::weights w) { w[0] = 3, w[1] = -1; });
    CHECK_THROWS_AS((void)split(9, path_at(1, 2), att::linear + negative), std::domain_error);
}

TEST_CASE("a part of 0 leaves a model out, wherever it stands, and it is not called") {
    auto const never = att::as_model([](auto const&, att::weights) { FAIL("called for nothing"); });
    auto const half = gives(50, 50, 0);
    auto const path = path_at(1, 2);
    CHECK(split(100, path, 0.0 * never + 1.0 * att::linear) == half);
    CHECK(split(100, path, 1.0 * att::linear + 0.0 * never) == half);
    CHECK(split(100, path, 0.0 * never + 0.0 * never + 1.0 * att::linear) == half);
    CHECK(split(100, path, 0.0 * never + 1.0 * att::linear + 0.0 * never) == half);
    CHECK(split(100, path, 1.0 * att::linear + (0.0 * never + 0.0 * never)) == half);
    CHECK(split(100, path, -0.0 * never + att::linear) == half);
    // nested
    CHECK(split(100, path, 0.0 * (never + never) + 1.0 * (0.0 * never + att::linear)) == half);
    CHECK(split(100, path, 0.0 * (0.0 * never + 0.0 * never) + att::linear) == half);
    CHECK(split(100, path, 1.0 * (0.0 * (0.5 * never + 0.5 * never) + 2.0 * att::linear)) == half);
    // too little to move a weight
    CHECK(split(100, path, 1e-300 * never + 1.0 * att::linear) == half);
    CHECK(split(100, path, 5e-324 * att::linear) == half);
}
