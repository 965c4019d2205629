// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/credit_later.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace {

using attribution::detail::find_and_credit;
using support::require;

/// What is credited when so many are found, of which finding one and crediting one fail; -1 fails
/// never.
std::vector<int> credited(int count, int not_found, int not_credited) {
    std::vector<int> seen;
    try {
        find_and_credit<int>(
            [&](auto add) {
                for (int i = 0; i < count; ++i) {
                    if (i == not_found)
                        throw std::out_of_range{"found"};
                    add(i);
                }
            },
            [&](int found) {
                if (found == not_credited)
                    throw std::domain_error{"credited"};
                seen.push_back(found);
            });
        CHECK(not_found < 0);
        CHECK(not_credited < 0);
    } catch (std::out_of_range const&) {
        CHECK((not_credited < 0 || not_found <= not_credited));
    } catch (std::domain_error const&) {
        CHECK((not_found < 0 || not_credited < not_found));
    }
    return seen;
}

constexpr bool in_order() {
    for (int const count : {0, 1, 63, 64, 65, 128, 200}) {
        int next = 0;
        find_and_credit<int>(
            [&](auto add) {
                for (int i = 0; i < count; ++i) {
                    add(i);
                    require(next == (i + 1) / 64 * 64);  // a block at a time
                }
            },
            [&](int found) { require(found == next++); });
        require(next == count);
    }
    return true;
}
static_assert(in_order());

}  // namespace

TEST_CASE("conversions are credited a block at a time, in their order") {
    CHECK(in_order());
}

TEST_CASE(
    "the first error in the order of the conversions comes out, after the credits before it") {
    for (int const not_found : {-1, 0, 3, 63, 64, 70, 128})
        for (int const not_credited : {-1, 0, 3, 63, 64, 70, 128}) {
            auto const seen = credited(130, not_found, not_credited);
            auto const end = not_found < 0      ? not_credited
                             : not_credited < 0 ? not_found
                                                : std::min(not_found, not_credited);
            REQUIRE(seen.size() == static_cast<std::size_t>(end < 0 ? 130 : end));
            for (std::size_t i = 0; i < seen.size(); ++i)
                CHECK(seen[i] == static_cast<int>(i));
        }
}
