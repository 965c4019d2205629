// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/reconciliation.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace att = attribution;

TEST_CASE("a reconciliation says its first problem, and how many there are") {
    using row = att::reconciliation_row<char, long>;
    att::reconciliation<row> const good{std::vector{row{'a', 1, 2, 2, 0, 0}}, {}};
    CHECK(good.reconciles());
    CHECK(good.size() == 1);
    CHECK_NOTHROW(good.check());
    att::reconciliation<row> const bad{std::vector<row>{}, std::vector<std::string>{"one", "two"}};
    CHECK(!bad.reconciles());
    CHECK_THROWS_WITH_AS(bad.check(), "reconcile: one (2 in all)", att::reconciliation_error);
}
