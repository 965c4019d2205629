// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/credit_routes.hpp>

#include "support/records.hpp"

#include <attribution/engine/credit/single_credits.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

using namespace support;

namespace {

using namespace att::detail;

static_assert(same_end<att::first_touch_fn> && same_end<att::last_touch_fn, att::last_touch_fn>);
static_assert(!same_end<att::first_touch_fn, att::last_touch_fn> && !same_end<att::linear_fn>);
static_assert(end_of<att::last_touch_fn> == att::path_end::last);

/// Three customers: one with a path of two, one with one that is too old, one without any.
std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}, {2, -9, 'a'}};
std::vector<sale> const book{{1, 3, 100}, {2, 3, 10}, {3, 3, 1}};

template <class Route>
std::vector<att::credit<cents>> credits_by(Route route) {
    auto const journeys = att::join(sales(book), touches(log));
    std::vector<att::credit<cents>> credits;
    auto const note = [&](att::credit<cents> const& earned) { credits.push_back(earned); };
    single_credits<cents, decltype(note)> receiver{note};
    route(journeys, receiver);
    return credits;
}

constexpr std::index_sequence<0> one_model{};

}  // namespace

TEST_CASE("a model of the length of the path gives the same by the whole path") {
    auto const by_stretch = credits_by([](auto const& journeys, auto& receiver) {
        credit_by_stretch(visiting::by_row, journeys, att::lookback(5), 0, 3, receiver, one_model,
                          att::linear);
    });
    REQUIRE(by_stretch.size() == 4);
    CHECK(by_stretch[0] == att::credit<cents>{0, 0, 50, 0.5});
    CHECK(by_stretch[2] == att::credit<cents>{1, att::no_row, 10, 1.0});
    CHECK(credits_by([](auto const& journeys, auto& receiver) {
              credit_by_path(visiting::by_row, journeys, att::lookback(5), 0, 3, receiver,
                             one_model, att::linear);
          }) == by_stretch);
}

TEST_CASE("a model of ages gives the same by the whole path") {
    static_assert(stretch_model<decltype(att::time_decay(1)), tick>);
    auto const by_stretch = credits_by([](auto const& journeys, auto& receiver) {
        credit_by_stretch(visiting::by_row, journeys, att::lookback(5), 0, 3, receiver, one_model,
                          att::time_decay(1));
    });
    REQUIRE(by_stretch.size() == 4);
    CHECK(by_stretch[0] == att::credit<cents>{0, 0, 33, 1.0 / 3});
    CHECK(by_stretch[1] == att::credit<cents>{0, 1, 67, 2.0 / 3});
    CHECK(by_stretch[3] == att::credit<cents>{2, att::no_row, 1, 1.0});
    CHECK(credits_by([](auto const& journeys, auto& receiver) {
              credit_by_path(visiting::by_row, journeys, att::lookback(5), 0, 3, receiver,
                             one_model, att::time_decay(1));
          }) == by_stretch);
}

TEST_CASE("a model of one end gives the same by the whole path") {
    auto const by_end = credits_by([](auto const& journeys, auto& receiver) {
        credit_by_stretch(visiting::by_row, journeys, att::lookback(5), 0, 3, receiver, one_model,
                          att::last_touch);
    });
    REQUIRE(by_end.size() == 3);
    CHECK(by_end[0] == att::credit<cents>{0, 1, 100, 1.0});
    CHECK(credits_by([](auto const& journeys, auto& receiver) {
              credit_by_path(visiting::by_row, journeys, att::lookback(5), 0, 3, receiver,
                             one_model, att::last_touch);
          }) == by_end);
}

TEST_CASE("where a window has no instant, neither end of it has a touchpoint") {
    // Backwards for the customer of a path of two, and as long as time for the others.
    auto const some = att::between([](sale const& s) { return s.user == 1 ? tick{2} : INT64_MIN; },
                                   [](sale const& s) { return s.user == 1 ? tick{1} : INT64_MAX; });
    auto const check = [&](auto const& model) {
        auto const credits = credits_by([&](auto const& journeys, auto& receiver) {
            credit_by_stretch(visiting::by_row, journeys, some, 0, 3, receiver, one_model, model);
        });
        REQUIRE(credits.size() == 3);
        CHECK(credits[0] == att::credit<cents>{0, att::no_row, 100, 1.0});
        CHECK(credits[1] == att::credit<cents>{1, 2, 10, 1.0});
        CHECK(credits[2] == att::credit<cents>{2, att::no_row, 1, 1.0});
    };
    check(att::first_touch);
    check(att::last_touch);
}
