// SPDX-License-Identifier: BSL-1.0
#include <support/attribution_parts.hpp>
#include <support/attribution_report.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>

#include <scratch.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

struct touch {
    std::string who, channel;
    int at;
};
struct sale {
    std::string who, country;
    int at;
    std::int64_t cents;
};

using touches = std::vector<touch>;
using sales = std::vector<sale>;

touches const seen{{"ann", "ad", 1}, {"ann", "letter", 2}, {"bob", "ad", 9}, {"cid", "walk", 1}};
sales const sold{{"ann", "X", 5, 101}, {"bob", "Y", 5, 7}, {"cid", "X", 5, -3}, {"dan", "Z", 5, 0}};

auto join(sales const& of, touches const& with) {
    return att::join(att::conversions(of, &sale::who, &sale::at, &sale::cents),
                     att::touchpoints(with, &touch::who, &touch::at));
}

auto credits_of(decltype(join({}, {})) const& journeys) {
    return std::vector{att::attribute(journeys, att::first_touch),
                       att::attribute(journeys, att::linear)};
}

/// What is in `all` of these people.
template <class Records>
Records of(std::vector<std::string> const& people, Records const& all) {
    Records some;
    for (auto const& record : all)
        if (std::ranges::count(people, record.who) > 0)
            some.push_back(record);
    return some;
}

/// Calls `add` with the records of each part.
template <class Add>
void in_parts(Add add) {
    for (auto const& people : {std::vector<std::string>{"cid"}, {}, {"dan", "bob"}, {"ann"}}) {
        auto const with = of(people, seen);
        auto const some = of(people, sold);
        add(join(some, with));
    }
}

}  // namespace

TEST_CASE("groups of parts add up to those of all at once") {
    auto const whole = join(sold, seen);
    auto const expected = credits_of(whole);
    auto const check = [&](auto const& groups) {
        examples::summed_groups sums{groups, 2, expected.front()};
        CHECK(sums.reports()[0].total() == 0);
        in_parts([&](auto const& journeys) { sums.add(credits_of(journeys)); });
        auto const found = sums.reports();
        auto const wanted = examples::compare_by(expected, groups);
        REQUIRE(found.size() == 2);
        for (std::size_t model = 0; model < 2; ++model) {
            REQUIRE(found[model].size() == wanted[model].size());
            for (std::size_t row = 0; row < found[model].size(); ++row) {
                CHECK(found[model][row].key == wanted[model][row].key);
                CHECK(found[model][row].amount == wanted[model][row].amount);
                CHECK(found[model][row].conversions == wanted[model][row].conversions);
                CHECK(found[model][row].credits == wanted[model][row].credits);
            }
        }
    };
    check(att::by(&touch::channel));
    check(att::by(&sale::country, &touch::channel));
}

TEST_CASE("proofs of parts add up to those of all at once") {
    auto const whole = join(sold, seen);
    auto const groups = att::by(&sale::country);
    auto const expected = att::reconcile(credits_of(whole)[1], groups);
    examples::summed_proofs<att::reconciliation_row<std::string, std::int64_t>> sums;
    CHECK(sums.all().conversions == 0);
    in_parts(
        [&](auto const& journeys) { sums.add(att::reconcile(credits_of(journeys)[1], groups)); });
    auto const found = sums.rows();
    REQUIRE(found.size() == expected.size());
    for (std::size_t row = 0; row < found.size(); ++row) {
        CHECK(found[row].key == expected[row].key);
        CHECK(found[row].conversions == expected[row].conversions);
        CHECK(found[row].value_in == expected[row].value_in);
        CHECK(found[row].credited == expected[row].credited);
        CHECK(found[row].unattributed == expected[row].unattributed);
        CHECK(found[row].difference == 0);
    }
    CHECK(sums.all().conversions == 4);
    CHECK(sums.all().value_in == 105);
    CHECK(sums.all().credited == 98);
    CHECK(sums.all().unattributed == 7);
}

TEST_CASE("a part that does not reconcile is an error") {
    auto const journeys = join(sold, seen);
    using ledger = decltype(att::attribute(journeys, att::linear));
    ledger const lost{journeys.conversions(), journeys.touchpoints(), {}};
    examples::summed_proofs<att::reconciliation_row<std::string, std::int64_t>> sums;
    CHECK_THROWS_AS(sums.add(att::reconcile(lost, att::by(&sale::country))),
                    att::reconciliation_error);
}

TEST_CASE("outcomes of parts are counted as those of all at once") {
    auto const whole = join(sold, seen);
    auto const expected = att::explain(whole, att::linear);
    std::vector<att::outcome_count> of_touchpoints, of_conversions;
    in_parts([&](auto const& journeys) {
        auto const part = att::explain(journeys, att::linear);
        examples::add_counts(of_touchpoints, part.touchpoint_counts());
        examples::add_counts(of_conversions, part.conversion_counts());
    });
    auto const check = [](auto const& found, auto const& wanted) {
        REQUIRE(found.size() == wanted.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            CHECK(found[i].what == wanted[i].what);
            CHECK(found[i].part == wanted[i].part);
            CHECK(found[i].count == wanted[i].count);
            CHECK(found[i].text == wanted[i].text);
        }
    };
    check(of_touchpoints, expected.touchpoint_counts());
    check(of_conversions, expected.conversion_counts());
}
