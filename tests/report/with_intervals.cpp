// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/with_intervals.hpp>

#include "report/lines.hpp"
#include "support/random.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/models.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;

namespace {

template <class Amount>
struct paid {
    int user = 1;
    tick at = 0;
    Amount value{};
};

/// Sales by customers of one channel each, and their touchpoints.
struct shop {
    std::vector<touch> log;
    std::vector<sale> book;
};

/// 0, 1, 2, ... with the chances of the Poisson distribution of mean 1, in units of 1 / 10^6.
std::size_t poisson(random_numbers& random) {
    constexpr std::array<std::size_t, 7> below{367'879, 735'759, 919'699, 981'012,
                                               996'340, 999'406, 999'917};
    auto const drawn = random.below(1'000'000);
    std::size_t number = 0;
    while (number < below.size() && drawn >= below[number])
        ++number;
    return number;
}

/// Customers that come independently, 300 on average, who buy one, two or three times in one channel:
/// a of 1, 2 and 3 in 10, b, c. A sale is worth 10 to 200.
shop drawn_shop(random_numbers& random) {
    shop one;
    int user = 0;
    for (int i = 0; i < 300; ++i)
        for (auto customers = poisson(random); customers > 0; --customers) {
            auto const place = random.below(10);
            one.log.push_back({++user, 0, place < 2 ? 'a' : place < 5 ? 'b' : 'c'});
            for (auto orders = 1 + random.below(3); orders > 0; --orders)
                one.book.push_back({user, 5, static_cast<cents>(10 + random.below(191))});
        }
    return one;
}

}  // namespace

TEST_CASE("the rows, amounts and totals are those of by") {
    auto const how = att::by(&touch::channel, &sale::region);
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    auto const plain = ledger | how;
    auto const sure = ledger | att::with_intervals(how);
    auto const direct = att::attribute(sales(book), touches(visits), att::linear, att::always,
                                       att::with_intervals(how));
    CHECK(text(sure) == text(plain));
    CHECK(sure.total() == plain.total());
    CHECK(sure.unattributed() == plain.unattributed());
    CHECK(text(sure.largest_first()) == text(plain.largest_first()));
    for (std::size_t i = 0; i < plain.size(); ++i) {
        CHECK(sure[i].conversions == plain[i].conversions);
        CHECK(sure[i].credits == plain[i].credits);
        CHECK(sure[i].share == static_cast<double>(plain[i].amount) / 277);
        CHECK(sure[i][0] == direct[i][0]);
    }
}

TEST_CASE("replicates by hand: a single customer is drawn or not") {
    std::vector<touch> const log{{1, 0, 'a'}};
    std::vector<sale> const two{{1, 5, 30}, {1, 6, 12}};
    auto const table = att::attribute(sales(two), touches(log), att::last_touch, att::always,
                                      att::with_intervals(att::by(&touch::channel)));
    // Each replicate is a multiple of 42: the customer's sales stay together.
    CHECK(table[0].amount == 42);
    CHECK(table[0].low == 0);
    CHECK(table[0].high % 42 == 0);
    CHECK(table[0].high >= 2 * 42);
    // Where the customer is there, its share is 1; otherwise there is nothing to share.
    CHECK(table[0].share == 1);
    CHECK(table[0].share_low == 0);
    CHECK(table[0].share_high == 1);
    CHECK(table[1].amount == 0);
    CHECK(table[1].high == 0);
    CHECK(table[1].share_error == 0);
}

TEST_CASE("an empty report has the unattributed row, and certainly nothing in it") {
    std::vector<touch> const nobody;
    std::vector<sale> const nothing;
    auto const table = att::attribute(sales(nothing), touches(nobody), att::linear, att::always,
                                      att::with_intervals(att::by(&touch::channel)));
    REQUIRE(table.size() == 1);
    CHECK(table[0][0] == att::interval_cell<cents>{});
}

TEST_CASE("of several models, each has the intervals that it has alone") {
    random_numbers random{3};
    auto const one = drawn_shop(random);
    auto const how = att::with_intervals(att::by(&touch::channel), {.replicates = 39, .seed = 5});
    auto const several =
        att::attribute(sales(one.book), touches(one.log), att::models(att::last_touch, att::linear),
                       att::always, how);
    auto const linear =
        att::attribute(sales(one.book), touches(one.log), att::linear, att::always, how);
    for (std::size_t i = 0; i < linear.size(); ++i)
        CHECK(several[i][1] == linear[i][0]);
    CHECK(several.total(1) == linear.total());
}

TEST_CASE("floating amounts have the intervals of whole ones") {
    random_numbers random{4};
    auto const one = drawn_shop(random);
    auto const how = att::with_intervals(att::by(&touch::channel), {.replicates = 39});
    auto const whole =
        att::attribute(sales(one.book), touches(one.log), att::last_touch, att::always, how);
    auto const value = [](sale const& s) { return static_cast<double>(s.value); };
    auto const floating = att::attribute(att::conversions(one.book, &sale::user, &sale::at, value),
                                         touches(one.log), att::last_touch, att::always, how);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        CHECK(floating[i].low == static_cast<double>(whole[i].low));
        CHECK(floating[i].high == static_cast<double>(whole[i].high));
        CHECK(floating[i].share_low == whole[i].share_low);
        CHECK(floating[i].share_error == whole[i].share_error);
    }
}

