// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/findings.hpp>

#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace att = attribution;

namespace {

att::finding made(std::string rule, att::severity level, std::size_t count,
                  std::vector<std::size_t> rows) {
    return {std::move(rule), level, "is wrong", 10, count, std::move(rows)};
}

constexpr bool smallest() {
    std::vector<int> kept;
    for (int const x : {5, 3, 9, 1, 3, 7})
        att::detail::keep_smallest(kept, x, 3);
    std::vector<int> none;
    att::detail::keep_smallest(none, 1, 0);
    return kept == std::vector<int>{1, 3, 3} && none.empty();
}
static_assert(smallest());

att::findings random_findings(journey_world::dice& d) {
    static constexpr att::severity levels[] = {att::severity::info, att::severity::warning,
                                               att::severity::error};
    auto result =
        d.below(4) == 0 ? att::findings{} : att::findings{static_cast<std::size_t>(d.below(5))};
    for (int n = d.below(5); n > 0; --n) {
        att::finding one{std::string(1, static_cast<char>('a' + d.below(3))), levels[d.below(3)],
                         std::string(1, static_cast<char>('x' + d.below(2)))};
        one.checked = static_cast<std::size_t>(d.below(20));
        one.count = static_cast<std::size_t>(d.below(6));
        for (std::size_t i = 0; i < one.count; ++i) {
            one.rows.push_back(static_cast<std::size_t>(d.below(9)));
            one.notes.push_back(std::to_string(d.below(9)));
        }
        result.add(one);
    }
    return result;
}

}  // namespace

TEST_CASE("findings: errors first, then by name; counts") {
    CHECK(smallest());
    att::findings found{2};
    found.add(made("b", att::severity::info, 3, {4, 5, 6}));
    found.add(made("z", att::severity::error, 0, {}));
    found.add(made("a", att::severity::warning, 1, {7}));
    found.add(made("a", att::severity::error, 2, {9, 8}));
    REQUIRE(found.size() == 4);
    CHECK(found[0].rule == "a");
    CHECK(found[0].rows == std::vector<std::size_t>{8, 9});
    CHECK(found[1].rule == "z");
    CHECK(found[2].severity == att::severity::warning);
    CHECK(found[3].rows == std::vector<std::size_t>{4, 5});
    CHECK(found.count("a") == 3);
    CHECK(found.count("nothing of that name") == 0);
    CHECK(found.count(att::severity::error) == 2);
    CHECK(found.count(att::severity::info) == 3);
    CHECK_FALSE(found.clean());
    CHECK_FALSE(found.clean(att::severity::error));
    att::findings fine;
    CHECK(fine.clean());
    fine.add(made("b", att::severity::info, 3, {}));
    CHECK_FALSE(fine.clean());
    CHECK(fine.clean(att::severity::warning));
}

TEST_CASE("findings: names of severities") {
    static_assert(att::to_string(att::severity::info) == "info");
    static_assert(att::to_string(att::severity::warning) == "warning");
    static_assert(att::to_string(att::severity::error) == "error");
    std::vector<std::string_view> names;
    for (auto const level : {att::severity::info, att::severity::warning, att::severity::error})
        names.push_back(att::to_string(level));
    CHECK(names == std::vector<std::string_view>{"info", "warning", "error"});
    CHECK(att::to_string(static_cast<att::severity>(9)) == "error");  // to be safe
    static_assert(att::severity::info < att::severity::warning);
    static_assert(att::severity::warning < att::severity::error);
}

TEST_CASE("findings: a merge with itself doubles the counts") {
    att::findings found{3};
    found.add(made("a", att::severity::error, 2, {4, 1}));
    auto const once = found;
    found.merge(found);
    CHECK(found != once);
    CHECK(found[0] != once[0]);
    CHECK(att::findings{3} == att::findings{3});
    CHECK(att::findings{3} != att::findings{4});
    REQUIRE(found.size() == 1);
    CHECK(found[0].count == 4);
    CHECK(found[0].checked == 20);
    CHECK(found[0].rows == std::vector<std::size_t>{1, 1, 4});
}

TEST_CASE("law: findings: a commutative monoid") {
    auto const sum = [](att::findings a, att::findings const& b) {
        a.merge(b);
        return a;
    };
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        auto const a = random_findings(d);
        auto const b = random_findings(d);
        auto const c = random_findings(d);
        support::holds(sum(a, b) == sum(b, a));
        support::holds(sum(sum(a, b), c) == sum(a, sum(b, c)));
        support::holds(sum(a, {}) == a);
        support::holds(sum({}, a) == a);
    });
}

TEST_CASE("findings: are printed, each on a line") {
    att::findings found{2};
    found.add(made("clean", att::severity::info, 0, {}));
    found.add(made("some", att::severity::warning, 3, {7, 2, 9}));
    found.add(made("two", att::severity::warning, 2, {5, 4}));
    auto total = made("total", att::severity::error, 1, {});
    total.notes = {"10 and not 11"};
    found.add(std::move(total));
    std::ostringstream out;
    out << found;
    CHECK(out.str() == "error total: 1 of 10 rows: is wrong\n"
                       "    10 and not 11\n"
                       "warning some: 3 of 10 rows: is wrong (row 2, 7, ...)\n"
                       "warning two: 2 of 10 rows: is wrong (row 4, 5)\n"
                       "info clean: 0 of 10 rows\n");
}
