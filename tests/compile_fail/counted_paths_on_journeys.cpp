// SPDX-License-Identifier: BSL-1.0
// EXPECT: this model was learned from counted paths
#include "records.hpp"

struct counted {
    std::string path;
    int conversions;
    long value;
    int lost;
};
inline std::vector<counted> const table;
auto const rows = att::aggregated_paths(
    table, [](counted const& row) { return att::split_path(row.path); }, &counted::conversions,
    &counted::value, &counted::lost);
auto const ledger = att::attribute(sales, touches, att::fit(rows, att::markov()));
