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

}  // namespace

TEST_CASE("prefetch asks for nothing that would have to be computed, nor of what is gone") {
    support::touch const one{};
    std::vector<int> const numbers{1, 2};
    int calls = 0;
    prefetch(&support::touch::user, one);
    prefetch(&support::touch::user, support::touch{});
    prefetch(attribution::column<0>, attribution::columns(numbers)[1]);
    prefetch(
        [&](support::touch const& t) -> int const& {
            ++calls;
            return t.user;
        },
        one);
    CHECK(calls == 0);
}
