// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/about_partial.hpp>

#include <doctest/doctest.h>

namespace att = attribution;

namespace {

att::configuration const how{.model = "linear",
                             .policy = "30 days",
                             .grouping = "channel",
                             .more = {{"half-life", "7 days"}}};

}  // namespace

TEST_CASE("sealed bytes say what they are") {
    auto const bytes = att::detail::seal({"tally", "int64", how}, "body");
    auto const about = att::about_partial(bytes);
    CHECK(about == "kind: tally\nvalues: int64\nmodel: linear\npolicy: 30 days\n"
                   "grouping: channel\n"
                   "rounding: weights to 2^-61 of the largest, largest remainder\n"
                   "half-life: 7 days\n");
    CHECK(att::configuration_hash(bytes) == att::stable_hash(about));
    CHECK(att::detail::seal({"tally", "int64", att::configuration_of(bytes)}, "body") == bytes);
}

TEST_CASE("another version of the format is named") {
    auto bytes = att::detail::seal({"tally", "int64", how}, "body");
    bytes[8] = 1;
    CHECK_THROWS_WITH((void)att::about_partial(bytes),
                      "partial: the bytes are of format version 1, this program reads version 2");
}
