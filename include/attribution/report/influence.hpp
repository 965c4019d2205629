// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/credit/count_paths.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/memory/owned_range.hpp>
#include <attribution/engine/report/sorted_rows.hpp>
#include <attribution/engine/report/touchpoint_groups.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/report/reach.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// One group of touchpoints and the conversions it had a part in.
template <class Key, amount Amount>
struct influence_row {
    using key_type = Key;
    using amount_type = Amount;

    Key key;
    reach<Amount> influenced;     // the path holds the group: assisted + last
    reach<Amount> assisted;       // it holds the group, but its last touchpoint is another group's
    reach<Amount> last;           // its last touchpoint is the group's
    reach<Amount> sole;           // it holds no other group
    std::size_t touchpoints = 0;  // in all paths; a touchpoint in two paths counts twice
};

/// Groups that share conversions: the rows *overlap and do not add up*, so there is no total over
/// them. `reached` and `not_reached` do add up: together they are all conversions.
template <class Row>
class overlapping_report : public detail::owned_range<Row> {
  public:
    using row_type = Row;
    using amount_type = typename Row::amount_type;

    constexpr overlapping_report(std::vector<Row> rows, reach<amount_type> with,
                                 reach<amount_type> without)
        : detail::owned_range<Row>{std::move(rows)}, reached_{with}, not_reached_{without} {}

    /// Conversions with at least one eligible touchpoint, each once.
    [[nodiscard]] constexpr reach<amount_type> reached() const { return reached_; }
    /// Conversions without an eligible touchpoint.
    [[nodiscard]] constexpr reach<amount_type> not_reached() const { return not_reached_; }

    /// The same rows, by influenced amount descending, equal amounts by key.
    [[nodiscard]] constexpr overlapping_report largest_first() const {
        auto sorted = *this;
        sorted.elements_ =
            detail::sorted_rows(std::move(sorted.elements_), [](Row const& a, Row const& b) {
                if (a.influenced.amount != b.influenced.amount)
                    return a.influenced.amount > b.influenced.amount;
                return detail::comes_before(a.key, b.key);
            });
        return sorted;
    }

  private:
    reach<amount_type> reached_;
    reach<amount_type> not_reached_;
};

/// Counts which groups had a part in which conversions. A commutative monoid. `influence` makes
/// one; make one yourself to merge parts of the data, and give it every path, also the empty ones.
///
/// Errors:     if anything is thrown while a path is counted or a tally is merged, the tally is
///             unchanged.
template <class Journeys, class Projection>
class influence_tally {
    using conversions_type = std::remove_cvref_t<decltype(std::declval<Journeys>().conversions())>;
    using touchpoints_type = std::remove_cvref_t<decltype(std::declval<Journeys>().touchpoints())>;
    using groups_type = detail::touchpoint_groups<Projection, conversions_type, touchpoints_type>;

  public:
    using amount_type = typename Journeys::value_type;
    using row_type = influence_row<typename groups_type::key_type, amount_type>;

    constexpr influence_tally(Journeys const& joined, Projection projection)
        : conversions_{joined.conversions()}, touchpoints_{joined.touchpoints()},
          groups_{std::move(projection), "influence: the group of touchpoint row "} {}

    /// Errors:     std::out_of_range if the records have no such rows.
    template <class Path>
    constexpr void operator()(Path const& steps) {
        auto const conversion = steps.about().row();
        detail::check_row(conversion, conversions_.size(), "influence", "conversion");
        for (auto const& visit : steps.visits())
            detail::check_row(visit.row, touchpoints_.size(), "influence", "touchpoint");
        auto const value = detail::finite_value(conversions_, conversion, "influence");
        if (steps.empty()) {
            not_reached_.add(value);
            return;
        }
        path_.clear();
        for (auto const& visit : steps.visits())
            path_.push_back(
                place(groups_.number(conversions_, touchpoints_, conversion, visit.row)));
        // From here on nothing throws.
        reached_.add(value);
        ++paths_;
        auto const last = path_.back();
        std::size_t present = 0;
        for (auto const id : path_) {
            auto& group = cells_[id];
            ++group.touchpoints;
            if (group.latest_path == paths_)
                continue;
            group.latest_path = paths_;
            ++present;
            group.influenced.add(value);
            (id == last ? group.last : group.assisted).add(value);
        }
        if (present == 1)
            cells_[last].sole.add(value);
    }

