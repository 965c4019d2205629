// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/rule.hpp>

#include <attribution/quality/must.hpp>
#include <attribution/quality/unique.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;

namespace {

struct row {
    int id;
    bool good;
};

static_assert(std::is_copy_constructible_v<att::rule<row>>);
static_assert(!std::is_convertible_v<att::rule<row>, att::rule<std::string>>);

constexpr bool offences() {
    att::offences found{2};
    for (std::size_t const row : {7u, 3u, 5u})
        found.row(row);
    return found.count() == 3 && found.rows() == std::vector<std::size_t>{3, 5};
}
static_assert(offences());

}  // namespace

TEST_CASE("rule: offences keep the first rows, and count all") {
    CHECK(offences());
    att::offences found{1};
    found.note("b");
    found.note("a");
    CHECK(found.count() == 2);
    CHECK(found.notes() == std::vector<std::string>{"a"});
}

TEST_CASE("rule: a row that breaks a rule may say why, and counts once") {
    att::offences found{1};
    found.row(7, "b");
    found.row(3, "a");
    CHECK(found.count() == 2);
    CHECK(found.rows() == std::vector<std::size_t>{3});
    CHECK(found.notes() == std::vector<std::string>{"a"});
}

TEST_CASE("rule: a value that can be renamed, regraded and kept in a container") {
    auto const one = att::must("good", &row::good, "is bad");
    CHECK(one.severity == att::severity::error);
    CHECK(one.text == "is bad");
    auto const milder = one.as(att::severity::warning);
    CHECK(milder.severity == att::severity::warning);
    CHECK(milder.name == "good");
    CHECK(one.severity == att::severity::error);

    std::vector<att::rule<row>> several{one, att::unique("id", &row::id)};
    several.push_back(milder);
    std::vector<row> const rows{{1, true}, {1, false}, {2, false}};
    att::offences found{5};
    several[0].check(att::record_rows<row>{rows}, found);
    CHECK(found.rows() == std::vector<std::size_t>{1, 2});
}
