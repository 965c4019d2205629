// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/once_per.hpp>

#include "support/records.hpp"

#include <attribution/records/counted.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct goal {
    int user;
    int at;
    std::optional<std::string> session;
};
using rows = std::vector<std::size_t>;

template <class Rule>
rows left_out(std::vector<goal> const& goals, Rule const& rule) {
    rows found;
    auto const all = att::conversions(goals, &goal::user, &goal::at);
    for (auto const& one : att::counted(all, rule).not_counted())
        found.push_back(one.row);
    return found;
}

}  // namespace

TEST_CASE("the first goal of a visit counts, by time and not by row; a visit is one customer's") {
    std::vector<goal> const goals{{1, 9, "s"}, {1, 5, "s"}, {2, 7, "s"}, {1, 6, "t"}, {1, 9, "s"}};
    CHECK(left_out(goals, att::once_per(&goal::session)) == rows{0, 4});
}

TEST_CASE("of one instant, the first row counts") {
    std::vector<goal> const goals{{1, 5, "s"}, {1, 5, "s"}, {1, 5, "t"}};
    CHECK(left_out(goals, att::once_per(&goal::session)) == rows{1});
}

TEST_CASE("a missing value equals nothing") {
    std::vector<goal> const goals{{1, 5, {}}, {1, 6, {}}, {1, 6, "s"}};
    CHECK(left_out(goals, att::once_per(&goal::session)).empty());
    auto const not_a_number = [](goal const&) { return std::numeric_limits<double>::quiet_NaN(); };
    CHECK(left_out(goals, att::once_per(not_a_number)).empty());
}

TEST_CASE("with a length, a value counts again after it, and not at it") {
    std::vector<goal> const goals{{1, 0, "s"}, {1, 10, "s"}, {1, 11, "s"}, {1, 21, "s"}};
    CHECK(left_out(goals, att::once_per(&goal::session, 10)) == rows{1, 3});
    CHECK_THROWS_WITH_AS((void)att::once_per(&goal::session, -1),
                         "once_per: the length must not be negative", std::invalid_argument);
}
