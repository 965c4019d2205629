// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/survival_credit.hpp>

#include "support/law.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace detail = attribution::detail;
using doctest::Approx;

namespace {

auto by_shapley(std::vector<double> const& without) {
    std::vector<double> shares(without.size());
    detail::share_by_shapley(without, shares);
    return shares;
}

auto backwards(std::vector<double> const& without) {
    std::vector<double> shares(without.size());
    detail::share_backwards(without, shares);
    return shares;
}

/// The Shapley value as it is defined: the mean of what each adds over all orders.
std::vector<double> over_all_orders(std::vector<double> const& without) {
    auto const rate_with_all = std::accumulate(without.begin(), without.end(), 1.0,
                                               [](double all, double one) { return all / one; });
    std::vector<std::size_t> order(without.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> sums(without.size());
    double orders = 0;
    do {
        double rate = 1;
        for (auto const one : order) {
            sums[one] += rate / without[one] - rate;
            rate /= without[one];
        }
        ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    for (auto& sum : sums)
        sum /= orders * rate_with_all;
    return sums;
}

}  // namespace

TEST_CASE("share_by_shapley: by hand") {
    // Two that double the rate: of 4, the baseline has 1, each of them (1 + 2) / 2.
    auto const two = by_shapley({0.5, 0.5});
    CHECK(two[0] == Approx(0.375).epsilon(1e-14));
    CHECK(two[1] == Approx(0.375).epsilon(1e-14));
    // Alone, and beside one that does nothing.
    CHECK(by_shapley({0.25})[0] == Approx(0.75).epsilon(1e-14));
    CHECK(by_shapley({0.25, 1})[0] == Approx(0.75).epsilon(1e-14));
    CHECK(by_shapley({0.25, 1})[1] == 0);
    CHECK(by_shapley({}).empty());
}

TEST_CASE("share_backwards, share_in_proportion: by hand") {
    // Of 2 * 4 = 8, the last takes 6 away, the first 1.
    CHECK(backwards({0.5, 0.25}) == std::vector<double>{0.125, 0.75});
    std::vector<double> shares(2);
    std::vector<double> const without{0.5, 0.25};
    detail::share_in_proportion(without, std::vector<double>{1, 2}, shares);
    CHECK(shares[0] == Approx(0.875 / 3).epsilon(1e-15));
    CHECK(shares[1] == Approx(0.875 * 2 / 3).epsilon(1e-15));
    detail::share_in_proportion(std::vector<double>{2, 0.25}, std::vector<double>{-1, 2}, shares);
    CHECK(shares == std::vector<double>{0, 0.5});
    detail::share_in_proportion(std::vector<double>{2, 1}, std::vector<double>{-1, 0}, shares);
    CHECK(shares == std::vector<double>{0, 0});
}

TEST_CASE("law: share_by_shapley: as over all orders, and adds up for many") {
    support::for_all_worlds([](support::random_numbers& random) {
        std::vector<double> without;
        for (auto n = random.between(1, 6); n > 0; --n)
            without.push_back(std::exp(static_cast<double>(random.between(-300, 100)) / 100));
        auto const expected = over_all_orders(without);
        auto const found = by_shapley(without);
        for (std::size_t i = 0; i < found.size(); ++i)
            if (!(std::abs(found[i] - expected[i]) < 1e-12))
                return false;
        while (without.size() < 32)
            without.push_back(std::exp(static_cast<double>(random.between(-300, 10)) / 100));
        double left = 1;
        for (auto const one : without)
            left *= one;
        auto const many = by_shapley(without);
        return std::abs(std::accumulate(many.begin(), many.end(), left) - 1) < 1e-10;
    });
}
