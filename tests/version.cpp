// SPDX-License-Identifier: BSL-1.0
#include <attribution/version.hpp>

#include <doctest/doctest.h>

#include <array>
#include <type_traits>

using attribution::version;

// Two versions in one program are two: their names are in namespaces of their own.
namespace of_this_version = attribution::v0_1;
static_assert(std::is_same_v<decltype(of_this_version::version), decltype(version)>);

// That it is the version of the installed package, tests/consumer sees.
TEST_CASE("a version is what its macros say, and compares in the order of releases") {
    CHECK(version == std::array{ATTRIBUTION_VERSION_MAJOR, ATTRIBUTION_VERSION_MINOR,
                                ATTRIBUTION_VERSION_PATCH});
    CHECK(version > std::array{0, 0, 99});
    CHECK(version < std::array{ATTRIBUTION_VERSION_MAJOR, ATTRIBUTION_VERSION_MINOR + 1, 0});
}
