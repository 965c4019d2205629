// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/area_under_curve.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/numeric/product.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// How well chains of one order distinguish paths that convert from those that do not; see
/// `choose_order`.
struct order_quality {
    std::size_t order;
    std::size_t transitions;  // number of different ones, ends included
    double auc;               // area under the ROC curve
    double penalized_auc;     // less what the transitions can remember of the paths
    double validated_auc;     // of each half of the paths, rated by the other half
    double standard_error;    // of the validated area
    double combinations = 0;  // of so many channels, with repetition, in any order
    double auc_penalized_by_combinations = 0;
};

namespace detail {

/// C(channels + order - 1, order): in how many ways `order` of the channels can be taken, in any order
/// and more than once. Exact up to 2^53; infinite where 64 bits do not hold it.
inline double combinations_of(std::size_t channels, std::size_t order) {
    uint128 ways = 1;
    for (std::size_t i = 1; i <= order; ++i) {
        ways = ways * (uint128{channels} + i - 1) / i;  // C(channels + i - 1, i): no remainder
        if (ways > std::numeric_limits<std::uint64_t>::max())
            return std::numeric_limits<double>::infinity();
    }
    return static_cast<double>(ways);
}

/// An area, less what so many numbers can remember of the paths: 0 if that leaves nothing.
inline double penalized(double auc, double paths, double numbers) {
    auto const free = paths - numbers - 1;
    return free > 0 ? 1 - detail::product(1 - auc, (paths - 1) / free) : 0;
}

/// How well the state in which a path ends predicts whether it converted. `states` is a range of `ended_paths`.
///
/// Errors:     fit_error if every path converted, or none.
template <class Ends>
order_quality quality_of(std::size_t order, std::size_t transitions, std::size_t channels,
                         Ends const& states) {
    ended_paths all;
    std::vector<scored_paths> as_counted;
    for (auto const& one : states) {
        all += one;
        if (one.size() != 0)
            as_counted.push_back({one, one});
    }
    if (all.conversions == 0)
        throw fit_error{fit_failure::no_converting_path,
                        "choose_order: no path converted, so there is nothing to tell apart"};
    if (all.nulls == 0)
        throw fit_error{fit_failure::no_null_path,
                        "choose_order: every path converted, so there is nothing to tell apart"};
    auto const auc = area_under_curve(std::move(as_counted));
    auto const paths = static_cast<double>(all.size());
    auto const validated = validated_area(states);
    auto const combinations = detail::combinations_of(channels, order);
    return {order,        transitions,
            auc,          penalized(auc, paths, static_cast<double>(transitions)),
            validated,    standard_error(validated, all),
            combinations, std::max(0.0, penalized(auc, paths, combinations))};
}

}  // namespace detail

}  // namespace attribution
