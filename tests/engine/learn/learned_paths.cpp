// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/learned_paths.hpp>

#include "support/records.hpp"

#include <attribution/join.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

using namespace support;

namespace {

std::vector<touch> const log{{1, 1, 'a'}, {1, 9, 'b'}, {2, 2, 'c'}, {2, 8, 'd'}};
std::vector<sale> const book{{1, 5, 10}, {3, 6, 10}};

/// A word for each path: upper case stands for a conversion.
template <class Windows>
std::string seen(Windows const& windows) {
    auto const clicks = touches(log);
    auto const orders = sales(book);
    std::string words;
    att::detail::for_each_learned_path(att::join(orders, clicks), att::lookback(5), windows,
                                       [&](auto const& steps, bool converted) {
                                           for (std::size_t i = 0; i < steps.size(); ++i)
                                               words += steps[i].touchpoint().channel;
                                           words += converted ? '+' : '-';
                                       });
    return words;
}

}  // namespace

TEST_CASE("paths of those who converted, and of those who did not") {
    CHECK(seen(att::until_end_of_data) == "a++d-");  // 9 is the latest time
    CHECK(seen(att::until(6)) == "a++c-");
    CHECK(seen(att::until(9, att::always)) == "a++cd-");
    CHECK(seen(att::converting_only) == "a++");
}

TEST_CASE("data without a record have no end, and no paths") {
    std::vector<touch> const none;
    std::vector<sale> const nothing;
    std::size_t paths = 0;
    auto const visit = [&](auto const&, bool) { ++paths; };
    auto const joined = att::join(sales(nothing), touches(none));
    att::detail::for_each_learned_path(joined, att::always, att::until_end_of_data, visit);
    CHECK(paths == 0);
}
