// SPDX-License-Identifier: BSL-1.0
// EXPECT: a sink of several models must be callable with a credit and the number of its model
#include "records.hpp"

void run() {
    att::attribute(sales, touches, att::models(att::linear, att::last_touch), att::always,
                   [](att::credit<long> const&) {});
}
