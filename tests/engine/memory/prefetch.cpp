// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/prefetch.hpp>

#include "support/records.hpp"

#include <attribution/records/columns.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace {

using namespace attribution::detail;

static_assert(reads_in_place<int support::touch::*>);
static_assert(reads_in_place<attribution::column_fn<1>>);
static_assert(!reads_in_place<int (support::touch::*)() const>);
static_assert(!reads_in_place<int (*)(support::touch const&)>);

using user_of = int (*)(support::touch const&);
using any_row = attribution::columns_view<int>::row;
static_assert(can_prefetch<int support::touch::*, support::touch const&>);
static_assert(can_prefetch<attribution::column_fn<0>, any_row>);
static_assert(can_prefetch<user_of, support::touch const&>);  // the record, not what it makes of it
static_assert(!can_prefetch<int support::touch::*, support::touch>);
static_assert(!can_prefetch<user_of, support::touch>);
static_assert(!can_prefetch<user_of, any_row>);

}  // namespace

TEST_CASE("prefetch calls no projection") {
    support::touch const one{};
    std::vector<int> const numbers{1, 2};
    int calls = 0;
    prefetch(&support::touch::user, one);
    prefetch(attribution::column<0>, attribution::columns(numbers)[1]);
    prefetch(
        [&](support::touch const& t) -> int const& {
            ++calls;
            return t.user;
        },
        one);
    CHECK(calls == 0);
}
