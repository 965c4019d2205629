// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/validate.hpp>

#include <attribution/quality/finite.hpp>
#include <attribution/quality/must.hpp>
#include <attribution/quality/not_after.hpp>
#include <attribution/quality/not_before.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>
#include <attribution/records/columns.hpp>

#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <range/v3/view/filter.hpp>

#include <cstdint>
#include <limits>
#include <list>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct order {
    std::string id;
    std::optional<std::string> customer;
    int at;
    double euros;
};

auto standard() {
    return att::rules(att::unique("id", &order::id), att::required("customer", &order::customer),
                      att::not_before("at", &order::at, 100), att::not_after("at", &order::at, 200),
                      att::finite("euros", &order::euros));
}

}  // namespace

TEST_CASE("validate: one finding per rule, clean ones too") {
    std::vector<order> const book{
        {"a", "x", 100, 1}, {"b", {}, 99, 2}, {"a", "", 200, 3}, {"c", "y", 201, 4}};
    auto const found = att::validate(book, standard());
    REQUIRE(found.size() == 5);
    for (auto const& each : found)
        CHECK(each.checked == 4);
    CHECK(found.count("unique(id)") == 1);
    CHECK(found.count("required(customer)") == 2);
    CHECK(found.count("not_before(at)") == 1);
    CHECK(found.count("not_after(at)") == 1);
    CHECK(found.count("finite(euros)") == 0);
    CHECK(found[3].rule == "required(customer)");
    CHECK(found[3].rows == std::vector<std::size_t>{1, 2});
    CHECK(found[3].text == "customer is missing");
    CHECK(found.count(att::severity::error) == 5);
}

TEST_CASE("validate: rows are named as you like") {
    std::vector<order> const book(20, order{"same", "x", 150, 1});
    auto const found = att::validate(book, att::unique("id", &order::id),
                                     {.limit = 3, .first_row = 2});  // as a spreadsheet counts
    CHECK(found[0].count == 19);
    CHECK(found[0].rows == std::vector<std::size_t>{3, 4, 5});
    CHECK(att::validate(book, att::unique("id", &order::id), {.limit = 0})[0].rows.empty());
}

TEST_CASE("validate: any forward range, temporaries and rows made on the fly") {
    std::list<order> const book{{"a", "x", 150, 1}, {"a", "x", 150, 1}};
    CHECK(att::validate(book, standard()).count("unique(id)") == 1);
    CHECK(att::validate(std::vector<order>(3, order{"a", "x", 150, 1}), standard())
              .count("unique(id)") == 2);
    auto const late = [](order const& o) { return o.at > 160; };
    CHECK(att::validate(book | ranges::views::filter(late), standard()).count("unique(id)") == 0);
    std::vector<int> const ids{1, 2, 1};
    std::vector<int> const times{3, 4, 5};
    auto const table = att::columns(ids, times);
    CHECK(att::validate(table, att::unique("id", att::column<0>)).count("unique(id)") == 1);
    std::vector<order> const none;
    CHECK(att::validate(none, standard()).clean());
    CHECK(att::validate(none, att::rules()).empty());
}

TEST_CASE("validate: rules of your own, for each row and for all rows") {
    std::vector<order> const book{{"a", "x", 1, 1}, {"b", "x", 2, -1}, {"c", "y", 3, 1}};
    auto const positive = att::must("positive(euros)", [](order const& o) { return o.euros > 0; });
    auto const in_order = [](auto const& rows, att::offences& found) {
        for (std::size_t i = 1; i < rows.size(); ++i)
            if (rows[i].at < rows[i - 1].at)
                found.row(i);
        if (rows.size() > 2)
            found.note("too long");
    };
    att::basic_rule const sorted{"sorted(at)", att::severity::warning, "is out of order", in_order};
    std::vector<att::rule<order>> extended{positive, sorted};
    extended.push_back(att::unique("id", &order::id).as(att::severity::info));
    auto const found = att::validate(book, extended);
    REQUIRE(found.size() == 3);
    CHECK(found.count("positive(euros)") == 1);
    CHECK(found.count("sorted(at)") == 1);
    CHECK(found[1].notes == std::vector<std::string>{"too long"});
    CHECK(found[2].severity == att::severity::info);
    CHECK(found ==
          att::validate(book, att::rules(positive, sorted,
                                         att::unique("id", &order::id).as(att::severity::info))));
}

TEST_CASE("validate: two rules of one name") {
    std::vector<order> const none;
    CHECK_THROWS_WITH_AS((void)att::validate(none, att::rules(standard(), standard())),
                         "validate: two rules are called unique(id); give one of them another name",
                         std::invalid_argument);
}

TEST_CASE("law: validate: every planted fault is found, by its rule, in the right number") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        std::vector<order> book;
        for (int n = d.below(20); n > 0; --n)
            book.push_back({"id" + std::to_string(n), "customer", 100 + d.below(101), 1.5});
        std::set<std::size_t> missing, early, late, endless, repeated;
        for (std::size_t row = 0; row < book.size(); ++row) {
            auto& one = book[row];
            switch (d.below(8)) {
            case 0:
                one.customer = d.below(2) == 0 ? std::optional<std::string>{} : "";
                missing.insert(row);
                break;
            case 1:
                one.at = d.below(2) == 0 ? 99 : std::numeric_limits<int>::min();
                early.insert(row);
                break;
            case 2:
                one.at = d.below(2) == 0 ? 201 : std::numeric_limits<int>::max();
                late.insert(row);
                break;
            case 3:
                one.euros = d.below(2) == 0 ? std::numeric_limits<double>::quiet_NaN()
                                            : -std::numeric_limits<double>::infinity();
                endless.insert(row);
                break;
            case 4:
                if (row > 0) {
                    one.id = book[static_cast<std::size_t>(d.below(static_cast<int>(row)))].id;
                    repeated.insert(row);
                }
                break;
            default:
                break;
            }
        }
        auto const found = att::validate(book, standard(), {.limit = 100});
        auto const check = [&](std::string_view rule, std::set<std::size_t> const& planted) {
            support::holds(found.count(rule) == planted.size());
            for (auto const& each : found)
                if (each.rule == rule)
                    support::holds(each.rows ==
                                   std::vector<std::size_t>(planted.begin(), planted.end()));
        };
        check("required(customer)", missing);
        check("not_before(at)", early);
        check("not_after(at)", late);
        check("finite(euros)", endless);
        check("unique(id)", repeated);

        // Rules about single rows: the findings of parts make up those of the whole.
        auto const single =
            att::rules(att::required("customer", &order::customer),
                       att::not_before("at", &order::at, 100), att::finite("euros", &order::euros));
        auto const cut = static_cast<std::ptrdiff_t>(d.below(static_cast<int>(book.size()) + 1));
        std::vector<order> const head(book.begin(), book.begin() + cut);
        std::vector<order> const tail(book.begin() + cut, book.end());
        auto parts =
            att::validate(tail, single, {.limit = 3, .first_row = static_cast<std::size_t>(cut)});
        parts.merge(att::validate(head, single, {.limit = 3}));
        support::holds(parts == att::validate(book, single, {.limit = 3}));
    });
}
