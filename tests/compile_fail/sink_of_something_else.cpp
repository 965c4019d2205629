// SPDX-License-Identifier: BSL-1.0
// EXPECT: a sink must be callable with a credit, or be by
#include "records.hpp"

void run() {
    att::attribute(sales, touches, att::linear, att::always, [](std::string const&) {});
}
