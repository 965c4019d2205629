// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/area_under_curve.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/numeric/product.hpp>

#include <cstddef>
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
};

namespace detail {

/// How well the state in which a path ends predicts whether it converted.
///
/// Errors:     fit_error if every path converted, or none.
inline order_quality quality_of(std::size_t order, std::size_t transitions,
                                std::vector<ended_paths> const& ends) {
    ended_paths all;
    std::vector<scored_paths> as_counted;
    for (auto const& one : ends) {
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
    auto const free = paths - static_cast<double>(transitions) - 1;
    auto const validated = validated_area(ends);
    return {order,     transitions,
            auc,       free > 0 ? 1 - detail::product(1 - auc, (paths - 1) / free) : 0,
            validated, standard_error(validated, all)};
}

}  // namespace detail

}  // namespace attribution
