// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/record_totals.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace support;
using attribution::running_total, attribution::detail::record_totals;

namespace {

/// Each amount to a record, and the same to a `running_total` for each.
template <class Amount, class Draw>
void same_totals(random_numbers& random, Draw draw) {
    constexpr std::size_t records = 3;
    record_totals<Amount> totals;
    for (std::size_t record = 0; record < records; ++record)
        holds(totals.append() == record);
    std::vector<running_total<Amount>> expected(records);
    for (auto i = random.below(12); i > 0; --i) {
        auto const record = random.below(records);
        Amount const part = draw();
        totals.add(record, part);
        expected[record].add(part);
    }
    for (std::size_t record = 0; record < records; ++record)
        holds(totals.value(record) == expected[record].value());
}

}  // namespace

TEST_CASE("totals of records are those of exact sums, for amounts of any size and sign") {
    for_all_worlds([](random_numbers& random) {
        constexpr double some[]{1.0,      0.1,     1.0 / 3,  -0.1,    -1.0,
                                0x1p35,   0x1p36,  -0x1p35,  0x1p-30, 0x1.fffffffffffffp-31,
                                0x1p-200, -0x1p90, 12345.67, 0.0,     -0.0,
                                0x1p-1074};
        bool const ordinary = random.chance(2);
        same_totals<double>(random, [&] { return some[random.below(ordinary ? 5 : 16)]; });
        same_totals<float>(
            random, [&] { return static_cast<float>(some[random.below(ordinary ? 5 : 15)]); });
        same_totals<std::int64_t>(random, [&] { return random.between(-5, 100); });
    });
}

TEST_CASE("a total may pass what its units hold") {
    constexpr int many = 140'000;  // 2^17 of the largest amount that counts in units
    for (double const part : {0x1.fp35, 0x1.fp33, -0x1.fp33}) {
        record_totals<double> totals;
        CHECK(totals.append() == 0);
        for (int i = 0; i < many; ++i)
            totals.add(0, part);
        CHECK(totals.value(0) == many * part);
    }
}

TEST_CASE("a total that does not fit is an error") {
    record_totals<std::int64_t> totals;
    CHECK(totals.append() == 0);
    CHECK(totals.append() == 1);
    totals.add(1, std::numeric_limits<std::int64_t>::max());
    CHECK(totals.value(1) == std::numeric_limits<std::int64_t>::max());
    totals.add(1, 1);
    CHECK(totals.value(0) == 0);
    CHECK_THROWS_AS((void)totals.value(1), std::overflow_error);
}
