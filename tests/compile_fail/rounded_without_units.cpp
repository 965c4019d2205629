// SPDX-License-Identifier: BSL-1.0
// EXPECT: rounded.. needs amounts in whole units, integers or money
#include "records.hpp"

auto round(att::report<att::report_row<char, double>> const& table) {
    return att::rounded(table, 0.01);
}
