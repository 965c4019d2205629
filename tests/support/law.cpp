// SPDX-License-Identifier: BSL-1.0
// Laws are checked by RapidCheck. Its worlds are the numbers that were drawn for them, so that one
// way of making worlds smaller serves all laws: fewer numbers, and lower ones.
#include "support/law.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <ostream>
#include <utility>

namespace support {

namespace {

/// The numbers of a world: those of a seed, written down when the law is tried, or a tape.
struct numbers {
    std::uint64_t seed = 0;
    bool from_seed = true;
    std::shared_ptr<random_numbers::tape> drawn = std::make_shared<random_numbers::tape>();

    explicit numbers(std::uint64_t from) : seed{from} {}
    explicit numbers(random_numbers::tape tape)
        : from_seed{false}, drawn{std::make_shared<random_numbers::tape>(std::move(tape))} {}

    void try_on(drawn_law const& law) const {
        if (from_seed) {
            drawn->clear();
            random_numbers random{seed, *drawn};
            law(random);
        } else {
            random_numbers random{*drawn};
            law(random);
        }
    }
};

std::ostream& operator<<(std::ostream& out, numbers const& world) {
    if (world.from_seed)
        return out << "the world of seed " << world.seed;
    out << "for_world({";
    for (std::size_t i = 0; i < world.drawn->size(); ++i)
        out << (i == 0 ? "" : ", ") << (*world.drawn)[i];
    return out << "}, law)";
}

rc::Seq<numbers> smaller(numbers const& world) {
    auto const as_numbers = [](random_numbers::tape tape) { return numbers{std::move(tape)}; };
    auto const lower = [](std::uint64_t number) {
        return rc::shrink::towards(number, std::uint64_t{0});
    };
    return rc::seq::concat(rc::seq::map(rc::shrink::removeChunks(*world.drawn), as_numbers),
                           rc::seq::map(rc::shrink::eachElement(*world.drawn, lower), as_numbers));
}

rc::Gen<numbers> any_numbers() {
    return [](rc::Random random, int) {
        return rc::shrinkable::shrinkRecur(numbers{random.next()}, &smaller);
    };
}

}  // namespace

void check_worlds(drawn_law const& law) {
    // RapidCheck reads it once; the seed is fixed, so that all runs see the same worlds.
    static bool const configured = setenv("RC_PARAMS", "seed=1 max_success=100000", 0) == 0;
    REQUIRE(configured);
    CHECK(rc::check([&] { (*any_numbers()).try_on(law); }));
}

}  // namespace support
