// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/month_of.hpp>

#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/spending.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <vector>

namespace att = attribution;

TEST_CASE("months as far as the calendar goes") {
    using namespace date::literals;
    auto const month = att::month_of([](date::sys_seconds at) { return at; });
    auto const latest = date::sys_days{date::year::max() / 12 / 31};
    auto const earliest = date::sys_days{date::year::min() / 1 / 1};
    CHECK(month(latest) == date::year::max() / 12);
    CHECK(month(earliest) == date::year::min() / 1);
    CHECK(month(date::sys_seconds{} - std::chrono::seconds{1}) == 1969_y / 12);
    CHECK_THROWS_AS((void)month(latest + date::days{1}), std::domain_error);
    CHECK_THROWS_AS((void)month(earliest - std::chrono::seconds{1}), std::domain_error);
    CHECK_THROWS_AS((void)month(date::sys_seconds::max()), std::domain_error);
}

TEST_CASE("a month beyond the calendar names the row") {
    struct dated {
        int user;
        date::sys_seconds at;
    };
    std::vector<dated> const clicks{{1, date::sys_seconds{}}, {1, date::sys_seconds::min()}};
    std::vector<dated> const bought{{1, date::sys_seconds{}}};
    auto const ledger =
        att::attribute(att::conversions(bought, &dated::user, &dated::at),
                       att::touchpoints(clicks, &dated::user, &dated::at), att::last_touch);
    CHECK((ledger | att::by(att::of_touchpoint(att::month_of(&dated::at)))).size() == 2);
    auto const all =
        att::attribute(att::conversions(bought, &dated::user, &dated::at),
                       att::touchpoints(clicks, &dated::user, &dated::at), att::linear);
    CHECK_THROWS_WITH_AS((void)(all | att::by(att::of_touchpoint(att::month_of(&dated::at)))),
                         "by: the group of touchpoint row 1: month_of: a time is beyond the years "
                         "of the calendar; look for milliseconds that were taken for seconds",
                         std::domain_error);
    auto const spend = att::spending(clicks, &dated::user, att::month_of(&dated::at),
                                     [](dated const&) { return 1.0; });
    CHECK_THROWS_WITH_AS(
        (void)spend.period(1),
        "return_on_ad_spend: the period of spend row 1: month_of: a time is beyond the years "
        "of the calendar; look for milliseconds that were taken for seconds",
        std::domain_error);
}
