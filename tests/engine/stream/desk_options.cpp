// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/desk_options.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <type_traits>

namespace att = attribution;
using namespace std::chrono_literals;

TEST_CASE("the allowed lateness is found among the options") {
    CHECK(att::detail::lateness_among(att::at_once, att::allowed_lateness(5min)) == 5min);
    CHECK(std::is_same_v<decltype(att::detail::lateness_among(att::keep_everything)),
                         att::detail::no_lateness>);
}

TEST_CASE("so is how long ids of conversions are remembered") {
    CHECK(att::detail::deduplication_among(att::at_once, att::deduplicate_conversions(90h)) == 90h);
    CHECK(std::is_same_v<decltype(att::detail::deduplication_among(att::allowed_lateness(1h),
                                                                   att::deduplicate_conversions())),
                         att::detail::for_ever>);
    CHECK(std::is_same_v<decltype(att::detail::deduplication_among(att::allowed_lateness(1h))),
                         att::detail::no_deduplication>);
}

TEST_CASE("options are there or not, in whatever order") {
    auto const one = att::detail::desk_options_of(att::at_once, att::allowed_lateness(5min));
    CHECK(one.lateness == 5min);
    static_assert(one.at_once && !one.keeps_everything && !one.deduplicates);
    auto const other = att::detail::desk_options_of(att::allowed_lateness(5min), att::at_once);
    CHECK(std::is_same_v<decltype(one), decltype(other)>);
    auto const all =
        att::detail::desk_options_of(att::deduplicate_conversions(), att::keep_everything);
    static_assert(!all.at_once && all.keeps_everything && all.deduplicates);
}
