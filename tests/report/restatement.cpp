// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/restatement.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace att = attribution;

TEST_CASE("each reason has a name of its own") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < att::move_reasons; ++i)
        names.insert(to_string(static_cast<att::move_reason>(i)));
    CHECK(names.size() == att::move_reasons);
    CHECK(!names.contains("unknown"));
    CHECK(to_string(static_cast<att::move_reason>(att::move_reasons)) == "unknown");
}

TEST_CASE("rows add up, for one reason and for all") {
    using row = att::restatement_row<char, int>;
    att::restatement<row> const rows{{{'a', att::move_reason::refund, -5, 1},
                                      {'a', att::move_reason::late_touchpoint, 3, 1},
                                      {{}, att::move_reason::late_touchpoint, -3, 1}}};
    CHECK(rows.total() == -5);
    CHECK(rows.total(att::move_reason::late_touchpoint) == 0);
    CHECK(rows.size() == 3);
}
