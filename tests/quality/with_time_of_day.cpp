// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/with_time_of_day.hpp>

#include "quality/found_by.hpp"

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using namespace quality_support;

TEST_CASE("with_time_of_day: a date alone, beside touchpoints of that day") {
    using namespace std::chrono_literals;
    struct order {
        int user;
        date::sys_days on;
    };
    struct click {
        int user;
        date::sys_seconds at;
    };
    date::sys_days const day{date::days{20'000}};
    std::vector<order> const book{{1, day}, {2, day}, {3, day}, {4, day}};
    std::vector<click> const log{{1, day + 9h}, {2, day}, {2, day - 1s}, {3, day + 24h}};
    auto const joined = att::join(att::conversions(book, &order::user, &order::on),
                                  att::touchpoints(log, &click::user, &click::at));
    auto const found = found_by(att::with_time_of_day("time", joined), book);
    CHECK(found.rows == rows{0});
    CHECK(found.severity == att::severity::warning);

    struct event {
        int user;
        double at;
    };
    std::vector<event> const sold{{1, 86'400}, {1, 86'401}, {1, 1e300}};
    std::vector<event> const clicked{{1, 172'799}};
    auto const numbers = att::join(att::conversions(sold, &event::user, &event::at),
                                   att::touchpoints(clicked, &event::user, &event::at));
    CHECK(found_by(att::with_time_of_day("time", numbers, 86'400), sold).rows == rows{0});
    CHECK_THROWS_AS((void)att::with_time_of_day("time", numbers, 0), std::invalid_argument);
}
