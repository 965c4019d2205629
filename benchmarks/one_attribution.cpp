// SPDX-License-Identifier: BSL-1.0
// What a user's first file looks like; measure.py times its compilation.
#include <attribution/attribution.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;

struct touch {
    std::uint32_t user;
    std::int64_t at;
    std::string channel;
};
struct order {
    std::uint32_t user;
    std::int64_t at;
    std::int64_t cents;
};

std::int64_t best(std::vector<touch> const& log, std::vector<order> const& book) {
    auto const report =
        att::attribute(att::conversions(book, &order::user, &order::at, &order::cents),
                       att::touchpoints(log, &touch::user, &touch::at), att::linear,
                       att::lookback(90 * 86'400), att::by(&touch::channel));
    return report.largest_first()[0].amount;
}
