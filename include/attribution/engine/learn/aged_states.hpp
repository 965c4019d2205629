// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Ages in classes that double: the first `unit`, the second, the next two, the next four, ...
///
/// Time is counted in ticks of a 64th of the unit. Whoever is older than the last class is in none.
struct age_classes {
    static constexpr std::uint32_t number = 8;
    static constexpr std::int64_t ticks_per_unit = 64;

    /// Where a class ends, and the next begins.
    [[nodiscard]] static constexpr std::int64_t end(std::uint32_t one) {
        return ticks_per_unit << one;
    }
    [[nodiscard]] static constexpr std::int64_t begin(std::uint32_t one) {
        return one == 0 ? 0 : end(one - 1);
    }
    /// `number` for those in no class.
    [[nodiscard]] static constexpr std::uint32_t of(std::int64_t ticks) {
        std::uint32_t one = 0;
        while (one < number && ticks >= end(one))
            ++one;
        return one;
    }
};

/// The states through which a path went: at each instant, the channels of its touchpoints with the
/// classes of their ages at that time.
///
/// A path's touchpoints are given by channel and by age in ticks at the end of the path, the oldest
/// first, counted from 1: a touchpoint in the last tick has age 1. Those with smaller ages came
/// later, and are not seen. Of more than 32 touchpoints only the youngest count at any time. A state is a sorted sequence of channel * age_classes::number + class, so that neither the
/// order of touchpoints nor who is how old within a class matters.
class aged_states {
  public:
    using state = std::vector<std::uint32_t>;
    static constexpr std::size_t most_touches = 32;

    /// Calls `visit(state, ticks)` for each stretch of time from the first touchpoint to the end.
    /// Each stretch has at least one tick; the last one ends where the path does.
    template <class Visit>
    void walk(std::span<std::uint32_t const> channels, std::span<std::int64_t const> ages,
              Visit visit) {
        borders_.assign(1, 0);
        for (auto const age : ages)
            for (std::uint32_t i = 0; i <= age_classes::number; ++i)
                if (auto const left = age - (i == 0 ? 0 : age_classes::end(i - 1)); left > 0)
                    borders_.push_back(left);
        std::sort(borders_.begin(), borders_.end(),
                  [](std::int64_t a, std::int64_t b) { return a > b; });
        borders_.erase(std::unique(borders_.begin(), borders_.end()), borders_.end());
        for (std::size_t i = 0; i + 1 < borders_.size(); ++i) {
            look(channels, ages, borders_[i]);
            visit(static_cast<state const&>(state_),
                  static_cast<std::uint64_t>(borders_[i] - borders_[i + 1]));
        }
    }

    /// The state in which the path ends.
    [[nodiscard]] state const& last(std::span<std::uint32_t const> channels,
                                    std::span<std::int64_t const> ages) {
        look(channels, ages, 1);
        return state_;
    }

  private:
    /// The state from `left` ticks before the end on.
    void look(std::span<std::uint32_t const> channels, std::span<std::int64_t const> ages,
              std::int64_t left) {
        state_.clear();
        auto const begun = static_cast<std::size_t>(
            std::partition_point(ages.begin(), ages.end(),
                                 [&](std::int64_t age) { return age >= left; }) -
            ages.begin());
        for (auto i = begun - std::min(begun, most_touches); i < begun; ++i) {
            auto const of = age_classes::of(ages[i] - left);
            if (of < age_classes::number)
                state_.push_back(channels[i] * age_classes::number + of);
        }
        std::sort(state_.begin(), state_.end());
    }

    std::vector<std::int64_t> borders_;  // ticks before the end, descending
    state state_;
};

}  // namespace attribution::detail
