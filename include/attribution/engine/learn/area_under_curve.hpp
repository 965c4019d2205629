// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/product.hpp>
#include <attribution/numeric/sample_source.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Paths that ended in the same state: nothing distinguishes them.
struct ended_paths {
    std::uint64_t conversions = 0;
    std::uint64_t nulls = 0;

    [[nodiscard]] std::uint64_t size() const { return conversions + nulls; }
    ended_paths& operator+=(ended_paths const& other) {
        conversions += other.conversions;
        nulls += other.nulls;
        return *this;
    }
    friend ended_paths operator-(ended_paths const& a, ended_paths const& b) {
        return {a.conversions - b.conversions, a.nulls - b.nulls};
    }
};

/// Paths and the score that all of them get: the part of the `judge` paths that converted.
struct scored_paths {
    ended_paths paths;
    ended_paths judge;  // not empty

    /// Does `a` score less? Exact.
    friend bool operator<(scored_paths const& a, scored_paths const& b) {
        auto const less = uint128{a.judge.conversions} * b.judge.size();
        auto const more = uint128{b.judge.conversions} * a.judge.size();
        return less < more;
    }
};

/// Paths and a score of any size.
struct valued_paths {
    ended_paths paths;
    double score;

    friend bool operator<(valued_paths const& a, valued_paths const& b) {
        return a.score < b.score;
    }
};

/// Among all pairs of a path that converted and one that did not: the part in which the path that
/// converted scores higher; ties count half. Exact except for the last division; 1/2 if there is no
/// pair.
template <class Scored = scored_paths>
double area_under_curve(std::vector<Scored> scores) {
    std::sort(scores.begin(), scores.end());
    uint128 twice = 0;
    uint128 nulls_below = 0;
    uint128 all_conversions = 0;
    for (std::size_t i = 0; i < scores.size();) {
        uint128 conversions = 0;
        uint128 nulls = 0;
        auto j = i;
        for (; j < scores.size() && !(scores[i] < scores[j]); ++j) {
            conversions += scores[j].paths.conversions;
            nulls += scores[j].paths.nulls;
        }
        twice += conversions * (2 * nulls_below + nulls);
        nulls_below += nulls;
        all_conversions += conversions;
        i = j;
    }
    auto const pairs = all_conversions * nulls_below;
    return pairs == 0 ? 0.5 : static_cast<double>(twice) / 2 / static_cast<double>(pairs);
}

/// The number of heads in `count` tosses of a coin. O(count / 64).
inline std::uint64_t heads_of(std::uint64_t count, sample_source& random) {
    std::uint64_t heads = 0;
    for (; count >= 64; count -= 64)
        heads += static_cast<std::uint64_t>(std::popcount(random.next()));
    if (count != 0)
        heads += static_cast<std::uint64_t>(
            std::popcount(random.next() & ((std::uint64_t{1} << count) - 1)));
    return heads;
}

/// How many of `count` paths fall into the first of two random halves. O(1), and the same on every
/// platform, because square roots are rounded in only one way.
///
/// Up to 4096 paths, a coin is tossed for each. For more paths the result is count / 2, plus the
/// deviation of 4096 tosses times sqrt(count / 4096): its mean and variance are those of `count`
/// tosses, and its shape is that of 4096 tosses, which no area can tell from the true one.
inline std::uint64_t half_of(std::uint64_t count, sample_source& random) {
    constexpr std::uint64_t tosses = 4096;
    if (count <= tosses)
        return heads_of(count, random);
    constexpr double scale = 65'536;
    auto const off =
        static_cast<std::int64_t>(heads_of(tosses, random)) - static_cast<std::int64_t>(tosses / 2);
    auto const root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(count)) * scale);
    auto const moved = off * root / (static_cast<std::int64_t>(scale) * 64);  // within count / 2
    auto const half = count / 2 + (count & random.next() & 1);
    return moved < 0 ? half - magnitude_of(moved) : half + magnitude_of(moved);
}

/// The mean area over random halves, each rated by the rates of the other half. Where the other
/// half has no path in a state, the rate of the whole half is used. `states` is a range of `ended_paths`.
template <class Ends>
double validated_area(Ends const& states) {
    constexpr int splits = 8;
    sample_source random{1};
    exact_sum sum;
    for (int split = 0; split < splits; ++split) {
        std::array<std::vector<ended_paths>, 2> halves;
        std::array<ended_paths, 2> all;
        for (auto const& one : states) {
            auto const conversions = half_of(one.conversions, random);
            ended_paths const first{conversions, half_of(one.nulls, random)};
            halves[0].push_back(first);
            halves[1].push_back(one - first);
        }
        for (auto const half : {0U, 1U})
            for (auto const& one : halves[half])
                all[half] += one;
        for (auto const half : {0U, 1U}) {
            std::vector<scored_paths> scores;
            for (std::size_t i = 0; i < states.size(); ++i) {
                auto const& seen = halves[1 - half][i];
                auto const& judge = seen.size() == 0 ? all[1 - half] : seen;
                scores.push_back({halves[half][i], judge});
            }
            sum.add(area_under_curve(std::move(scores)));
        }
    }
    return sum.value() / (2 * splits);
}

/// Source:     Hanley & McNeil, 1982, "The meaning and use of the area under a receiver operating
///             characteristic (ROC) curve".
inline double standard_error(double auc, ended_paths const& all) {
    auto const conversions = static_cast<double>(all.conversions);
    auto const nulls = static_cast<double>(all.nulls);
    double const square = product(auc, auc);
    // The variance, times both counts; each product is rounded before it is added.
    double const both = product(auc, 1 - auc) +
                        product(conversions - 1, std::max(0.0, auc / (2 - auc) - square)) +
                        product(nulls - 1, std::max(0.0, 2 * square / (1 + auc) - square));
    return std::sqrt(both / conversions / nulls);
}

}  // namespace attribution::detail
