// SPDX-License-Identifier: BSL-1.0
#include <attribution/eligibility/without_duplicates.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace support;

TEST_CASE("only the first row of an id earns") {
    struct delivered {
        int user;
        tick at;
        std::string id;
    };
    std::vector<delivered> const log{
        {1, 5, "x"}, {1, 5, "x"}, {1, 6, "y"}, {2, 7, "x"}, {1, 8, "z"}};
    std::vector<sale> const book{{1, 10, 300}, {2, 10, 50}};
    auto const touchpoints = att::touchpoints(log, &delivered::user, &delivered::at);
    auto const ledger = att::attribute(sales(book), touchpoints, att::linear,
                                       att::without_duplicates(touchpoints, &delivered::id));
    CHECK(ledger.size() == 4);
    CHECK(ledger[0] == att::credit<cents>{0, 0, 100, 1.0 / 3});
    CHECK(ledger[1] == att::credit<cents>{0, 2, 100, 1.0 / 3});
    CHECK(ledger[2] == att::credit<cents>{0, 4, 100, 1.0 / 3});
    // The id counts across keys: the same event cannot have happened to two customers.
    CHECK(ledger[3] == att::credit<cents>{1, att::no_row, 50, 1.0});
}
