// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/restating.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/report/difference.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;

namespace {

using credits = att::detail::large_vector<att::credit<cents>>;

/// A ledger of one sale, credited by hand.
auto ledger_of(std::vector<sale> const& sold, std::vector<touch> const& log, credits given) {
    return att::ledger{sales(sold), touches(log), std::move(given)};
}

}  // namespace

TEST_CASE("a change of value that no part can hold is refused") {
    std::vector<touch> const log{{1, 1, 'a', 1}};
    std::vector<sale> const most{{1, 2, std::numeric_limits<cents>::max(), 'x'}};
    std::vector<sale> const least{{1, 2, std::numeric_limits<cents>::min(), 'x'}};
    auto const before = att::attribute(sales(least), touches(log), att::linear, att::always);
    auto const after = att::attribute(sales(most), touches(log), att::linear, att::always);
    CHECK_THROWS_AS(
        (void)att::difference(before, after, &sale::user, &touch::user, &touch::channel),
        std::overflow_error);
    CHECK(att::difference(after, after, &sale::user, &touch::user, &touch::channel).empty());
}

TEST_CASE("a value of which a part is unattributed changes by the shares, touchpoints first") {
    for (std::size_t const count : {1u, 20u}) {  // few and many are sorted in other ways
        auto const more = static_cast<cents>(count);
        std::vector<touch> const log(count, touch{1, 1, 'a', 1});
        std::vector<sale> const old{{1, 2, more + 1, 'x'}};
        std::vector<sale> const corrected{{1, 2, 2 * more + 1, 'x'}};
        auto const share = 1 / static_cast<double>(count + 1);
        credits each{{0, att::no_row, 1, share}};
        for (std::size_t row = 0; row < count; ++row)
            each.push_back({0, row, 1, share});
        auto const before = ledger_of(old, log, each);
        auto const after = ledger_of(corrected, log, {{0, 0, 2 * more + 1, 1.0}});
        std::string moved;
        for (auto const& row : att::difference(
                 before, after, &sale::user, [&](touch const& one) { return &one - log.data(); },
                 &touch::channel))
            moved += std::string{row.key.value_or('-')} + ' ' + std::string{to_string(row.reason)} +
                     ' ' + std::to_string(row.amount) + ", ";
        CHECK(moved == "a corrected value " + std::to_string(count) +
                           ", a changed model or policy 1, - changed model or policy -1, ");
    }
}

TEST_CASE("credits of rows that the records do not have are refused, on either side") {
    std::vector<touch> const log{{1, 1, 'a', 1}};
    std::vector<sale> const book{{1, 2, 100, 'x'}};
    auto const difference = [](auto const& before, auto const& after) {
        return att::difference(before, after, &sale::user, &touch::user, &touch::channel);
    };
    auto const right = ledger_of(book, log, {{0, 0, 100, 1.0}});
    CHECK(difference(right, right).empty());
    for (att::credit<cents> const wrong :
         {att::credit<cents>{1, 0, 100, 1.0}, att::credit<cents>{1, att::no_row, 100, 1.0},
          att::credit<cents>{0, 1, 100, 1.0}}) {
        auto const other = ledger_of(book, log, {wrong});
        auto const says = "difference: a credit names row " + std::to_string(wrong.conversion) +
                          " or a touchpoint that does not exist";
        CHECK_THROWS_WITH_AS((void)difference(right, other), says.c_str(), std::invalid_argument);
        CHECK_THROWS_WITH_AS((void)difference(other, right), says.c_str(), std::invalid_argument);
    }
}
