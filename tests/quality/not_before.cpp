// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/not_before.hpp>

#include "quality/found_by.hpp"

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using quality_support::found_by, quality_support::rows;

namespace {

constexpr auto not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr auto endless = std::numeric_limits<double>::infinity();
constexpr auto self = std::identity{};

}  // namespace

TEST_CASE("not_before: the bound is fine, a NaN is found once") {
    using namespace date::literals;
    using namespace std::chrono_literals;
    auto const epoch = date::sys_days{2020_y / 1 / 1};
    auto const now = date::sys_days{2026_y / 3 / 1} + 12h;
    std::vector<std::optional<date::sys_seconds>> const times{
        epoch, epoch - 1s, now, now + 1s, std::nullopt, date::sys_seconds{}};
    CHECK(found_by(att::not_before("at", self, epoch), times).rows == rows{1, 5});
    std::vector<double> const clock{not_a_number, 1.0, endless};
    CHECK(found_by(att::not_before("at", self, 1.0), clock).rows == rows{0});
}

TEST_CASE("not_before compares instants of any clocks as they are") {
    using namespace date::literals;
    date::sys_days const placeholder{9999_y / 12 / 31};
    std::vector<date::sys_days> const days{placeholder, date::sys_days{2026_y / 3 / 1}};
    date::sys_time<std::chrono::nanoseconds> const now{date::sys_days{2026_y / 3 / 2}};
    CHECK(found_by(att::not_before("at", self, now), days).rows == rows{1});
    std::vector<date::sys_time<std::chrono::nanoseconds>> const times{now};
    CHECK(found_by(att::not_before("at", self, placeholder), times).rows == rows{0});
    std::vector<int> const ticks{-10, 60};
    CHECK(found_by(att::not_before("at", self, 50U), ticks).rows == rows{0});
    CHECK_THROWS_AS((void)att::not_before("at", self, not_a_number), std::domain_error);
}
