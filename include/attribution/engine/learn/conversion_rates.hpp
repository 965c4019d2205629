// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/set_counts.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/sequence_tree.hpp>
#include <attribution/numeric/checked_count.hpp>
#include <attribution/numeric/exact_sum.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// The probabilistic model of second order.
namespace attribution::inline v0_1::detail {

/// How likely paths with a channel, and with two channels, are to convert.
class conversion_rates {
  public:
    conversion_rates() = default;
    conversion_rates(std::vector<counted_set> const& sets, std::size_t channels) {
        buffer<tally_of> single(channels, tally_of{});
        buffer<tally_of> pairs;
        for (auto const& one : sets)
            for (std::size_t i = 0; i < one.channels.size(); ++i) {
                single[one.channels[i]].add(one);
                for (auto j = i + 1; j < one.channels.size(); ++j) {
                    auto const place =
                        places_of_pairs_(one.channels[i], one.channels[j], as_number(pairs.size()));
                    if (place == pairs.size())
                        pairs.push_back(tally_of{});
                    pairs[place].add(one);
                }
            }
        for (auto const& seen : single)
            single_.push_back(seen.rate());
        for (auto const& seen : pairs)
            pairs_.push_back(seen.rate());
    }

    [[nodiscard]] std::size_t channels() const { return single_.size(); }
    /// 0 if no path has the channel.
    [[nodiscard]] double of(std::uint32_t channel) const { return single_[channel]; }
    /// Null if no path has both.
    [[nodiscard]] double const* of(std::uint32_t a, std::uint32_t b) const {
        auto const place = places_of_pairs_.find(std::min(a, b), std::max(a, b));
        return place == pair_map::none ? nullptr : pairs_.data() + place;
    }

  private:
    struct tally_of {
        std::uint64_t conversions = 0;
        std::uint64_t paths = 0;

        void add(counted_set const& one) {
            conversions += one.conversions;
            paths += one.conversions + one.nulls;
        }
        [[nodiscard]] double rate() const {
            return paths == 0 ? 0 : static_cast<double>(conversions) / static_cast<double>(paths);
        }
    };

    buffer<double> single_;
    buffer<double> pairs_;
    pair_map places_of_pairs_;  // the lower channel first
};

/// C(i) among these distinct channels, one of which is `i`. A pair that was never seen together
/// adds nothing. The sum is exact, so that the order of the channels does not show.
template <class Members>
double contribution(conversion_rates const& rates, std::uint32_t i, Members const& members) {
    if (members.size() < 2)
        return rates.of(i);
    exact_sum together;
    for (auto const member : members) {
        auto const j = static_cast<std::uint32_t>(member);
        if (j == i)
            continue;
        if (auto const* const both = rates.of(i, j)) {
            together.add(*both);
            together.add(-rates.of(i));
            together.add(-rates.of(j));
        }
    }
    return rates.of(i) + together.value() / static_cast<double>(2 * (members.size() - 1));
}

/// C(i) among all channels of the data; here a pair that was never seen together never converts.
inline double contribution_among_all(conversion_rates const& rates, std::uint32_t i) {
    if (rates.channels() < 2)
        return rates.of(i);
    exact_sum together;
    for (std::uint32_t j = 0; j < rates.channels(); ++j) {
        if (j == i)
            continue;
        if (auto const* const both = rates.of(i, j))
            together.add(*both);
        together.add(-rates.of(i));
        together.add(-rates.of(j));
    }
    return rates.of(i) + together.value() / static_cast<double>(2 * (rates.channels() - 1));
}

}  // namespace attribution::detail
