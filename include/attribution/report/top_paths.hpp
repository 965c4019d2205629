// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/memory/owned_range.hpp>
#include <attribution/engine/report/path_counts.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/report/reach.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// What `top_paths` does with a group that comes several times in a row.
enum class repeats {
    keep,      // search, search, direct
    collapse,  // search, direct
};

/// One sequence of groups, and the conversions that it led to.
template <class Key, amount Amount>
struct path_row {
    using key_type = Key;
    using amount_type = Amount;

    std::vector<Key> sequence;
    reach<Amount> conversions;
};

/// The most frequent paths, and the rest: the rows, `others` and `not_reached` add up to all
/// conversions.
template <class Key, amount Amount>
class top_paths_report : public detail::owned_range<path_row<Key, Amount>> {
  public:
    using row_type = path_row<Key, Amount>;

    constexpr top_paths_report(std::vector<row_type> rows, std::size_t distinct,
                               reach<Amount> other, reach<Amount> without)
        : detail::owned_range<row_type>{std::move(rows)}, distinct_{distinct}, others_{other},
          not_reached_{without} {}

    /// How many different paths there are, the rows included.
    [[nodiscard]] constexpr std::size_t distinct() const noexcept { return distinct_; }
    /// Conversions whose path has no row.
    [[nodiscard]] constexpr reach<Amount> others() const { return others_; }
    [[nodiscard]] constexpr reach<Amount> not_reached() const { return not_reached_; }

  private:
    std::size_t distinct_;
    reach<Amount> others_;
    reach<Amount> not_reached_;
};

struct top_paths_fn : detail::journey_algorithm<top_paths_fn> {
    using detail::journey_algorithm<top_paths_fn>::operator();

    /// Which sequences of groups lead to conversions?
    ///
    /// Arguments:  [parallel{n},] journeys, or conversions and touchpoints; a policy; a projection;
    ///             how many rows at `most`; what to do with `repeats`.
    /// Shape:      at most `most` rows, by number of conversions descending, then amount
    ///             descending, then the path itself, ascending: no two rows tie.
    /// Errors:     as `influence`, in its own name.
    /// Complexity: the path look-ups; O(log d) comparisons of paths per conversion, d different
    ///             paths. With `parallel{n}` the join is made on several threads, the rest on one.
    /// Example:    examples/recipes/influence.cpp
    template <class Journeys, policy Policy, class Projection, std::integral Most = std::size_t>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] constexpr auto operator()(parallel, Journeys const& joined, Policy const& p,
                                            Projection projection,
                                            Most most = std::numeric_limits<Most>::max(),
                                            repeats several = repeats::keep) const {
        using counts_type = detail::path_counts<Journeys, Projection>;
        using row_type = path_row<typename counts_type::key_type, typename Journeys::value_type>;
        counts_type counts{joined, std::move(projection), several == repeats::collapse};
        joined.for_each_path(p, [&](auto const& steps) { counts(steps); });
        return counts.template most_frequent<
            row_type,
            top_paths_report<typename row_type::key_type, typename row_type::amount_type>>(
            static_cast<std::size_t>(most));
    }
};

/// Which sequences of groups lead to conversions? The arguments are those of
/// `top_paths_fn`.
inline constexpr top_paths_fn top_paths{};

}  // namespace attribution
