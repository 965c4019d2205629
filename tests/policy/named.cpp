// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/named.hpp>

#include "support/model_suite.hpp"
#include "support/policy_suite.hpp"

#include <attribution/policy/between.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace support;

static constexpr bool test() {
    auto const window = att::named("ten ticks", att::lookback(10));
    auto const channel = att::named("channel a", att::where(&touch::channel, 'a'));
    require(window.name() == "ten ticks");
    require(same_credits(window, att::lookback(10)));
    require(same_credits(channel, att::where(&touch::channel, 'a')));
    require(same_credits(window && channel, att::lookback(10) && att::where(&touch::channel, 'a')));
    require((!att::named("outside", !att::lookback(10))).earliest(tick{100}) == 90);
    require(policy_suite(window));
    require(policy_suite(channel));
    return true;
}
static_assert(test());

// A name neither hides a window from the engine nor the default of `between`.
using plain_step = att::step<any_path::anchor_type>;
static_assert(att::detail::only_window<decltype(att::named("w", att::lookback(1))), plain_step>);
static_assert(
    att::detail::decides_time<decltype(att::named("b", att::between(&sale::at, &sale::at)))>);

TEST_CASE("a policy can bear a name") {
    CHECK(test());
    CHECK(att::named(std::string{"made at run time"}, att::always).name() == "made at run time");
    char const* nothing = nullptr;
    CHECK_THROWS_WITH_AS((void)att::named(nothing, att::always),
                         "named: the name is a null pointer, not a text", std::invalid_argument);
}
