// SPDX-License-Identifier: BSL-1.0
// Writes data sets and the library's answers: attribution_worlds HOW_MANY > FILE as SQL,
// attribution_worlds --large TOUCHPOINTS DIRECTORY as CSV files of one data set.
#include "differential/worlds.hpp"

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

int main(int argc, char** argv) {
    try {
        if (argc == 4 && std::string_view{argv[1]} == "--large") {
            differential::write_large_world(std::strtoull(argv[2], nullptr, 10), argv[3]);
            return 0;
        }
        auto const worlds = argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
        if (worlds == 0) {
            std::cerr << "usage: attribution_worlds HOW_MANY | --large TOUCHPOINTS DIRECTORY\n";
            return 2;
        }
        for (std::uint64_t seed = 1; seed <= worlds; ++seed)
            std::cout << differential::world_as_sql(seed);
        std::cout.flush();
        return std::cout ? 0 : 1;
    } catch (std::exception const& error) {
        std::cerr << "attribution_worlds: " << error.what() << '\n';
        return 1;
    }
}
