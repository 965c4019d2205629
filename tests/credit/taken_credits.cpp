// SPDX-License-Identifier: BSL-1.0
#include <attribution/credit/taken_credits.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <type_traits>

namespace att = attribution;

namespace {

struct ledger_of_cents {
    using amount_type = long;
};

}  // namespace

static_assert(std::derived_from<att::taken_back<ledger_of_cents>, att::taken_credits<long>>);
static_assert(std::is_same_v<att::taken_credits<long>::credit_type, att::credit<long>>);

TEST_CASE("nothing is taken back to begin with") {
    att::taken_credits<long> const taken;
    CHECK(taken.credits.empty());
    CHECK(taken.refund.empty());
    CHECK(taken.unmatched.empty());
    CHECK(taken.excessive.empty());
}
