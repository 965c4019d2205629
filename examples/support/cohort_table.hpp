// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/calendar_period.hpp>
#include <support/exact.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace examples {

/// Of those who began in `cohort`, how many were active so many periods later.
struct cohort_cell {
    calendar_period cohort;
    int index = 0;         // periods since they began
    std::size_t size = 0;  // of the cohort: at least 1
    std::size_t active = 0;

    /// In percent.
    [[nodiscard]] exact_number retention() const { return exact_number{100 * active, size}; }
};

/// Who comes back? Members by the period in which they were active first, and how many of them were
/// again later.
///
/// Shape: a cell for every cohort and every period from its own to the last that was observed, those
///        in which nobody came included: a period that was not observed has no cell.
class cohort_table {
  public:
    /// `members`: the periods in which each was active, in any order, repeats included; one without
    /// any is in no cohort. `observed_until`: the last period that the data can know.
    ///
    /// Errors: std::invalid_argument if somebody was active later.
    cohort_table(std::vector<std::vector<calendar_period>> const& members,
                 calendar_period observed_until) {
        std::map<calendar_period, std::map<int, std::size_t>> active;
        for (auto const& periods : members) {
            std::set<calendar_period> const once(periods.begin(), periods.end());
            if (once.empty())
                continue;
            if (*once.rbegin() > observed_until)
                throw std::invalid_argument{"cohort_table: somebody is active in " +
                                            once.rbegin()->text() + ", after the last period " +
                                            observed_until.text()};
            for (auto const period : once)
                ++active[*once.begin()][period - *once.begin()];
        }
        for (auto& [cohort, by_index] : active)
            for (int index = 0; index <= observed_until - cohort; ++index)
                cells_.push_back({cohort, index, by_index[0], by_index[index]});
    }

    /// By cohort, then by index.
    [[nodiscard]] std::vector<cohort_cell> const& cells() const& { return cells_; }
    [[nodiscard]] std::vector<cohort_cell> cells() && { return std::move(cells_); }

  private:
    std::vector<cohort_cell> cells_;
};

/// Several cohorts as if they were one, at one index.
struct pooled_retention {
    std::string group = {};
    int index = 0;
    std::size_t observed = 0, cohorts = 0;  // cohorts that have that index, and all of the group
    std::size_t size = 0, active = 0;       // of those observed
    exact_mean rates = {};  // in percent, of the cohorts of which somebody was active

    /// In percent: all that were active, of all that could be.
    [[nodiscard]] exact_number retention() const { return exact_number{100 * active, size}; }
};

/// Cohorts pooled by groups, such as the quarters of monthly ones: large cohorts weigh more, and those
/// that are too young for an index do not count there.
///
/// Shape: by group, then by index. `group_of` gives the text of a cohort's group.
[[nodiscard]] std::vector<pooled_retention> pooled(cohort_table const& table,
                                                   auto const& group_of) {
    std::map<std::string, std::size_t> cohorts;
    std::map<std::pair<std::string, int>, pooled_retention> groups;
    for (auto const& cell : table.cells()) {
        auto const name = group_of(cell.cohort);
        cohorts[name] += cell.index == 0 ? 1 : 0;
        auto& group = groups[{name, cell.index}];
        ++group.observed;
        group.size += cell.size;
        group.active += cell.active;
        if (cell.active > 0)
            group.rates.add(cell.retention());
    }
    std::vector<pooled_retention> result;
    for (auto& [key, group] : groups) {
        std::tie(group.group, group.index) = key;
        group.cohorts = cohorts[group.group];
        result.push_back(std::move(group));
    }
    return result;
}

}  // namespace examples
