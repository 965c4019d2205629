// SPDX-License-Identifier: BSL-1.0
#include <support/key_order.hpp>

#include <scratch.hpp>

#include <string>
#include <vector>

using namespace examples;

namespace {

/// The order of tables; an empty key is a missing one.
key_order order_of(std::vector<std::vector<std::string>> const& tables) {
    key_order order{"read all"};
    for (auto const& table : tables) {
        order.begin_table();
        std::size_t line = 1;
        for (auto const& key : table) {
            ++line;
            if (key.empty())
                order.add_missing();
            else
                order.add({key, {"touches.csv", line, "user"}});
        }
    }
    return order;
}

void check_refused(std::vector<std::vector<std::string>> const& tables, char const* what) {
    CHECK_THROWS_WITH_AS(static_cast<void>(order_of(tables)), doctest::Contains(what), input_error);
}

}  // namespace

TEST_CASE("keys are sorted as bytes or as whole numbers, as the rows say") {
    CHECK(order_of({{"B", "a", "a", "\xc3\xa4"}, {"C"}}).before("B", "a"));
    CHECK(order_of({{"9", "10"}}).before("9", "10"));
    CHECK(!order_of({{"10", "9"}}).before("9", "10"));
    CHECK(order_of({{"1", "10"}, {"10", "9"}}).before("10", "9"));
    CHECK(order_of({{"1", "10"}, {"9", "10"}}).before("9", "10"));

    CHECK(!order_of({{"a"}, {"b"}}).before("a", "a"));
    CHECK(order_of({{"99999999999999999999", "100000000000000000000"}})
              .before("99999999999999999999", "100000000000000000000"));
    CHECK(order_of({}).before("a", "b"));
}

TEST_CASE("a row that is out of order is named, with what to do") {
    CHECK_THROWS_WITH_AS(
        static_cast<void>(order_of({{"bob", "ann"}})),
        "touches.csv:3: column 'user': 'ann' comes after 'bob': sort the rows by this "
        "column, byte by byte as those before (LC_ALL=C sort, or ORDER BY), or read all",
        input_error);
    check_refused({{"9", "10", "x"}}, "touches.csv:4");
    check_refused({{"9", "10"}, {"10", "9"}},
                  "'9' comes after '10': sort the rows by this column, as whole");
    check_refused({{"10", "9"}, {"9", "10"}},
                  "'10' comes after '9': sort the rows by this column, byte");
    check_refused({{"2", "1"}}, "sort the rows by this column (");
    check_refused({{"a", "b", "a"}}, "'a' comes after 'b'");
    check_refused({{"9", "10", "09"}}, "'09' comes after '10'");
}

TEST_CASE("rows without a key may stand between keys, not between the rows of one") {
    CHECK(order_of({{"", "a", "a", "", "", "b", ""}, {"", "a"}}).before("a", "b"));
    check_refused({{"a", "", "a"}}, "rows without a key are not between those of one");
}
