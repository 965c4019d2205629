// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

namespace examples {

/// Who takes a piece of work, and what decided it.
struct routed {
    std::optional<std::size_t> chosen = {};  // nobody if nobody is eligible
    std::size_t eligible = 0;
    /// The number of the key after which one was left, from 0; none if there was nobody to choose from
    /// but one.
    std::optional<std::size_t> decided_by = {};
    std::optional<std::size_t> runner_up = {};  // the best of those whom that key set aside
};

/// Routes work to whoever is eligible and has least of the first key; of several, least of the
/// second, and so on. Whoever routes one piece after another adds each to the load that a key reads.
///
/// Shape:      keys are projections of a candidate to values that `<` orders: load, open work, ...;
///             give a name last, so that nothing depends on the order of the candidates.
/// Edges:      if all keys are equal, the first candidate is taken, and the last key decided.
/// Complexity: O(candidates * keys).
/// Source:     greedy list scheduling: Graham, "Bounds for Certain Multiprocessing Anomalies", 1966.
template <std::ranges::random_access_range Candidates, class Eligible, class... Keys>
    requires(sizeof...(Keys) > 0)
[[nodiscard]] routed route(Candidates const& candidates, Eligible eligible, Keys... keys) {
    routed result;
    std::vector<std::size_t> left;
    auto const at = [&](std::size_t i) -> decltype(auto) {
        return std::ranges::begin(
            candidates)[static_cast<std::ranges::range_difference_t<Candidates>>(i)];
    };
    for (std::size_t i = 0; i < static_cast<std::size_t>(std::ranges::size(candidates)); ++i)
        if (std::invoke(eligible, at(i)))
            left.push_back(i);
    result.eligible = left.size();
    std::size_t number = 0;
    auto const narrow = [&](auto const& key) {
        if (left.size() > 1) {
            auto const value = [&](std::size_t i) { return std::invoke(key, at(i)); };
            auto best = left.front();
            for (auto const i : left)
                if (value(i) < value(best))
                    best = i;
            std::vector<std::size_t> kept;
            std::optional<std::size_t> next;
            for (auto const i : left)
                if (!(value(best) < value(i)))
                    kept.push_back(i);
                else if (!next || value(i) < value(*next))
                    next = i;
            left = std::move(kept);
            result.decided_by = number;
            if (next)
                result.runner_up = next;
        }
        ++number;
    };
    (narrow(keys), ...);
    if (!left.empty())
        result.chosen = left.front();
    return result;
}

}  // namespace examples
