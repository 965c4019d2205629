// SPDX-License-Identifier: BSL-1.0
#include <attribution/amount/money.hpp>

#include "support/records.hpp"

#include <attribution/concepts.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>
#include <stdexcept>

namespace {

using support::require;

struct eur;
struct usd;
using euros = att::money<eur>;
using small = att::money<eur, std::int8_t>;

template <class A, class B>
concept adds = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept subtracts_in_place = requires(A a, B b) {
    a -= b;
};

static_assert(att::amount<euros>);
static_assert(att::amount<small>);
static_assert(adds<euros, euros>);
static_assert(!adds<euros, att::money<usd>>);
static_assert(!adds<euros, small>);
static_assert(!adds<euros, int>);
static_assert(!subtracts_in_place<euros, att::money<usd>>);
static_assert(!std::equality_comparable_with<euros, att::money<usd>>);
static_assert(!std::totally_ordered_with<euros, att::money<usd>>);
static_assert(!std::convertible_to<int, euros>, "1999 of what?");
static_assert(sizeof(euros) == sizeof(std::int64_t));

constexpr bool test() {
    euros price{1999};
    require(price.units() == 1999 && euros{}.units() == 0);
    require(price + euros{1} == euros{2000} && price - euros{2000} == euros{-1});
    require(-price == euros{-1999} && -price < price);
    price += euros{1};
    price -= euros{500};
    require(price == euros{1500});
    require(euros{INT64_MAX} + euros{INT64_MIN} == euros{-1});
    require(euros{INT64_MIN} - euros{INT64_MIN} == euros{});
    require(euros{-1} - euros{INT64_MAX} == euros{INT64_MIN});
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("money") {
    CHECK(test());
}

TEST_CASE("money that does not fit is an error, never a wrong sum") {
    auto const text =
        "money: the result does not fit into its units; use a wider type or a coarser unit";
    CHECK_THROWS_WITH_AS(euros{INT64_MAX} + euros{1}, text, std::overflow_error);
    CHECK_THROWS_WITH_AS(euros{INT64_MIN} - euros{1}, text, std::overflow_error);
    CHECK_THROWS_WITH_AS(-euros{INT64_MIN}, text, std::overflow_error);
    CHECK_THROWS_AS(small{100} + small{28}, std::overflow_error);
    small purse{-128};
    CHECK_THROWS_AS(purse -= small{1}, std::overflow_error);
    CHECK(purse == small{-128});
}
