// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/report/touchpoint_groups.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/report/reach.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// By number of conversions, then amount, both descending, then the sequence: no two rows tie.
template <class Row>
constexpr bool more_frequent(Row const& a, Row const& b) {
    if (a.conversions.conversions != b.conversions.conversions)
        return a.conversions.conversions > b.conversions.conversions;
    if (a.conversions.amount != b.conversions.amount)
        return a.conversions.amount > b.conversions.amount;
    return detail::comes_before(a.sequence, b.sequence);
}

/// Counts conversions by the sequence of groups on their path, for `top_paths`.
template <class Journeys, class Projection>
class path_counts {
    using conversions_type = std::remove_cvref_t<decltype(std::declval<Journeys>().conversions())>;
    using touchpoints_type = std::remove_cvref_t<decltype(std::declval<Journeys>().touchpoints())>;
    using groups_type = touchpoint_groups<Projection, conversions_type, touchpoints_type>;
    using amount_type = typename Journeys::value_type;

  public:
    using key_type = typename groups_type::key_type;

    /// With `collapse`, a group that follows itself is one step.
    constexpr path_counts(Journeys const& joined, Projection projection, bool collapse)
        : joined_{&joined}, collapse_{collapse}, groups_{
                                                     std::move(projection),
                                                     "top_paths: the group of touchpoint row "} {}

    template <class Path>
    constexpr void operator()(Path const& steps) {
        auto const conversion = steps.about().row();
        auto const value = detail::finite_value(joined_->conversions(), conversion, "top_paths");
        if (steps.empty()) {
            not_reached_.add(value);
            return;
        }
        sequence_.clear();
        for (auto const& visit : steps.visits()) {
            auto const group = groups_.number(joined_->conversions(), joined_->touchpoints(),
                                              conversion, visit.row);
            if (!collapse_ || sequence_.empty() || sequence_.back() != group)
                sequence_.push_back(group);
        }
        auto const place = sequences_(sequence_);
        if (place == cells_.size())
            cells_.push_back({});
        cells_[place].add(value);
    }

    /// At most `most` rows; the others are one sum, which is rounded once.
    template <class Row, class Report>
    constexpr Report most_frequent(std::size_t most) const {
        struct candidate {
            Row row;
            std::size_t cell;
        };
        std::vector<candidate> found;
        found.reserve(cells_.size());
        for (std::size_t i = 0; i < cells_.size(); ++i)
            found.push_back({{keys_of(sequences_[i]), cells_[i].finish()}, i});
        std::sort(found.begin(), found.end(), [](candidate const& a, candidate const& b) {
            return detail::more_frequent(a.row, b.row);
        });
        std::vector<Row> rows;
        reach_tally<amount_type> others;
        for (auto& each : found)
            if (rows.size() < most)
                rows.push_back(std::move(each.row));
            else
                others.merge(cells_[each.cell]);
        return {std::move(rows), found.size(), others.finish(), not_reached_.finish()};
    }

  private:
    constexpr std::vector<key_type> keys_of(std::vector<std::size_t> const& sequence) const {
        std::vector<key_type> keys;
        keys.reserve(sequence.size());
        for (auto const group : sequence)
            keys.push_back(groups_.key(group));
        return keys;
    }

    Journeys const* joined_;
    bool collapse_;
    groups_type groups_;
    interner<std::vector<std::size_t>> sequences_;
    std::vector<reach_tally<amount_type>> cells_;  // by number of the sequence
    reach_tally<amount_type> not_reached_;
    std::vector<std::size_t> sequence_;
};

}  // namespace attribution::detail
