// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/credited_at_most.hpp>

#include "support/records.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <vector>

using namespace support;

namespace {

std::vector<touch> const taps{{1, 1, 'a'}, {1, 6, 'b'}};
std::vector<sale> const book{{1, 2, 1}, {1, 3, 10}, {1, 4, 100}, {1, 7, 1000}};

/// What channels a and b earn, and nobody.
template <class Model, class Policy>
std::vector<cents> earned(Model const& m, Policy const& p, std::vector<sale> const& sold = book) {
    std::vector<cents> sums(3, 0);
    auto const ledger = att::attribute(sales(sold), touches(taps), m, p);
    for (auto const& one : ledger)
        sums[one.attributed() ? one.touchpoint : 2] += one.amount;
    return sums;
}

}  // namespace

TEST_CASE("a touchpoint is credited with the first k conversions, by time and not by row") {
    CHECK(earned(att::last_touch, att::credited_at_most(2)) == std::vector<cents>{11, 1000, 100});
    CHECK(earned(att::last_touch, att::credited_at_most(2), {book[3], book[2], book[1], book[0]}) ==
          std::vector<cents>{11, 1000, 100});
    CHECK(earned(att::last_touch, att::credited_at_most(9)) == std::vector<cents>{111, 1000, 0});
    CHECK_THROWS_WITH_AS((void)att::credited_at_most(0), "credited_at_most: k must be at least 1",
                         std::invalid_argument);
}

TEST_CASE("any share of a conversion is one conversion, no share is none") {
    CHECK(earned(att::linear, att::credited_at_most(1)) == std::vector<cents>{1, 1000, 110});
    CHECK(earned(att::linear, att::credited_at_most(4)) == std::vector<cents>{611, 500, 0});
}

TEST_CASE("by action; what has no action is never used up") {
    std::vector<sale> const sold{{1, 2, 1, 'x'}, {1, 3, 10, 'y'}, {1, 4, 100, 'x'}};
    auto const once = att::credited_at_most(1, &sale::region);
    CHECK(earned(att::last_touch, once, sold) == std::vector<cents>{11, 0, 100});
    CHECK(earned(att::last_touch, once && att::credited_at_most(1), sold) ==
          std::vector<cents>{1, 0, 110});
    auto const no_action = [](sale const&) { return std::optional<int>{}; };
    CHECK(earned(att::last_touch, att::credited_at_most(1, no_action), sold) ==
          std::vector<cents>{111, 0, 0});
    auto const none_of_x = [](sale const& one) {
        std::optional<char> action = 'x';
        if (one.region == 'n')
            action.reset();  // the x may still be where it was
        return action;
    };
    std::vector<sale> const some{{1, 2, 1, 'n'}, {1, 3, 10, 'x'}, {1, 4, 100, 'x'}};
    CHECK(earned(att::last_touch, att::credited_at_most(1, none_of_x), some) ==
          std::vector<cents>{11, 0, 100});
}

TEST_CASE("in an expression, it limits what it stands beside") {
    auto const in_a = att::where(&touch::channel, 'a');
    std::vector<sale> const sold{{1, 7, 1}, {1, 8, 10}, {1, 9, 100}};
    CHECK(earned(att::linear, (in_a && att::credited_at_most(1)) || !in_a, sold) ==
          std::vector<cents>{1, 110, 0});
    CHECK(earned(att::last_touch, in_a && !att::credited_at_most(1), sold) ==
          std::vector<cents>{0, 0, 111});  // what was never credited is never credited enough
    CHECK(earned(att::last_touch, in_a && att::named("once", att::credited_at_most(1)), sold) ==
          std::vector<cents>{1, 0, 110});
}

TEST_CASE("explain tells what is used up from what nobody earned") {
    auto const audit = att::explain(sales(book), touches(taps), att::last_touch,
                                    att::lookback(tick{9}) && att::credited_at_most(2));
    CHECK(audit.conversion_reason(1) == "credited");
    CHECK(audit.conversions()[2].what == att::outcome::used_up);
    CHECK(audit.conversion_reason(2) ==
          "no eligible touchpoint; the closest: used up by earlier conversions (credited at most "
          "2)");
    CHECK(audit.touchpoints()[0].credits == 2);
}

TEST_CASE("into a report, a sink and on several threads, the same") {
    auto const rule = att::credited_at_most(2);
    auto const report = att::attribute(att::parallel{3}, sales(book), touches(taps),
                                       att::last_touch, rule, att::by(&touch::channel));
    CHECK(report.total() == 1111);
    CHECK(report[0].amount == 11);
    cents sum = 0;
    att::attribute(
        sales(book), touches(taps), att::last_touch, rule,
        [&](att::credit<cents> const& one) { sum += one.attributed() ? one.amount : 0; });
    CHECK(sum == 1011);
}

namespace {

/// A policy of one's own: no touchpoint earns more than 100, all conversions together.
struct earns_at_most_100 : att::policy_tag {
    static constexpr bool asks_credited = true;

    template <class Step>
    bool operator()(Step const& s) const {
        cents before = 0;
        (void)s.credited([&](sale const& earlier) {
            before += earlier.value;
            return true;
        });
        return before + s.conversion().value <= 100;
    }
};

}  // namespace

TEST_CASE("a policy of one's own may ask for anything of the conversions that were credited") {
    CHECK(earned(att::last_touch, earns_at_most_100{}) == std::vector<cents>{11, 0, 1100});
}
