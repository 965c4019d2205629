// SPDX-License-Identifier: BSL-1.0
#include "support/wide_number.hpp"

#include "support/law.hpp"
#include "support/random.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <vector>

using support::two_doubles;

TEST_CASE("all digits of integers are there, and come back") {
    auto const most = std::numeric_limits<std::int64_t>::max();
    auto const least = std::numeric_limits<std::int64_t>::min();
    CHECK(two_doubles{most} < two_doubles{std::uint64_t{1} << 63});
    CHECK(two_doubles{most} - two_doubles{most - 1} == 1);
    CHECK(two_doubles{least} - two_doubles{least + 1} == -1);
    CHECK(two_doubles{most} + 1 == -two_doubles{least});
    CHECK(two_doubles{std::uint64_t(-1)} - two_doubles{std::uint64_t(-2)} == 1);
}

TEST_CASE("what is small beside a sum is not lost, and what does not fit is infinite") {
    two_doubles sum = 1e30;
    for (int i = 0; i < 10; ++i)
        sum += 1;
    CHECK(sum - 1e30 == 10);
    auto const most = std::numeric_limits<double>::max();
    CHECK(two_doubles{most} + most == std::numeric_limits<double>::infinity());
    CHECK(two_doubles{4} * 0.5 == 2);
}

TEST_CASE("sums of integers are those in 64 bits, in any order") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::int64_t exact = 0;
        two_doubles sum = 0;
        two_doubles backwards = 0;
        std::vector<std::int64_t> all(random.below(6));
        for (auto& one : all) {
            one =
                static_cast<std::int64_t>(random.below(std::uint64_t{1} << 62)) >> random.below(62);
            one = random.chance(2) ? one / 4 : -one / 4;
            exact += one;
            sum += one;
        }
        for (auto i = all.size(); i > 0; --i)
            backwards += all[i - 1];
        support::holds(sum == two_doubles{exact} && backwards == sum);
    });
}
