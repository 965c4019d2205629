// SPDX-License-Identifier: BSL-1.0
// EXPECT: numbers that no enumeration without a fixed type can have; declare it with one
#include "records.hpp"

enum colour { red, green };
struct drawing {
    colour of;
};
auto const name = [] {
    attribution::detail::byte_reader in{""};
    return att::members(&drawing::of).read(in).of;
}();
