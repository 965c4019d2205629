// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/rule.hpp>

#include <attribution/quality/keys.hpp>

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

using must_good = decltype(att::must("good", &row::good));
static_assert(std::is_convertible_v<must_good, att::rule<row>>);
static_assert(std::is_copy_constructible_v<att::rule<row>>);
static_assert(!std::is_convertible_v<att::rule<row>, att::rule<std::string>>);
static_assert(att::check_of<decltype(must_good::check), std::vector<row>>);

constexpr bool offences() {
    att::offences found{2};
    for (std::size_t const row : {7u, 3u, 5u})
        found.row(row);
    return found.count() == 3 && found.rows() == std::vector<std::size_t>{3, 5};
}
static_assert(offences());

std::vector<std::string> names(auto const& several) {
    std::vector<std::string> result;
    att::detail::for_each_rule(several, [&](auto const& one) { result.push_back(one.name); });
    return result;
}

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

TEST_CASE("rule: sets of rules, sets of sets and containers, in their order") {
    auto const a = att::must("a", &row::good);
    auto const b = att::unique("b", &row::id);
    std::vector<att::rule<row>> const c{att::must("c", &row::good), att::must("d", &row::good)};
    CHECK(names(a) == std::vector<std::string>{"a"});
    CHECK(names(c) == std::vector<std::string>{"c", "d"});
    CHECK(names(att::rules(att::rules(b, a), c)) ==
          std::vector<std::string>{"unique(b)", "a", "c", "d"});
    CHECK(names(att::rules()).empty());
}
