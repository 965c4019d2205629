// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/must.hpp>

#include "quality/found_by.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace att = attribution;
using quality_support::found_by, quality_support::rows;

namespace {

struct row {
    int id;
    bool good;
};

using must_good = decltype(att::must("good", &row::good));
static_assert(std::is_convertible_v<must_good, att::rule<row>>);
static_assert(att::check_of<decltype(must_good::check), std::vector<row>>);

}  // namespace

TEST_CASE("must: a predicate of a record, or a member that says it") {
    std::vector<row> const all{{1, true}, {-2, false}, {3, false}};
    auto const found = found_by(att::must("good", &row::good, "is bad"), all);
    CHECK(found.rule == "good");
    CHECK(found.text == "is bad");
    CHECK(found.severity == att::severity::error);
    CHECK(found.rows == rows{1, 2});
    auto const positive = att::must("positive(id)", [](row const& r) { return r.id > 0; });
    CHECK(positive.text == "breaks the rule");
    CHECK(found_by(positive, all).rows == rows{1});
}
