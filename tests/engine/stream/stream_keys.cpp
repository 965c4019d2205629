// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/stream_keys.hpp>

#include "support/world.hpp"

#include <attribution/stream/touchpoint_stream.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

using namespace support;

namespace {

struct visitor {
    std::optional<std::string> user;
    tick at = 0;
};
struct buyer {
    std::string_view user;
    tick at = 0;
};
struct number {
    int user = 0;
    tick at = 0;
};
struct long_number {
    long long user = 0;
    tick at = 0;
};

struct score {
    double user = 0;
    tick at = 0;
};

template <class Record>
auto stream() {
    return att::touchpoint_stream<Record>(&Record::user, &Record::at, &Record::at);
}
template <class A, class B>
using keys_of = att::detail::stream_keys<decltype(stream<A>()), decltype(stream<B>())>;

static_assert(std::same_as<keys_of<visitor, buyer>::probe, std::string_view>);
static_assert(std::same_as<keys_of<visitor, buyer>::stored, std::string>);
static_assert(std::same_as<keys_of<number, long_number>::probe, long long>);

}  // namespace

TEST_CASE("keys of two streams are compared as one type, and looked at in the record") {
    using keys = keys_of<visitor, buyer>;
    visitor const ann{"ann"};
    buyer const same{"ann"};
    CHECK(keys::of(stream<visitor>(), ann) == keys::of(stream<buyer>(), same));
    CHECK(keys::of(stream<visitor>(), ann)->data() == ann.user->data());
    CHECK(keys::of(stream<visitor>(), visitor{}) == std::nullopt);
    CHECK(keys_of<number, long_number>::of(stream<number>(), number{-7}) == -7);
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    using scores = keys_of<score, score>;
    CHECK(scores::of(stream<score>(), score{2.5}) == 2.5);
    CHECK(scores::of(stream<score>(), score{nan}) == std::nullopt);
}

TEST_CASE("records of one key are scattered to one place, and of many keys to many") {
    using keys = keys_of<visitor, buyer>;
    CHECK(keys::scatter(stream<visitor>(), visitor{"ann", 1}) ==
          keys::scatter(stream<buyer>(), buyer{"ann", 2}));
    CHECK(keys::scatter(stream<visitor>(), visitor{}) == 0);
    CHECK(keys::scatter(stream<visitor>(), visitor{"ann", 1}) ==
          attribution::detail::stable_number("ann"));
    using numbers = keys_of<number, long_number>;
    int of_first = 0;
    for (int user = 0; user < 1000; ++user)
        of_first += numbers::scatter(stream<number>(), number{user}) % 4 == 0;
    CHECK(of_first > 150);
    CHECK(of_first < 350);
}
