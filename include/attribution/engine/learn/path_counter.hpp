// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/kept_channel.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/learn/channel_numbers.hpp>
#include <attribution/learn/estimator.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Counts one path after another by the numbers of its channels, and by the ages of its touchpoints
/// if the estimator asks for them.
template <class Counts, class Estimator>
class path_counter {
    using outcome_type = path_outcome<typename Counts::amount_type>;

  public:
    path_counter(Counts counts, Estimator const& how) : counts_{std::move(counts)}, how_{&how} {}

    template <class Path>
    void add(Path const& steps, outcome_type const& outcome) {
        auto const count = [&](auto const& own) { add_path(own, outcome); };
        if (steps.empty())
            count(steps);
        else
            detail::prepare(*how_, steps, count);
    }

    void merge(path_counter const& other) { counts_.merge(other.counts_); }

    [[nodiscard]] Counts& counts() { return counts_; }

  private:
    template <class Path>
    void add_path(Path const& steps, outcome_type const& outcome) {
        using probe = channel_probe<typename Counts::channel_type>;
        constexpr bool timed = tells_ages<Estimator, decltype(steps[0])>;
        numbers_.clear();
        ages_.clear();
        auto& seen = counts_.evidence().touchpoints;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const one = steps[i];
            numbers_.push_back(counts_.channel(
                detail::channel_in<probe>(std::invoke(how_->channel, one.touchpoint()),
                                          "fit: the channel of touchpoint row ", one.row())));
            if constexpr (timed)
                ages_.push_back(how_->age(one));
        }
        if (!steps.empty()) {
            seen.add(detail::note(steps[0].at()));
            seen.add(detail::note(steps[steps.size() - 1].at()));
        }
        if constexpr (timed)
            counts_.add(numbers_, ages_, outcome);
        else
            counts_.add(numbers_, outcome);
    }

    Counts counts_;
    Estimator const* how_;
    std::vector<std::uint32_t> numbers_;
    std::vector<std::int64_t> ages_;  // as long as `numbers_`, or empty
};

}  // namespace attribution::detail
