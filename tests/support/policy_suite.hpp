// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/policy.hpp>

#include <array>

namespace support {

// Near misses: none of these is a policy.
struct untagged {
    bool operator()(auto const&) const;
};
static_assert(!att::policy<untagged>);
static_assert(!att::policy<bool>);
static_assert(!att::policy<bool (*)(touch const&)>);
static_assert(att::policy<att::always_policy const&>);

/// Hides the window of a policy, so that the engine must ask it about every touchpoint.
template <class Policy>
struct windowless : att::policy_tag {
    static constexpr bool decides_time = att::detail::decides_time<Policy>;
    Policy policy;

    constexpr explicit windowless(Policy p) : policy(p) {}
    template <class Step>
    constexpr bool operator()(Step const& s) const {
        return att::detail::admits(policy, s);
    }
};

inline constexpr std::array<touch, 9> suite_log{
    touch{1, 5, 'a'},  touch{1, 10, 'b'}, touch{1, 10, 'a'}, touch{1, 17, 'b'}, touch{1, 20, 'a'},
    touch{1, 21, 'b'}, touch{1, 30, 'a'}, touch{1, 31, 'b'}, touch{2, 15, 'a'}};
inline constexpr std::array<sale, 4> suite_book{sale{1, 20, 900}, sale{1, 10, 31}, sale{1, 30, 17},
                                                sale{2, 3, 5}};

template <class A, class B>
constexpr bool same_credits(A const& a, B const& b) {
    auto const journeys = att::join(sales(suite_book), touches(suite_log));
    auto const one = att::attribute(journeys, att::linear, a);
    auto const other = att::attribute(journeys, att::linear, b);
    return std::equal(one.begin(), one.end(), other.begin(), other.end());
}

/// What holds for every policy.
template <class Policy>
constexpr bool policy_suite(Policy const& p) {
    static_assert(att::policy<Policy>);
    require(same_credits(p, windowless{p}));  // a window prunes, and changes nothing
    require(same_credits(p && att::always, p));
    require(same_credits(att::always && p, p));
    require(same_credits(p || p, p));
    require(same_credits(p && p, p));
    require(same_credits(!!p, p));
    require(same_credits(!(p && !p), p || !p));
    return true;
}

}  // namespace support
