// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/sale_index.hpp>

#include <attribution/records/conversions.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct refund {
    std::optional<std::string> order;
    int at;
    long cents;
};

auto undone(std::vector<refund> const& log) {
    return att::conversions(log, &refund::order, &refund::at, &refund::cents);
}

}  // namespace

TEST_CASE("sales are numbered by their ids; a missing id is nobody's") {
    std::vector<refund> const log{{"b", 1, -1}, {{}, 1, -1}, {"c", 1, -1}};
    auto const refunds = undone(log);
    att::detail::sale_index<std::optional<std::string>, decltype(undone(log))> index;
    CHECK(index.add("a"));
    CHECK(index.add(std::nullopt));
    CHECK(index.add(std::nullopt));  // no repetition: each is another one
    CHECK(index.add("b"));
    CHECK(!index.add("a"));
    CHECK(index.size() == 2);
    CHECK(index.sale_in(1) == att::no_row);
    CHECK(index.sale_in(4) == index.sale_in(0));
    CHECK(index.row_of(index.sale_in(3)) == 3);
    CHECK(index.row_of(index.sale_in(4)) == 0);
    CHECK(index.sales_of(refunds) == std::vector{index.sale_in(3), att::no_row, att::no_row});
}
