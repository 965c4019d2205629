// SPDX-License-Identifier: BSL-1.0
// EXPECT: counted paths have no touchpoints from which over
#include "records.hpp"

#include <string>
#include <vector>

struct counted {
    std::vector<std::string> path;
    int conversions;
    long long cents;
    int nulls;
};
std::vector<counted> const rows;
auto const model = att::fit(att::aggregated_paths(rows, &counted::path, &counted::conversions,
                                                  &counted::cents, &counted::nulls),
                            att::over(att::last(3), att::markov()));
