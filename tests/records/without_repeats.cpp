// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/without_repeats.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <forward_list>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct order {
    std::optional<std::string> id;
    int user;
    int at;
    int cents;
};
using rows = std::vector<std::size_t>;

template <class View>
rows left_out(View const& view) {
    return {view.repeated().begin(), view.repeated().end()};
}

}  // namespace

TEST_CASE("an order that was sent again is one order") {
    std::vector<order> const raw{{"a", 1, 5, 90}, {"b", 1, 6, 10}, {"a", 1, 5, 90},
                                 {{}, 2, 7, 1},   {{}, 2, 7, 1},   {"b", 1, 9, 11}};
    auto const book = att::without_repeats(raw, &order::id);
    REQUIRE(book.size() == 4);
    CHECK(left_out(book) == rows{2, 5});
    CHECK(&book[1] == &raw[1]);
    CHECK(book.original_row(2) == 3);
    CHECK(std::distance(book.begin(), book.end()) == 4);

    auto const none = std::vector<order>{};
    auto const ledger =
        att::attribute(att::conversions(book, &order::user, &order::at, &order::cents),
                       att::touchpoints(none, &order::user, &order::at), att::linear);
    int total = 0;
    for (auto const& credit : ledger)
        total += credit.amount;
    CHECK(total == 102);
    CHECK(ledger.conversion(ledger[1]).id == "b");
}

TEST_CASE("of nothing, of one thing, of ranges without random access, and of numbers") {
    std::vector<order> const none;
    CHECK(att::without_repeats(none, &order::id).size() == 0);
    std::forward_list<order> const list{{"x", 1, 1, 1}, {"x", 1, 2, 2}, {"y", 1, 3, 3}};
    auto const distinct = att::without_repeats(list, &order::id);
    REQUIRE(distinct.size() == 2);
    CHECK(distinct[1].cents == 3);

    auto const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> const ids{1, nan, 1, nan, 0.0, -0.0};
    CHECK(left_out(att::without_repeats(ids, [](double id) { return id; })) == rows{2, 5});
    char const* const texts[] = {"a", nullptr, "b", nullptr, "a"};
    CHECK(left_out(att::without_repeats(texts, [](char const* id) { return id; })) == rows{4});
    static constexpr char b[] = "b";
    std::optional<char const*> const maybe[] = {"b", {}, b, nullptr, nullptr};
    CHECK(left_out(att::without_repeats(maybe, [](auto const& id) { return id; })) == rows{2});
}

TEST_CASE("what was left out of a view that is gone can still be read") {
    std::vector<int> const ids{1, 1, 1};
    CHECK(att::without_repeats(ids, [](int id) { return id; }).repeated() == rows{1, 2});
}
