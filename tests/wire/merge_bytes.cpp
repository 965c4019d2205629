// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/merge_bytes.hpp>

#include "support/law.hpp"
#include "wire/support.hpp"
#include "wire/tallies.hpp"

#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace support;
using namespace support::tallies;

TEST_CASE("law: tallies of parts, by way of bytes, are the tally of all to the byte") {
    for_all_worlds([](random_numbers& random) {
        world const whole{random};
        auto const first = random.below(3);
        world parts[3]{whole, whole, whole};
        for (int part = 0; part < 3; ++part) {
            auto const foreign = [&](auto const& record) { return record.user != part; };
            std::erase_if(parts[part].log, foreign);
            std::erase_if(parts[part].book, foreign);
        }
        auto const check = [&](auto value) {
            auto merged = tally_of(parts[first], value);
            att::merge_bytes(merged, att::to_bytes(tally_of(parts[(first + 1) % 3], value), how),
                             how);
            att::merge_bytes(merged, att::to_bytes(tally_of(parts[(first + 2) % 3], value), how),
                             how);
            if (att::to_bytes(merged, how) != att::to_bytes(tally_of(whole, value), how))
                broken("bytes differ");
        };
        check(&sale::value);
        check(&tenth);
    });
}

TEST_CASE("an empty tally is the identity") {
    world const nothing = [] {
        auto w = sample;
        w.log.clear();
        w.book.clear();
        return w;
    }();
    auto tally = tally_of(sample, &sale::value);
    auto const before = att::to_bytes(tally, how);
    att::merge_bytes(tally, att::to_bytes(tally_of(nothing, &sale::value), how), how);
    CHECK(att::to_bytes(tally, how) == before);
    auto other = tally_of(nothing, &sale::value);
    att::merge_bytes(other, before, how);
    CHECK(att::to_bytes(other, how) == before);
}

TEST_CASE("a tally of other types or another configuration is refused with what differs") {
    auto cents = tally_of(sample, &sale::value);
    auto const tenths = att::to_bytes(tally_of(sample, &tenth), how);
    CHECK_THROWS_WITH(att::merge_bytes(cents, tenths, how),
                      "partial: these results are of another configuration: values is "
                      "'((optional text, char), bool, (tally of double))', and here '((optional "
                      "text, char), bool, (tally of int64))'");
    auto other = how;
    other.model = "last touch";
    CHECK(failure_of([&] { att::merge_bytes(cents, att::to_bytes(cents, other), how); }) ==
          att::partial_failure::other_configuration);
}

TEST_CASE("merge_bytes can be passed on") {
    auto sum = tally_of(sample, &sale::value);
    auto const twice = [&](auto merge) {
        for (auto const& bytes : std::vector<std::string>(2, att::to_bytes(sum, how)))
            merge(sum, bytes, how);
    };
    auto by_hand = sum;
    by_hand.merge(sum);
    by_hand.merge(sum);
    twice(att::merge_bytes);
    CHECK(att::to_bytes(sum, how) == att::to_bytes(by_hand, how));
}
