// SPDX-License-Identifier: BSL-1.0
#include <attribution/print.hpp>

#include <attribution/amount/money.hpp>
#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/influence.hpp>
#include <attribution/report/path_statistics.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/report/top_paths.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct touch {
    int user;
    int at;
    std::string channel;
};
struct order {
    int user;
    int at;
    long cents;
    std::string segment;
};
struct euro {};

std::vector<touch> const log{{1, 1, "ads"}, {1, 2, "mail"}, {2, 3, "ads"}};
std::vector<order> const book{{1, 5, 101, "new"}, {2, 50, 70, "old"}};
auto const touches = att::touchpoints(log, &touch::user, &touch::at);
auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);
auto const window = att::lookback(10);

template <class T>
std::string text(T const& result) {
    std::ostringstream out;
    out << result;
    return out.str();
}

}  // namespace

TEST_CASE("a credit is a line, a ledger one for each of its credits") {
    auto const ledger = att::attribute(orders, touches, att::linear, window);
    CHECK(text(ledger[0]) == "conversion 0, touchpoint 0, amount 51, share 0.5");
    CHECK(text(ledger) == "conversion 0, touchpoint 0, amount 51, share 0.5\n"
                          "conversion 0, touchpoint 1, amount 50, share 0.5\n"
                          "conversion 1, touchpoint (none), amount 70, share 1\n");
    CHECK(text(att::value_change<long>{3, -5}) == "conversion 3, amount -5");
    CHECK(text(att::money<euro>{1999}) == "1999");
}

TEST_CASE("a report is a line for each of its rows, by one model or several") {
    auto const both = att::models(att::linear, att::last_touch);
    CHECK(text(att::attribute(orders, touches, att::linear, window,
                              att::by(&touch::channel, &order::segment))) ==
          "ads, new: amount 51, conversions 0.5, credits 1\n"
          "mail, new: amount 50, conversions 0.5, credits 1\n"
          "(none), old (unattributed): amount 70, conversions 1, credits 1\n");
    CHECK(text(att::attribute(orders, touches, both, window, att::by(&touch::channel))) ==
          "ads: amount 51, conversions 0.5, credits 1 | amount 0, conversions 0, credits 0\n"
          "mail: amount 50, conversions 0.5, credits 1 | amount 101, conversions 1, credits 1\n"
          "(unattributed): amount 70, conversions 1, credits 1 | amount 70, conversions 1, credits "
          "1\n");
}

TEST_CASE("steps and paths show where they are") {
    std::string seen;
    auto const curious = [&](auto const& steps, att::weights w) {
        seen = text(steps);
        w.back() = 1;
    };
    static_cast<void>(att::attribute(orders, touches, curious, window));
    CHECK(seen == "row 0, at 1, age 4, recency 2\nrow 1, at 2, age 3, recency 1\n");
}

TEST_CASE("the other reports") {
    CHECK(text(att::influence(orders, touches, window, &touch::channel)) ==
          "ads: influenced (conversions 1, amount 101), assisted (conversions 1, amount 101), last "
          "(conversions 0, amount 0), sole (conversions 0, amount 0), touchpoints 1\n"
          "mail: influenced (conversions 1, amount 101), assisted (conversions 0, amount 0), last "
          "(conversions 1, amount 101), sole (conversions 0, amount 0), touchpoints 1\n"
          "reached (conversions 1, amount 101), not reached (conversions 1, amount 70)\n");
    CHECK(text(att::top_paths(orders, touches, window, &touch::channel)) ==
          "ads > mail: conversions 1, amount 101\n"
          "distinct 1, others (conversions 0, amount 0), not reached (conversions 1, amount 70)\n");
    CHECK(text(att::path_statistics(orders, touches, window)) ==
          "length (values 1, smallest 2, median 2, largest 2), first lag (values 1, smallest 4, "
          "median 4, largest 4), last lag (values 1, smallest 3, median 3, largest 3), not reached "
          "1");
    CHECK(text(att::explain(orders, touches, att::linear, window)) ==
          "touchpoints\nbefore the window (lookback): 1\ncredited: 2\n"
          "conversions\n"
          "no eligible touchpoint; the closest: before the window (lookback): 1\ncredited: 1\n");
    auto const ledger = att::attribute(orders, touches, att::linear, window);
    CHECK(text(att::reconcile(ledger, att::by(&order::segment))) ==
          "new: conversions 1, value in 101, credited 101, unattributed 0, difference 0\n"
          "old: conversions 1, value in 70, credited 0, unattributed 70, difference 0\n");
}
