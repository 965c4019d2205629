// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/reconciling.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace support;

namespace {

/// Two groups, of which the second comes first.
struct by_region {
    using key_type = char;
    std::vector<sale> const& book;
    std::size_t operator()(std::size_t row) const { return book[row].region == 'y' ? 0 : 1; }
    char key(std::size_t group) const { return group == 0 ? 'y' : 'x'; }
};

}  // namespace

TEST_CASE("groups are told by key, and each is proven") {
    std::vector<touch> const log{{1, 1}, {1, 2}};
    std::vector<sale> const book{{1, 9, 7, 'y'}, {2, 9, 5, 'x'}, {1, 9, 1, 'x'}};
    auto const ledger = att::attribute(sales(book), touches(log), att::linear);
    auto const proof = att::detail::reconcile_groups(ledger, by_region{book}, 0);
    CHECK(proof.reconciles());
    REQUIRE(proof.size() == 2);
    CHECK(proof[0].key == 'x');
    CHECK(proof[0].conversions == 2);
    CHECK(proof[0].credited == 1);
    CHECK(proof[0].unattributed == 5);
    CHECK(proof[1].value_in == 7);
}

TEST_CASE("one group is there even of nothing") {
    std::vector<touch> const log;
    std::vector<sale> const book;
    auto const ledger = att::attribute(sales(book), touches(log), att::linear);
    auto const proof = att::detail::reconcile_groups(ledger, att::detail::all_conversions{}, 1);
    REQUIRE(proof.size() == 1);
    CHECK(proof[0].conversions == 0);
}
