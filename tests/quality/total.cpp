// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/total.hpp>

#include "quality/found_by.hpp"

#include <attribution/amount/money.hpp>

#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace att = attribution;
using quality_support::found_by;

namespace {

constexpr auto not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr auto self = std::identity{};

}  // namespace

TEST_CASE("total: exact for whole numbers and money") {
    std::vector<int> const cents{100, -30, 5};
    CHECK(found_by(att::total("cents", self, 75), cents).count == 0);
    auto const off = found_by(att::total("cents", self, 76L), cents);
    CHECK(off.count == 1);
    CHECK(off.rows.empty());
    CHECK(off.notes == std::vector<std::string>{"adds up to 75, not 76"});

    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    std::vector<std::int64_t> const limits{most, most, least, least};
    CHECK(found_by(att::total("units", self, std::int64_t{-2}), limits).count == 0);
    std::vector<std::int64_t> const beyond{most, 1};
    CHECK(found_by(att::total("units", self, most), beyond).notes ==
          std::vector<std::string>{"the sum does not fit into the amount's type"});
    CHECK_THROWS_AS((void)found_by(att::total("units", self, 5), limits), std::overflow_error);

    struct euro {};
    std::vector<att::money<euro>> const prices{att::money<euro>{1}, att::money<euro>{2}};
    CHECK(found_by(att::total("price", self, att::money<euro>{3}), prices).count == 0);
    CHECK(found_by(att::total("price", self, att::money<euro>{4}), prices).count == 1);

    std::optional<int> emptied{5};
    emptied.reset();
    std::vector<std::optional<int>> const gaps{1, emptied, 2};
    CHECK(found_by(att::total("read", self, 3), gaps).count == 0);
    std::vector<int> const none;
    CHECK(found_by(att::total("cents", self, 0), none).count == 0);
    CHECK(found_by(att::total("cents", self, 1), none).count == 1);
}

TEST_CASE("total: a tolerance for floating-point numbers, closed at its ends") {
    std::vector<double> const tenths(10, 0.1);
    CHECK(found_by(att::total("euros", self, 1.0, 1e-15), tenths).count == 0);
    CHECK(found_by(att::total("euros", self, 1.5, 0.25), tenths).count == 1);
    CHECK(found_by(att::total("euros", self, 1.25, 0.25), std::vector<double>{1.0}).count == 0);
    CHECK(found_by(att::total("euros", self, 0.75, 0.25), std::vector<double>{1.0}).count == 0);
    CHECK(found_by(att::total("euros", self, 0.5, 0.25), std::vector<double>{1.0}).notes ==
          std::vector<std::string>{"adds up to 1, not 0.5"});
    CHECK(found_by(att::total("euros", self, 1.0, 1e9), std::vector<double>{1.0, not_a_number})
              .notes == std::vector<std::string>{"the sum is not a finite number"});
    std::vector<double> const huge(2, std::numeric_limits<double>::max());
    CHECK(found_by(att::total("euros", self, 1.0, 1.0), huge).count == 1);
    CHECK_THROWS_AS((void)att::total("euros", self, 1.0, -1.0), std::invalid_argument);
    CHECK_THROWS_AS((void)att::total("euros", self, 1.0, not_a_number), std::invalid_argument);
    CHECK_THROWS_AS((void)att::total("euros", self, not_a_number, 1.0), std::invalid_argument);
}

TEST_CASE("law: total, over random amounts") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        std::vector<std::int64_t> amounts;
        std::int64_t sum = 0;
        for (int n = d.below(20); n > 0; --n) {
            amounts.push_back(d.between(-1'000'000'000'000, 1'000'000'000'000));
            sum += amounts.back();
        }
        support::holds(found_by(att::total("units", self, sum), amounts).count == 0);
        support::holds(found_by(att::total("units", self, sum + 1), amounts).count == 1);
        support::holds(found_by(att::total("units", self, sum - 1), amounts).count == 1);
        // Any order of floating amounts gives the same verdict, also without tolerance.
        std::vector<double> parts;
        for (auto const amount : amounts)
            parts.push_back(static_cast<double>(amount) / 3.0);
        att::running_total<double> exact;
        for (auto const part : parts)
            exact.add(part);
        d.shuffle(parts);
        support::holds(found_by(att::total("units", self, exact.value(), 0.0), parts).count == 0);
    });
}
