// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/configuration.hpp>

#include <doctest/doctest.h>

namespace att = attribution;

TEST_CASE("a configuration needs a model and a policy; the rest may be empty") {
    att::configuration const how{.model = "linear", .policy = "30 days"};
    CHECK(how.grouping.empty());
    CHECK(how.more.empty());
}
