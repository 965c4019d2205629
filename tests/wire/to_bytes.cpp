// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/to_bytes.hpp>

#include "wire/tallies.hpp"

#include <attribution/quality/findings.hpp>
#include <attribution/wire/about_partial.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

using namespace support;
using namespace support::tallies;

TEST_CASE("bytes say what they are, and are equal for equal results") {
    auto mirrored = sample;
    std::reverse(mirrored.log.begin(), mirrored.log.end());
    std::reverse(mirrored.book.begin(), mirrored.book.end());
    auto const bytes = att::to_bytes(tally_of(sample, &tenth), how);
    CHECK(att::about_partial(bytes) ==
          "kind: tally\nvalues: ((optional text, char), bool, (tally of double))\nmodel: linear\n"
          "policy: 5 ticks\ngrouping: channel twice, region\n"
          "rounding: weights to 2^-61 of the largest, largest remainder\n");
    CHECK(att::to_bytes(tally_of(mirrored, &tenth), how) == bytes);
    CHECK(att::to_bytes(tally_of(sample, &sale::value), how) != bytes);
}

TEST_CASE("a configuration must fit into lines") {
    for (auto const& [name, value] :
         {std::pair{"half-life: days", "7"}, std::pair{"half-life", "7\ndays"}, std::pair{"", "7"},
          std::pair{"model", "linear"}}) {
        auto other = how;
        other.more.emplace_back(name, value);
        CHECK_THROWS_AS((void)att::to_bytes(att::findings{}, other), std::invalid_argument);
    }
}
