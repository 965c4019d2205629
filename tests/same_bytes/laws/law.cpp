// SPDX-License-Identifier: BSL-1.0
// Laws without RapidCheck, for machines that have it only as a package of their own: the worlds of the
// seeds 1, 2, ..., and one that breaks a law is not made smaller.
#include "support/law.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>

namespace support {

void check_worlds(drawn_law const& law) {
    char const* const asked = std::getenv("ATTRIBUTION_WORLDS");
    auto const worlds = asked == nullptr ? 300 : std::strtoul(asked, nullptr, 10);
    for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
        INFO("the world of seed ", seed);
        random_numbers random{seed};
        REQUIRE_NOTHROW(law(random));
    }
}

}  // namespace support