TEST_CASE("the seed decides, and more replicates begin with the same") {
    random_numbers random{5};
    auto const one = drawn_shop(random);
    auto const low = [&](att::bootstrap how) {
        return att::attribute(sales(one.book), touches(one.log), att::last_touch, att::always,
                              att::with_intervals(att::by(&touch::channel), how))[0]
            .low;
    };
    CHECK(low({.seed = 1}) == low({.seed = 1}));
    CHECK(low({.seed = 1}) != low({.seed = 2}));
    // The smallest of 39 replicates is not smaller than that of 78 which begin with these.
    CHECK(low({.replicates = 78, .confidence = 0.97}) <= low({.replicates = 39}));
}

TEST_CASE("an end that does not fit into the amount's type is an error") {
    std::vector<touch> const log{{1, 0, 'a'}};
    std::vector<sale> const one{{1, 5, std::numeric_limits<cents>::max()}};
    CHECK_THROWS_AS((void)att::attribute(sales(one), touches(log), att::linear, att::always,
                                         att::with_intervals(att::by(&touch::channel))),
                    std::overflow_error);
    std::vector<paid<double>> const large{{1, 5, 1e308}};
    CHECK_THROWS_WITH_AS(
        (void)att::attribute(
            att::conversions(large, &paid<double>::user, &paid<double>::at, &paid<double>::value),
            touches(log), att::linear, att::always, att::with_intervals(att::by(&touch::channel))),
        "with_intervals: the end of an interval is too large for its type", std::overflow_error);
}

TEST_CASE("options that have no interval are refused before anything is counted") {
    CHECK_THROWS_AS((void)att::with_intervals(att::by(&touch::channel), {.replicates = 10}),
                    std::invalid_argument);
}

TEST_CASE("95 % intervals hold the truth in 93 to 97 % of 1,000 worlds") {
    constexpr std::size_t worlds = 1'000;
    // 300 customers with 2 sales of 105 on average.
    constexpr std::array<double, 3> part{0.2, 0.3, 0.5};
    std::array<std::size_t, 3> amounts{};
    std::array<std::size_t, 3> shares{};
    random_numbers random{20'260};
    for (std::size_t i = 0; i < worlds; ++i) {
        auto const one = drawn_shop(random);
        auto const table = att::attribute(
            sales(one.book), touches(one.log), att::last_touch, att::always,
            att::with_intervals(att::by(&touch::channel), {.replicates = 119, .seed = i}));
        REQUIRE(table.size() == 4);
        for (std::size_t channel = 0; channel < 3; ++channel) {
            auto const& row = table[channel];
            auto const truth = part[channel] * 300 * 2 * 105;
            amounts[channel] +=
                static_cast<double>(row.low) <= truth && truth <= static_cast<double>(row.high);
            shares[channel] += row.share_low <= part[channel] && part[channel] <= row.share_high;
        }
    }
    for (std::size_t channel = 0; channel < 3; ++channel) {
        CAPTURE(amounts[channel]);
        CAPTURE(shares[channel]);
        CHECK(amounts[channel] >= 930);
        CHECK(amounts[channel] <= 970);
        CHECK(shares[channel] >= 930);
        CHECK(shares[channel] <= 970);
    }
}

TEST_CASE("return on ad spend: the ends of the ratios are those of the amounts") {
    random_numbers random{6};
    auto const one = drawn_shop(random);
    std::vector<std::pair<char, cents>> const costs{{'a', 5'000}, {'b', 0}, {'d', 70}};
    auto const spent = att::spending(
        costs, &std::pair<char, cents>::first, [](auto const&) { return 0; },
        &std::pair<char, cents>::second);
    auto const at_once = [](touch const&) { return 0; };
    auto const how = att::bootstrap{.replicates = 39};
    auto const returns = att::return_on_ad_spend(spent, &touch::channel, at_once);
    auto const ledger = att::attribute(sales(one.book), touches(one.log), att::last_touch);
    auto const plain = ledger | returns;
    auto const sure = ledger | att::with_intervals(returns, how);
    auto const amounts = ledger | att::with_intervals(att::by(&touch::channel), how);
    REQUIRE(sure.size() == plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        CHECK(sure[i].channel == plain[i].channel);
        CHECK(sure[i].amount == plain[i].amount);
        CHECK(sure[i].roi() == plain[i].roi());
        CHECK(sure[i].cost_per_conversion() == plain[i].cost_per_conversion());
    }
    CHECK(sure[0].low == amounts[0].low);
    CHECK(sure[0].share_high == amounts[0].share_high);
    CHECK(*sure[0].roas_low() == static_cast<double>(amounts[0].low) / 5'000);
    CHECK(*sure[0].roas_high() == static_cast<double>(amounts[0].high) / 5'000);
    CHECK(*sure[0].roi_low() == static_cast<double>(amounts[0].low - 5'000) / 5'000);
    CHECK(*sure[0].roi_high() == static_cast<double>(amounts[0].high - 5'000) / 5'000);
    CHECK(sure[0].roas_low() < sure[0].roas());
    CHECK_FALSE(sure[1].roas_low());  // nothing was spent
    CHECK_FALSE(sure[2].roi_high());
    CHECK(sure[3].roas_high() == 0);  // 'd' earned nothing, for certain
}
