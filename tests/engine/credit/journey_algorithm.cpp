// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/journey_algorithm.hpp>

#include "support/policy_suite.hpp"

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <utility>

namespace {

using namespace support;

/// How many threads, how many conversions, and what is left of the arguments.
struct counting_fn : att::detail::journey_algorithm<counting_fn> {
    using att::detail::journey_algorithm<counting_fn>::operator();

    template <class Journeys>
        requires att::detail::is_journeys<Journeys>
    constexpr std::size_t operator()(att::parallel how, Journeys const& joined,
                                     std::size_t&& rest = 0) const {
        return 100 * how.threads() + 10 * joined.conversions().size() + rest;
    }
};
constexpr counting_fn counting{};

constexpr bool test() {
    auto const orders = sales(suite_book);
    auto const clicks = touches(suite_log);
    auto const joined = att::join(orders, clicks);
    auto const all = 10 * orders.size();
    require(counting(att::parallel{3}, joined, std::size_t{7}) == 300 + all + 7);
    require(counting(att::parallel{3}, orders, clicks, std::size_t{7}) == 300 + all + 7);
    require(counting(joined, std::size_t{7}) == 100 + all + 7);
    require(counting(orders, clicks, std::size_t{7}) == 100 + all + 7);
    require(counting(orders, clicks) == 100 + all && counting(joined) == 100 + all);
    return true;
}
static_assert(test());

using orders = decltype(sales(suite_book));
using clicks = decltype(touches(suite_log));
using joined = decltype(att::join(std::declval<orders>(), std::declval<clicks>()));

// It can be passed on.
static_assert(std::invocable<counting_fn const&, orders, clicks, std::size_t>);
static_assert(std::invocable<counting_fn const&, att::parallel, joined, std::size_t>);
static_assert(!std::invocable<counting_fn const&, int, int>);
static_assert(!std::invocable<counting_fn const&, att::parallel, int, int>);

static_assert(att::detail::is_journeys<joined>);
static_assert(!att::detail::is_journeys<orders>);
static_assert(att::detail::are_records<orders, clicks>);
static_assert(att::detail::are_records<clicks, orders>);  // join says that they are swapped
static_assert(att::detail::are_records<orders, int>);
static_assert(!att::detail::are_records<att::parallel, orders>);
static_assert(!att::detail::are_records<joined, int>);

}  // namespace

TEST_CASE("algorithms take journeys or records, and parallel first") {
    CHECK(test());
}
