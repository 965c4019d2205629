// SPDX-License-Identifier: BSL-1.0
#include <attribution/policy/calendar_zone.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>

namespace att = attribution;
using namespace std::chrono_literals;

namespace {

/// An adaptor of one's own: clocks that went forward by an hour at the epoch.
struct spring {
    constexpr date::local_seconds to_local(date::sys_seconds at) const {
        return date::local_seconds{at.time_since_epoch() + (at < date::sys_seconds{} ? 1h : 2h)};
    }
    constexpr date::sys_seconds to_sys(date::local_seconds at) const {
        date::sys_seconds const winter{at.time_since_epoch() - 1h};
        return winter < date::sys_seconds{} ? winter : winter - 1h;
    }
};
struct one_way {
    constexpr date::local_seconds to_local(date::sys_seconds) const { return {}; }
};

static_assert(att::calendar_zone<att::utc_zone>);
static_assert(att::calendar_zone<att::fixed_offset>);
static_assert(att::calendar_zone<spring>);
static_assert(!att::calendar_zone<one_way>);
static_assert(!att::calendar_zone<int>);

constexpr bool test() {
    date::sys_seconds const noon{date::sys_days{date::year{2026} / 3 / 31} + 12h};
    date::local_seconds const there{date::local_days{date::year{2026} / 3 / 31} + 12h};
    bool good = att::utc_zone{}.to_local(noon) == there && att::utc_zone{}.to_sys(there) == noon;
    for (auto const ahead : {std::chrono::minutes{90}, std::chrono::minutes{-330}}) {
        att::fixed_offset const zone{ahead};
        good = good && zone.to_local(noon) == there + ahead && zone.to_sys(there + ahead) == noon;
    }
    // As fine as the coarser of the two needs: a day has no minutes of its own.
    auto const midnight = att::fixed_offset{30min}.to_local(date::sys_days{});
    return good && midnight.time_since_epoch() == 30min;
}
static_assert(test());

}  // namespace

TEST_CASE("calendar_zone") {
    CHECK(test());
}
