// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/instant.hpp>
#include <support/report_model.hpp>
#include <support/table_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace examples {

/// The paths of a report's conversions where models credit touchpoints of different kinds: connects and
/// calls, work and owners. Where all models share one join, attribution_report does it in less time.
///
/// Shape: one path for each conversion, with the touchpoints that any model credited, once each: those
///        that are `last` after the others, then by time, source and row.
class path_book {
  public:
    struct step {
        path_step shown = {};  // without units
        table_row cells = {};  // in the table of pairs, after those of the conversion
        bool last = false;
    };

    /// All ledgers that are added have so many conversions, in the same order.
    path_book(report_model& report, std::size_t conversions)
        : report_{&report}, steps_(conversions) {}

    /// What the model of that number gave. `source` tells ledgers with other touchpoints apart;
    /// `describe` makes a step of a touchpoint, `nobody` the row of a conversion that it left.
    template <class Ledger, class Describe, class Nobody>
    void add(Ledger const& credits, std::size_t model, std::size_t source, Describe describe,
             Nobody nobody) {
        for (auto const& credit : credits) {
            if (!credit.attributed()) {
                report_->unattributed.rows.push_back(nobody(credits.conversion(credit)));
                continue;
            }
            step found = describe(credits.touchpoint(credit));
            auto const where = place{found.last, found.shown.at, source, credit.touchpoint};
            auto const at = steps_[credit.conversion].try_emplace(where, std::move(found)).first;
            auto& given = at->second.shown.units;
            given.resize(std::max(given.size(), model + 1));
            given[model] = units(credit.amount, report_->unit_decimals);
        }
    }

    /// Puts the paths into the report. `path_of` and `about` make the path without steps, and the cells
    /// in the table of pairs, of a conversion's row.
    template <class PathOf, class About>
    void finish(PathOf path_of, About about) {
        for (std::size_t row = 0; row < steps_.size(); ++row) {
            auto& path = report_->paths.emplace_back(path_of(row));
            for (auto& [where, found] : steps_[row]) {
                table_row cells = about(row);
                cells.insert(cells.end(), found.cells.begin(), found.cells.end());
                report_->pairs.rows.push_back(std::move(cells));
                found.shown.units.resize(report_->models.size());
                path.steps.push_back(std::move(found.shown));
            }
        }
    }

  private:
    using place = std::tuple<bool, instant, std::size_t, std::size_t>;

    report_model* report_;
    std::vector<std::map<place, step>> steps_;
};

}  // namespace examples
