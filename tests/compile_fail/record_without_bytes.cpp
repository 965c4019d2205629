// SPDX-License-Identifier: BSL-1.0
// EXPECT: there is no serialised form of this type; use numbers
#include "records.hpp"

struct shape {
    int corners;
};
struct drawing {
    shape what;
};
auto const name = att::members(&drawing::what).name();