    constexpr void merge(influence_tally const& other) {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < other.cells_.size(); ++i)
            places.push_back(place(groups_.number(other.groups_.key(i))));
        // From here on nothing throws.
        reached_.merge(other.reached_);
        not_reached_.merge(other.not_reached_);
        for (std::size_t i = 0; i < places.size(); ++i) {
            auto const& part = other.cells_[i];
            auto& whole = cells_[places[i]];
            whole.influenced.merge(part.influenced);
            whole.assisted.merge(part.assisted);
            whole.last.merge(part.last);
            whole.sole.merge(part.sole);
            whole.touchpoints += part.touchpoints;
        }
    }

    [[nodiscard]] constexpr overlapping_report<row_type> finish() const {
        std::vector<row_type> rows;
        rows.reserve(cells_.size());
        for (std::size_t i = 0; i < cells_.size(); ++i)
            if (cells_[i].touchpoints != 0)  // else something was thrown before one was counted
                rows.push_back(row_type{groups_.key(i), cells_[i].influenced.finish(),
                                        cells_[i].assisted.finish(), cells_[i].last.finish(),
                                        cells_[i].sole.finish(), cells_[i].touchpoints});
        return {detail::sorted_rows(std::move(rows),
                                    [](row_type const& a, row_type const& b) {
                                        return detail::comes_before(a.key, b.key);
                                    }),
                reached_.finish(), not_reached_.finish()};
    }

  private:
    struct group_cells {
        reach_tally<amount_type> influenced;
        reach_tally<amount_type> assisted;
        reach_tally<amount_type> last;
        reach_tally<amount_type> sole;
        std::size_t touchpoints = 0;
        std::size_t latest_path = 0;  // number of the last path that held the group, from 1
    };

    /// Makes room for the group with this number, and returns the number.
    constexpr std::size_t place(std::size_t id) {
        while (cells_.size() <= id)  // more than one, if there was no memory before
            cells_.push_back({});
        return id;
    }

    conversions_type conversions_;
    touchpoints_type touchpoints_;
    groups_type groups_;
    std::vector<group_cells> cells_;
    std::vector<std::size_t> path_;  // the groups of its touchpoints
    std::size_t paths_ = 0;
    reach_tally<amount_type> reached_;
    reach_tally<amount_type> not_reached_;
};

struct influence_fn : detail::journey_algorithm<influence_fn> {
    using detail::journey_algorithm<influence_fn>::operator();

    /// Which groups of touchpoints had a part in which conversions? Not a model: nothing is split,
    /// every conversion counts whole for every group in its path, so the rows *do not add up*.
    ///
    /// Arguments:  [parallel{n},] journeys, or conversions and touchpoints; a policy; a projection.
    /// Shape:      a projection of a touchpoint (or of touchpoint and conversion) -> one row per
    ///             group that is in any eligible path, by key, ascending.
    /// Edges:      a group that occurs twice in a path counts that path once. A refund counts as a
    ///             conversion, and its amount is subtracted.
    /// Errors:     std::overflow_error if a sum does not fit into the amount's type; a floating
    ///             value that is not finite is a std::domain_error, as in `attribute`, and so is a
    ///             NaN or a null pointer for a group.
    /// Complexity: the path look-ups; O(1) look-up per touchpoint of a path.
    /// Source:     "participation" and "assisted conversions" of the analytics products. There the
    ///             channel of the last touch may also count as an assist; here it does not.
    /// Example:    examples/recipes/influence.cpp
    template <class Journeys, policy Policy, class Projection>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] constexpr auto operator()(parallel how, Journeys const& joined, Policy const& p,
                                            Projection projection) const {
        influence_tally<Journeys, Projection> counts{joined, projection};
        detail::count_paths(how, joined, p, counts, [&] {
            return influence_tally<Journeys, Projection>{joined, projection};
        });
        return counts.finish();
    }
};

/// Which groups of touchpoints had a part in which conversions? The arguments are those of
/// `influence_fn`.
inline constexpr influence_fn influence{};

}  // namespace attribution
