// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace support {

/// A path by its channels, and how it ended: how often in conversions, worth how much, how often
/// not.
struct walk {
    std::vector<std::string> channels;
    std::uint64_t conversions;
    std::uint64_t nulls;
    double value;
};

/// What an estimator counts of these walks.
auto counts_of(auto const& estimator, std::vector<walk> const& walks) {
    auto counts = estimator.template counts<std::string, double>();
    for (auto const& one : walks) {
        std::vector<std::uint32_t> numbers;
        for (auto const& channel : one.channels)
            numbers.push_back(counts.channel(channel));
        counts.add(numbers, {one.conversions, one.value, one.nulls});
    }
    return counts;
}

}  // namespace support
