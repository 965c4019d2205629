// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/rules.hpp>

#include <attribution/quality/must.hpp>
#include <attribution/quality/unique.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct row {
    int id;
    bool good;
};

std::vector<std::string> names(auto const& several) {
    std::vector<std::string> result;
    att::detail::for_each_rule(several, [&](auto const& one) { result.push_back(one.name); });
    return result;
}

}  // namespace

TEST_CASE("rules: sets of rules, sets of sets and containers, in their order") {
    auto const a = att::must("a", &row::good);
    auto const b = att::unique("b", &row::id);
    std::vector<att::rule<row>> const c{att::must("c", &row::good), att::must("d", &row::good)};
    CHECK(names(a) == std::vector<std::string>{"a"});
    CHECK(names(c) == std::vector<std::string>{"c", "d"});
    CHECK(names(att::rules(att::rules(b, a), c)) ==
          std::vector<std::string>{"unique(b)", "a", "c", "d"});
    CHECK(names(att::rules()).empty());
}
