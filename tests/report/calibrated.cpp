// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/calibrated.hpp>

#include "report/lines.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/report/with_intervals.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace support;

namespace {

using lifts = std::vector<att::lift<char>>;

/// a 100, b 50, unattributed 7.
auto table_of(auto const& sink) {
    static std::vector<touch> const log{{1, 0, 'a'}, {2, 0, 'b'}};
    static std::vector<sale> const sold{{1, 5, 100}, {2, 5, 50}, {3, 5, 7}};
    return att::attribute(sales(sold), touches(log), att::last_touch, att::always, sink);
}
auto const plain = table_of(att::by(&touch::channel));

std::vector<cents> amounts(auto const& table) {
    std::vector<cents> all;
    for (auto const& row : table)
        all.push_back(row.amount);
    return all;
}

}  // namespace

TEST_CASE("a channel with an experiment, one without, and what would have happened anyway") {
    using source = att::calibration_source;
    auto const table = att::calibrated(plain, lifts{{'a', 40, 1e-3}});
    CHECK(amounts(table) == std::vector<cents>{40, 20, 90, 7});
    CHECK(table.factor() == doctest::Approx(0.4));
    CHECK(table[0].source == source::measured);
    CHECK(table[1].source == source::scaled);
    CHECK(table[2].source == source::anyway);
    CHECK(table[3].source == source::unattributed);
    CHECK(table[0].by_model == 100);
    CHECK(table[2].by_model == 0);
    CHECK(table[3].by_model == 7);
    CHECK(table[0].low == 40);
    CHECK(table[0].high == 40);
    // 20 +- 1.96 * 0.4 * 0.5 * 50
    CHECK(table[1].standard_error == doctest::Approx(10));
    CHECK(table[1].low == 0);
    CHECK(table[1].high == 40);
    CHECK(table.total() == plain.total());
    CHECK(table[2].key == std::nullopt);
}

TEST_CASE("without experiments, and with vague ones, the model stands") {
    auto const none = att::calibrated(plain, lifts{});
    CHECK(amounts(none) == std::vector<cents>{100, 50, 0, 7});
    CHECK(none.factor() == 1);
    auto const vague = att::calibrated(plain, lifts{{'a', 40, 1e9}});
    CHECK(amounts(vague) == std::vector<cents>{100, 50, 0, 7});
    CHECK(amounts(att::calibrated(plain, lifts{{'a', 40, 1}}, {.model_error = 0})) ==
          std::vector<cents>{100, 50, 0, 7});
}

TEST_CASE("the errors of sampling go in") {
    auto const sure = table_of(att::with_intervals(att::by(&touch::channel)));
    auto const share_error = sure[0].share_error;
    REQUIRE(share_error > 0);
    auto const table = att::calibrated(sure, lifts{{'a', 40, 1e9}}, {.model_error = 0});
    CHECK(table[0].standard_error == doctest::Approx(share_error * 157));
    CHECK(amounts(table) == std::vector<cents>{100, 50, 0, 7});
}

TEST_CASE("money, floating amounts, and the largest amounts there are") {
    struct euro {};
    using euros = att::money<euro>;
    using row = att::report_row<std::optional<char>, euros>;
    auto const cell = [](std::int64_t units) {
        return std::array{att::cell<euros>{euros{units}, 1, 1}};
    };
    auto const most = std::numeric_limits<std::int64_t>::max();
    att::report<row> const large{{row{'a', true, cell(most)}, row{std::nullopt, false, cell(0)}}};
    auto const same = att::calibrated(large, lifts{});
    CHECK(same[0].amount == euros{most});
    CHECK(same.total() == euros{most});
    CHECK(same[0].high == euros{most});
    auto const half = att::calibrated(large, lifts{{'a', 1e18, 1e9}});
    CHECK(half.total() == euros{most});
    CHECK(static_cast<double>(half[0].amount.units()) == doctest::Approx(1e18));

    using floating = att::report_row<std::optional<char>, double>;
    att::report<floating> const real{{floating{'a', true, {att::cell<double>{0.5, 1, 1}}},
                                      floating{std::nullopt, false, {att::cell<double>{}}}}};
    auto const quarter = att::calibrated(real, lifts{{'a', 0.25, 1e-6}});
    CHECK(quarter[0].amount == doctest::Approx(0.25));
    CHECK(quarter[1].amount == doctest::Approx(0.25));
}

TEST_CASE("nothing attributed: nothing anyway") {
    std::vector<touch> const log{{1, 0, 'a'}};
    std::vector<sale> const sold{{1, 5, 0}};
    auto const table = att::calibrated(att::attribute(sales(sold), touches(log), att::last_touch,
                                                      att::always, att::by(&touch::channel)),
                                       lifts{{'a', 5, 1}});
    CHECK(amounts(table) == std::vector<cents>{0, 0, 0});
    CHECK(table.cut());
}

TEST_CASE("what cannot be calibrated is refused") {
    CHECK_THROWS_WITH_AS((void)att::calibrated(plain, lifts{{'a', 1, 1}, {'z', 1, 1}}),
                         "calibrated: lift 1 is of a channel that has no credit in the report; "
                         "compare how the two write its name",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        (void)att::calibrated(plain, lifts{{'b', 1, 1}, {'a', 1, 0}}),
        "calibrated: lift 1 has a standard error that is not a finite number above 0",
        std::invalid_argument);
    for (double const error : {-1.0, HUGE_VAL, std::nan("")})
        CHECK_THROWS_WITH_AS((void)att::calibrated(plain, lifts{}, {.model_error = error}),
                             "calibrated: the error of the model must be finite and at least 0",
                             std::invalid_argument);
    auto const refunds =
        att::attribute(sales(book), touches(visits), att::linear) | att::by(&touch::channel);
    CHECK_THROWS_WITH_AS(
        (void)att::calibrated(refunds, lifts{}),
        "calibrated: row 2 of the report has a negative amount, which no experiment can share; "
        "calibrate sales before refunds are taken back",
        std::domain_error);
}
