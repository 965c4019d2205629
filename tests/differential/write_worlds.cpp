// SPDX-License-Identifier: BSL-1.0
// Writes data sets and the library's answers as SQL: attribution_worlds HOW_MANY > FILE
#include "differential/worlds.hpp"

#include <cstdint>
#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    auto const worlds = argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
    if (worlds == 0) {
        std::cerr << "usage: attribution_worlds HOW_MANY\n";
        return 2;
    }
    for (std::uint64_t seed = 1; seed <= worlds; ++seed)
        std::cout << differential::world_as_sql(seed);
    std::cout.flush();
    return std::cout ? 0 : 1;
}
