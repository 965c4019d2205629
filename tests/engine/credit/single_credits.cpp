// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/credit/single_credits.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <utility>
#include <vector>

namespace att = attribution;
using att::detail::equal_credits, att::detail::single_credits;
using credit = att::credit<int>;

namespace {

constexpr std::size_t row_of(std::size_t position) {
    return 10 * position;
}

constexpr bool test() {
    std::vector<credit> taken;
    auto sink = [&](credit const& earned) { taken.push_back(earned); };
    single_credits<int, decltype(sink)> receiver{sink};
    receiver.prefetch(3);
    receiver.begin(4);
    receiver.one(credit{1, 2, 30, 0.5}, 0);
    receiver.step(0, credit{1, 3, 30, 0.5}, 0);
    receiver.equal(7, equal_credits<int>{1, 2, 5, 0.25}, row_of, 0);
    receiver.equal_at(4, 8, equal_credits<int>{1, 1, 9, 1.0}, row_of, 0);
    receiver.finish(row_of);
    return taken == std::vector<credit>{{1, 2, 30, 0.5},
                                        {1, 3, 30, 0.5},
                                        {7, 10, 5, 0.25},
                                        {7, 20, 5, 0.25},
                                        {8, 50, 9, 1.0}};
}
static_assert(test());

/// A sink of several models also takes the number of the model.
constexpr bool of_several() {
    std::vector<std::pair<int, std::size_t>> taken;
    auto sink = [&](credit const& earned, std::size_t model) {
        taken.emplace_back(earned.amount, model);
    };
    single_credits<int, decltype(sink), 2> receiver{sink};
    receiver.one(credit{0, 0, 1, 1.0}, 1);
    receiver.equal(0, equal_credits<int>{0, 2, 3, 0.5}, row_of, 0);
    receiver.one_of_all(credit{0, att::no_row, 4, 1.0});
    return taken ==
           std::vector<std::pair<int, std::size_t>>{{1, 1}, {3, 0}, {3, 0}, {4, 0}, {4, 1}};
}
static_assert(of_several());

}  // namespace

TEST_CASE("single_credits") {
    CHECK(test());
    CHECK(of_several());
}
