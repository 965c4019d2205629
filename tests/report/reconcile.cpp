// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/reconcile.hpp>

#include "support/records.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace support;

namespace {

struct order {
    int user;
    tick at;
    cents value;
    std::string currency;
};
std::vector<order> const book{
    {1, 9, 100, "EUR"}, {2, 9, -70, "EUR"}, {1, 9, 31, "USD"}, {3, 9, 5, "USD"}};
auto const history = path_at(1, 2, 3);

auto proven() {
    return att::attribute(att::conversions(book, &order::user, &order::at, &order::value),
                          touches(history), att::linear);
}
using ledger = decltype(proven());

ledger tampered(auto change) {
    auto const good = proven();
    ledger::credits_type credits(good.begin(), good.end());
    change(credits);
    return {good.conversions(), good.touchpoints(), std::move(credits)};
}

std::string first_problem(ledger const& credits) {
    auto const proof = att::reconcile(credits);
    CHECK_FALSE(proof.reconciles());
    CHECK_THROWS_AS(proof.check(), att::reconciliation_error);
    return proof.problems().front();
}

}  // namespace

TEST_CASE("value in is credited or unattributed, in all and per group") {
    auto const all = att::reconcile(proven());
    CHECK(all.size() == 1);
    CHECK(all[0].conversions == 4);
    CHECK(all[0].value_in == 66);
    CHECK(all[0].credited == 131);
    CHECK(all[0].unattributed == -65);
    CHECK(all[0].difference == 0);
    CHECK(all.reconciles());
    CHECK_NOTHROW(all.check());

    auto const groups = att::reconcile(proven(), att::by(&order::currency));
    CHECK(groups.size() == 2);
    CHECK(groups[0].key == "EUR");
    CHECK(groups[0].value_in == 30);
    CHECK(groups[0].unattributed == -70);
    CHECK(groups[1].key == "USD");
    CHECK(groups[1].credited == 31);
}

TEST_CASE("whatever is off is named") {
    CHECK(first_problem(tampered([](auto& c) { c[0].amount += 1; })) ==
          "the credits of conversion row 0 do not add up to its value");
    CHECK(first_problem(tampered([](auto& c) { c.pop_back(); })) ==
          "conversion row 3 has no credit, not even an unattributed one");
    CHECK(first_problem(tampered([](auto& c) { c[1].touchpoint = 99; })) ==
          "a credit names conversion row 0 and touchpoint row 99, which do not exist");
    CHECK(first_problem(tampered([](auto& c) { c[0].conversion = 99; })) ==
          "a credit names conversion row 99 and touchpoint row 0, which do not exist");
    CHECK(first_problem(tampered([](auto& c) { c[0].touchpoint = att::no_row; })) ==
          "conversion row 0 is attributed and unattributed at once");
    // Moved from one conversion to another: the total still fits, the proof does not.
    auto const moved = tampered([](auto& c) {
        c[0].amount += 1;
        c.back().amount -= 1;
    });
    CHECK(att::reconcile(moved)[0].difference == 0);
    CHECK(att::reconcile(moved).problems().size() == 2);
    CHECK_THROWS_WITH(att::reconcile(moved).check(),
                      "reconcile: the credits of conversion row 0 do not add up to its value (2 in "
                      "all)");
}

TEST_CASE("floating amounts reconcile up to their rounding, money exactly") {
    struct worth {
        int user;
        tick at;
        double value;
    };
    std::vector<worth> const odd{{1, 9, 0.1}, {1, 9, 1e-300}, {1, 9, 1e300}, {2, 9, -0.3}};
    auto const floating =
        att::attribute(att::conversions(odd, &worth::user, &worth::at, &worth::value),
                       touches(history), att::linear);
    CHECK_NOTHROW(att::reconcile(floating).check());
    auto const off_by = [&](double part) {
        std::vector<worth> const sold{{1, 9, 100}, {1, 9, -100}};
        auto const good =
            att::attribute(att::conversions(sold, &worth::user, &worth::at, &worth::value),
                           touches(history), att::linear);
        using type = std::remove_const_t<decltype(good)>;
        type::credits_type credits(good.begin(), good.end());
        credits.front().amount += 100 * part;
        credits.back().amount -= 100 * part;
        return att::reconcile(type{good.conversions(), good.touchpoints(), credits});
    };
    for (double const off : {1e-13, -1e-13}) {
        CHECK(off_by(off).reconciles());
        CHECK(off_by(100 * off).problems().size() == 2);
    }

    struct crown {};
    auto const in_money =
        att::attribute(att::conversions(book, &order::user, &order::at,
                                        [](order const& o) { return att::money<crown>{o.value}; }),
                       touches(history), att::linear);
    CHECK(att::reconcile(in_money)[0].credited == att::money<crown>{131});
    CHECK(att::reconcile(in_money)[0].difference == att::money<crown>{0});
}

