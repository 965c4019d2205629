// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/currency_total.hpp>

#include <attribution/print.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>

namespace att = attribution;

TEST_CASE("currency_total: equal if all of it is, and printed by its currency") {
    using total = att::currency_total<std::string, long long>;
    total const euros{"EUR", 300, 7};
    CHECK(euros == total{"EUR", 300, 7});
    CHECK(euros != total{"JPY", 300, 7});
    CHECK(euros != total{"EUR", 300, 8});
    std::ostringstream text;
    text << euros;
    CHECK(text.str() == "EUR: total 300, unattributed 7");
}
