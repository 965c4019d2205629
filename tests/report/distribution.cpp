// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/distribution.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using namespace std::chrono_literals;

namespace {

constexpr bool distributions() {
    att::distribution<int> const five{{5, 1, 4, 2, 3}};
    att::distribution<int> const four{{4, 1, 3, 2}};
    bool good = five.median() == 3 && four.median() == 2 && five.mean() == 3.0 &&
                four.mean() == 2.5 && five.smallest() == 1 && five.largest() == 5;
    // The nearest rank: of 5 values the 0.2 quantile is the first, anything above it the second.
    good = good && five.quantile(1, 5) == 1 && five.quantile(201, 1000) == 2 &&
           five.quantile(4, 5) == 4 && five.quantile(9, 10) == 5;
    att::distribution<int> const twins{{7, 3, 7, 7}};
    auto const bars = twins.bars();
    good = good && bars.size() == 2 && bars[0].value == 3 && bars[0].count == 1 &&
           bars[1].value == 7 && bars[1].count == 3;
    auto merged = four;
    merged.merge(five);
    auto other = five;
    other.merge(four);
    return good && merged == other && merged.size() == 9 && merged.median() == 3;
}
static_assert(distributions());

}  // namespace

TEST_CASE("distribution: nearest ranks, the mean, bars") {
    CHECK(distributions());
    att::distribution<int> const none;
    CHECK(none.empty());
    CHECK(none.bars().empty());
    CHECK_THROWS_AS((void)none.median(), std::invalid_argument);
    CHECK_THROWS_AS((void)none.mean(), std::invalid_argument);
    att::distribution<int> const one{{42}};
    CHECK_THROWS_AS((void)one.quantile(2, 1), std::invalid_argument);
    CHECK_THROWS_AS((void)one.quantile(0, 0), std::invalid_argument);
    CHECK(one.quantile(0, 1) == 42);
    CHECK(one.quantile(1, 1) == 42);
}

TEST_CASE("distribution: exact where doubles are not") {
    // 7 % of 100: in doubles 0.07 * 100 is above 7.
    std::vector<int> hundred;
    for (int i = 1; i <= 100; ++i)
        hundred.push_back(i);
    att::distribution<int> const all{hundred};
    for (std::size_t percent = 1; percent <= 100; ++percent)
        CHECK(all.quantile(percent, 100) == static_cast<int>(percent));

    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(att::distribution<std::int64_t>{{most, most, most}}.mean() == static_cast<double>(most));
    CHECK(att::distribution<std::int64_t>{{-3, -4}}.mean() == -3.5);
    for (int size = 1; size < 40; ++size)  // rounded once, as a division of doubles is
        for (int sum = -200; sum <= 200; ++sum) {
            std::vector<int> values(static_cast<std::size_t>(size), 0);
            values.front() = sum;
            CHECK(att::distribution<int>{values}.mean() == sum / static_cast<double>(size));
        }
    // 2^53 + 1 and 1/3 is above the middle between two doubles, -(2^53 + 1) is one: to the even one
    constexpr auto large = std::int64_t{1} << 53;
    CHECK(att::distribution<std::int64_t>{{large, large, large + 4}}.mean() ==
          0x1.0000000000001p53);
    CHECK(att::distribution<std::int64_t>{{-large, -large - 2}}.mean() == -0x1p53);
    CHECK(att::distribution<std::int64_t>{{-large - 2, -large - 4}}.mean() ==
          -0x1.0000000000002p53);
    CHECK(att::distribution<double>{{1e100, 1.0, -1e100}}.mean() == 1.0 / 3.0);

    att::distribution<std::chrono::seconds> const lags{{90s, 60s, 61s}};
    CHECK(lags.mean() == std::chrono::duration<double>{211.0 / 3});
    CHECK(lags.median() == 61s);
}

TEST_CASE("distributions know no NaN, and no mean of what is infinite") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    double const infinity = std::numeric_limits<double>::infinity();
    CHECK_THROWS_AS((att::distribution<double>{{1.0, nan, 2.0}}), std::domain_error);
    CHECK_THROWS_AS(
        (att::distribution<std::chrono::duration<double>>{{std::chrono::duration<double>{nan}}}),
        std::domain_error);
    att::distribution<double> const endless{{infinity, 1.0, -infinity}};
    CHECK(endless.median() == 1.0);
    CHECK(endless.largest() == infinity);
    CHECK_THROWS_AS((void)endless.mean(), std::domain_error);
}
