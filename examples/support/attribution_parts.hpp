// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/report/explain.hpp>
#include <attribution/report/reconcile.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

/// An attribution that is computed part by part, each of whole customers: what the parts come to, added
/// up. In any order it is the same as that of all at once, as on a cluster, but in one process.
namespace examples {

/// What each model gives each group. `Ledger` is that of one model and one part.
///
/// Complexity: holds the groups.
template <class Ledger, class Groups>
class summed_groups {
  public:
    /// `nothing` is a ledger of any records, which need not live longer.
    summed_groups(Groups groups, std::size_t models, Ledger const& nothing)
        : groups_{std::move(groups)},
          sums_(models, groups_.bind(nothing.conversions(), nothing.touchpoints())) {}

    /// The ledgers of a part, one for each model.
    void add(std::vector<Ledger> const& credits) {
        for (std::size_t model = 0; model < credits.size(); ++model) {
            auto part = groups_.bind(credits[model].conversions(), credits[model].touchpoints());
            for (auto const& credit : credits[model])
                part(credit);
            sums_[model].merge(part);
        }
    }

    /// One report for each model, as compare_by has them.
    [[nodiscard]] auto reports() const {
        std::vector<decltype(sums_.front().finish())> all;
        for (auto const& each : sums_)
            all.push_back(each.finish());
        return all;
    }

  private:
    using tally = decltype(std::declval<Groups const&>().bind(
        std::declval<Ledger const&>().conversions(), std::declval<Ledger const&>().touchpoints()));

    Groups groups_;
    std::vector<tally> sums_;
};

/// Proofs of one model by group of conversions.
template <class Row>
class summed_proofs {
  public:
    /// Errors: attribution::reconciliation_error if a part does not reconcile.
    void add(attribution::reconciliation<Row> const& proof) {
        proof.check();
        for (auto const& row : proof)
            if (auto const [place, is_new] = rows_.try_emplace(row.key, row); !is_new)
                add(place->second, row);
    }

    /// By group, as attribution::reconcile has them.
    [[nodiscard]] std::vector<Row> rows() const {
        std::vector<Row> all;
        for (auto const& [group, row] : rows_)
            all.push_back(row);
        return all;
    }
    /// All groups together; its key means nothing.
    [[nodiscard]] Row all() const {
        Row sum{};
        for (auto const& [group, row] : rows_)
            add(sum, row);
        return sum;
    }

  private:
    static void add(Row& to, Row const& row) {
        to.conversions += row.conversions;
        to.value_in += row.value_in;
        to.credited += row.credited;
        to.unattributed += row.unattributed;
        to.difference += row.difference;
    }

    std::map<decltype(Row::key), Row> rows_;
};

/// How many records share which outcome, in the order of attribution::audit.
inline void add_counts(std::vector<attribution::outcome_count>& to,
                       std::vector<attribution::outcome_count> const& part) {
    for (auto const& one : part) {
        auto const place = std::ranges::lower_bound(to, std::pair{one.what, one.part}, {},
                                                    [](attribution::outcome_count const& count) {
                                                        return std::pair{count.what, count.part};
                                                    });
        if (place != to.end() && place->what == one.what && place->part == one.part)
            place->count += one.count;
        else
            to.insert(place, one);
    }
}

}  // namespace examples
