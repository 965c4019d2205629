// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/credit_each.hpp>

#include "support/records.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <utility>
#include <vector>

using namespace support;

namespace {

using namespace att::detail;

/// A sum that can be merged, and one that cannot.
struct counted {
    std::size_t credits = 0;
    void operator()(att::credit<cents> const&) { ++credits; }
    void merge(counted const& other) { credits += other.credits; }
};
struct unmerged {
    void operator()(att::credit<cents> const&) {}
};
static_assert(mergeable<counted> && !mergeable<unmerged>);

constexpr bool test() {
    // Parts cover everything once, and differ in size by no more than one.
    for (std::size_t count = 0; count < 70; ++count)
        for (std::size_t threads = 1; threads < 4; ++threads) {
            auto const parts = parts_for(count, threads);
            require(parts <= count && (parts > 0) == (count > 0));
            for (std::size_t part = 0; part < parts; ++part) {
                auto const size =
                    part_begin(count, parts, part + 1) - part_begin(count, parts, part);
                require(size == count / parts || size == count / parts + 1);
            }
            require(parts == 0 || part_begin(count, parts, parts) == count);
        }
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("parts cover all conversions once") {
    CHECK(test());
}

TEST_CASE("tally_all adds up in copies and merges them") {
    std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}, {2, 1, 'a'}};
    std::vector<sale> const book{{1, 3, 5}, {2, 3, 5}, {3, 3, 5}};
    auto const journeys = att::join(sales(book), touches(log));
    for (std::size_t const threads : {1u, 4u}) {
        counted sum;
        tally_all(att::parallel{threads}, journeys, att::always, sum, att::linear);
        CHECK(sum.credits == 4);
    }
}
