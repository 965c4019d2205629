// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/area_under_curve.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The rate of conversion by score, which never falls as the score rises: of all such functions, the
/// nearest to what was seen.
///
/// Source: isotonic regression by pooling adjacent violators: Ayer, Brunk, Ewing, Reid, Silverman,
///         1955; for probabilities of scores: Zadrozny, Elkan, 2002.
class monotone_rates {
  public:
    /// In any order the same. There must be a path.
    explicit monotone_rates(std::vector<valued_paths> seen) {
        std::sort(seen.begin(), seen.end());
        for (std::size_t i = 0; i < seen.size();) {
            valued_paths next{{}, seen[i].score};
            for (; i < seen.size() && !(next < seen[i]); ++i)
                next.paths += seen[i].paths;
            while (!blocks_.empty() && !below(blocks_.back().paths, next.paths)) {
                next.paths += blocks_.back().paths;
                next.score = blocks_.back().score;
                blocks_.pop_back();
            }
            blocks_.push_back(next);
        }
    }

    /// The rate of paths with this score, above 0 and below 1: half a conversion and half a path
    /// without one are added to what was seen, so that nothing is impossible.
    [[nodiscard]] double operator()(double score) const {
        auto const after =
            std::upper_bound(blocks_.begin(), blocks_.end(), valued_paths{{}, score});
        auto const& block = after == blocks_.begin() ? blocks_.front() : *(after - 1);
        return (static_cast<double>(block.paths.conversions) + 0.5) /
               (static_cast<double>(block.paths.size()) + 1);
    }

  private:
    static bool below(ended_paths const& a, ended_paths const& b) {
        return uint128{a.conversions} * b.size() < uint128{b.conversions} * a.size();
    }

    std::vector<valued_paths> blocks_;  // ascending, each with its lowest score
};

}  // namespace attribution::detail
