// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/count_paths.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/report/distribution.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Figures of the eligible paths of conversions. A commutative monoid.
template <class Lag>
struct path_figures {
    distribution<std::size_t> length;  // touchpoints per path
    distribution<Lag> first_lag;       // conversion - first touchpoint
    distribution<Lag> last_lag;        // conversion - last touchpoint
    std::size_t not_reached = 0;       // conversions without a path; the rest counts paths only

    /// If memory runs out, nothing changes.
    constexpr void merge(path_figures const& other) {
        auto both = *this;
        both.length.merge(other.length);
        both.first_lag.merge(other.first_lag);
        both.last_lag.merge(other.last_lag);
        both.not_reached += other.not_reached;
        *this = std::move(both);
    }
};

namespace detail {

/// Lengths and lags of paths, in any order.
template <class Lag>
class observed_paths {
  public:
    template <class Path>
    constexpr void operator()(Path const& steps) {
        if (steps.empty()) {
            ++not_reached_;
            return;
        }
        lengths_.push_back(steps.size());
        first_lags_.push_back(steps[0].age());
        last_lags_.push_back(steps[steps.size() - 1].age());
    }
    constexpr void merge(observed_paths const& other) {
        lengths_.insert(lengths_.end(), other.lengths_.begin(), other.lengths_.end());
        first_lags_.insert(first_lags_.end(), other.first_lags_.begin(), other.first_lags_.end());
        last_lags_.insert(last_lags_.end(), other.last_lags_.begin(), other.last_lags_.end());
        not_reached_ += other.not_reached_;
    }
    constexpr path_figures<Lag> figures() && {
        return {distribution<std::size_t>{std::move(lengths_)},
                distribution<Lag>{std::move(first_lags_)}, distribution<Lag>{std::move(last_lags_)},
                not_reached_};
    }

  private:
    std::vector<std::size_t> lengths_;
    std::vector<Lag> first_lags_;
    std::vector<Lag> last_lags_;
    std::size_t not_reached_ = 0;
};

}  // namespace detail

struct path_statistics_fn : detail::journey_algorithm<path_statistics_fn> {
    using detail::journey_algorithm<path_statistics_fn>::operator();

    /// How long are the paths, in touchpoints and in time?
    ///
    /// Arguments:  [parallel{n},] journeys, or conversions and touchpoints; a policy.
    /// Shape:      one value per conversion with at least one eligible touchpoint; the other
    ///             conversions are only counted.
    /// Units:      lags are lengths on the records' common clock.
    /// Edges:      lags are negative where a policy (`between`) admits touchpoints after the
    ///             conversion.
    /// Errors:     std::domain_error if a lag is not a number: the difference of two infinite
    ///             times.
    /// Complexity: the path look-ups; O(c log c) for c conversions.
    /// Example:    examples/recipes/influence.cpp
    template <class Journeys, policy Policy>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] constexpr auto operator()(parallel how, Journeys const& joined,
                                            Policy const& p) const {
        using observed_paths =
            detail::observed_paths<detail::length_of<typename Journeys::time_type>>;
        observed_paths observed;
        detail::count_paths(how, joined, p, observed, [] { return observed_paths{}; });
        return std::move(observed).figures();
    }
};

/// How long are the paths, in touchpoints and in time? The arguments are those of
/// `path_statistics_fn`.
inline constexpr path_statistics_fn path_statistics{};

}  // namespace attribution