TEST_CASE("the rounding of a small change is judged by the value, too") {
    struct worth {
        int user;
        tick at;
        double value;
    };
    std::vector<worth> const sold{{1, 9, 100.1}};
    auto const conversions = att::conversions(sold, &worth::user, &worth::at, &worth::value);
    auto const good = att::attribute(conversions, touches(history), att::linear);
    using type = std::remove_const_t<decltype(good)>;
    type::credits_type credits(good.begin(), good.end());
    credits.front().amount += 1e-9 + 1e-13;
    type const changed{conversions, touches(history), credits, {{0, 1e-9}}};
    CHECK(att::reconcile(changed).reconciles());
}

TEST_CASE("what cannot be added up is a problem, not a number") {
    struct worth {
        int user;
        tick at;
        double value;
    };
    std::vector<worth> sold{{1, 9, 1.5}};
    auto const conversions = att::conversions(sold, &worth::user, &worth::at, &worth::value);
    auto const good = att::attribute(conversions, touches(history), att::linear);
    using type = std::remove_const_t<decltype(good)>;
    constexpr double infinite = std::numeric_limits<double>::infinity();
    type::credits_type credits(good.begin(), good.end());
    credits[1].amount = infinite;
    CHECK(att::reconcile(type{conversions, touches(history), credits}).problems() ==
          std::vector<std::string>{"a credit of conversion row 0 is not a finite number",
                                   "the credits of conversion row 0 do not add up to its value"});
    CHECK(att::reconcile(type{conversions, touches(history), {good.begin(), good.end()}, {{1, 2}}})
              .problems() == std::vector<std::string>{
                                 "a change of value names conversion row 1, which does not exist"});
    CHECK(att::reconcile(type{conversions, touches(history), {good.begin(), good.end()}, {{0, 2}}})
              .problems() ==
          std::vector<std::string>{"the credits of conversion row 0 do not add up to its value"});
    sold[0].value = -infinite;
    CHECK(att::reconcile(good).problems().front() ==
          "a value of conversion row 0 is not a finite number");
}

TEST_CASE("a difference that the type cannot hold is the nearest that it can") {
    struct counted {
        int user;
        tick at;
        std::uint8_t value;
    };
    std::vector<counted> const sold{{1, 9, 200}};
    auto const conversions = att::conversions(sold, &counted::user, &counted::at, &counted::value);
    auto const good = att::attribute(conversions, touches(history), att::last_touch);
    using type = std::remove_const_t<decltype(good)>;
    type::credits_type credits(good.begin(), good.end());
    credits[0].amount = 210;
    auto const proof = att::reconcile(type{conversions, touches(history), credits});
    CHECK(proof.problems().size() == 1);
    CHECK(proof[0].value_in == 200);
    CHECK(proof[0].credited == 210);
    CHECK(proof[0].difference == 0);
}

TEST_CASE("an empty ledger of nothing reconciles") {
    std::vector<order> const none;
    auto const ledger =
        att::attribute(att::conversions(none, &order::user, &order::at, &order::value),
                       touches(history), att::linear);
    auto const all = att::reconcile(ledger);
    REQUIRE(all.size() == 1);
    CHECK(all[0].conversions == 0);
    CHECK(all[0].value_in == 0);
    CHECK(all[0].credited == 0);
    CHECK(all[0].unattributed == 0);
    CHECK(all[0].difference == 0);
    CHECK(att::reconcile(ledger, att::by(&order::currency)).size() == 0);
    CHECK(att::reconcile(ledger).reconciles());
}
