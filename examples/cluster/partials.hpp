// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cluster/rows.hpp>

#include <date/date.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// The steps of a report that is computed in parts, each from bytes to bytes: whatever moves them,
/// a pipe, a scheduler or MPI. All are the same whatever the parts.
namespace cluster {

struct settings {
    date::days lookback{90};
    date::days half_life{7};
};

/// What Markov and Shapley learn from one part: two partial results. Windows without a sale end at
/// `until`, which must be the latest time of all parts.
[[nodiscard]] std::vector<std::string> learn(partition const& part, settings const& how,
                                             date::sys_seconds until);

/// Credits of one part by segment and channel: by five rules and, if what was learned from all
/// parts is given, by Markov and Shapley.
[[nodiscard]] std::string attribute(partition const& part, settings const& how,
                                    std::vector<std::string> const& learned);

/// Adds up partial results, each kind for itself.
///
/// Errors: attribution::partial_error if one is damaged, or of another configuration than the first
///         of its kind.
[[nodiscard]] std::vector<std::string> merge(std::vector<std::string> const& partials);

/// What the credits of all parts come to, as CSV: model, segment, channel (empty where nobody
/// earned), units, conversions, credits.
[[nodiscard]] std::string report(std::string const& credits);

/// Every credit of one part by one of the five rules, as lines: row of the sale, row of the touch
/// or \N, units, share. In the order of the sales' rows.
void credits(partition const& part, settings const& how, std::string_view model,
             std::function<void(std::string const&)> const& line);

}  // namespace cluster
