// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/credit_history.hpp>

#include "support/records.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/policy/credited_at_most.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

using namespace support;

TEST_CASE("a history knows what came before each conversion") {
    std::vector<touch> const taps{{1, 1}};
    std::vector<sale> const book{{1, 5, 1}, {1, 3, 1}, {2, 4, 1}};
    auto const joined = att::join(sales(book), touches(taps));
    auto const history = att::detail::history_of(joined, att::last_touch, att::credited_at_most(9));
    auto const before = [&](std::size_t row) {
        auto const about = joined.anchor_of(row);
        att::step const s{about, att::detail::visit<tick>{1, 0, 1}};
        return history.count(s, [](sale const&) { return true; });
    };
    CHECK(before(0) == 1);
    CHECK(before(1) == 0);
}

TEST_CASE("a settled policy declares what the policy declares, and asks nothing") {
    auto const policy = att::lookback(tick{5}) && att::credited_at_most(1);
    static_assert(att::detail::asks_credited<std::remove_cvref_t<decltype(policy)>>);
    std::vector<sale> const none;
    att::detail::credit_history const history{sales(none), 0};
    att::detail::settled_policy const settled{policy, history};
    using settled_type = std::remove_cvref_t<decltype(settled)>;
    static_assert(!att::detail::asks_credited<settled_type>);
    static_assert(att::detail::window_ends<settled_type>);
    static_assert(!att::detail::decides_time<settled_type>);
    CHECK(settled.name() == "(lookback and credited at most 1)");
    std::vector<std::string> parts;
    std::vector<att::outcome> reasons;
    settled.for_each_part([&](auto const& part) {
        parts.push_back(part.name());
        reasons.push_back(std::remove_cvref_t<decltype(part)>::refusal);
    });
    CHECK(parts == std::vector<std::string>{"lookback", "credited at most 1"});
    CHECK(reasons == std::vector{att::outcome::refused, att::outcome::used_up});
}

TEST_CASE("an error of the model comes out") {
    std::vector<touch> const taps{{1, 1}};
    std::vector<sale> const book{{1, 5, 1}};
    auto const fails = [](auto const&, att::weights) { throw std::runtime_error{"no"}; };
    CHECK_THROWS_AS(
        (void)att::attribute(sales(book), touches(taps), fails, att::credited_at_most(1)),
        std::runtime_error);
}
