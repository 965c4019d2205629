// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/records/record_checks.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <vector>

namespace att = attribution;

namespace {

struct record {
    int user;
    double at;
    long cents;
};
using records = std::vector<record> const&;

// What is refused, and in which words: tests/compile_fail.
constexpr bool accepted() {
    att::detail::check_range<records>();
    att::detail::check_key<records, int record::*>();
    att::detail::check_time<records, double record::*>();
    att::detail::check_value<records, long record::*>();
    return true;
}
static_assert(accepted());
static_assert(std::same_as<att::detail::projected<long record::*, records>, long>);

}  // namespace

TEST_CASE("records with a key, a time and a value are accepted") {
    CHECK(accepted());
}
