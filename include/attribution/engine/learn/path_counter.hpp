// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/kept_channel.hpp>
#include <attribution/engine/values/customer_bucket.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/learn/channel_numbers.hpp>
#include <attribution/learn/estimator.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The bucket of the customer whose path this is: that of the credits of its conversion. Where there is
/// neither a conversion nor a touchpoint, nothing is learned of the customer.
template <class Path>
std::uint32_t bucket_of_path(Path const& steps) {
    auto const& about = steps.about();
    if constexpr (requires { about.conversions(); })
        return detail::bucket_of_customer(about.conversions(), about.row());
    else
        return steps.empty() ? 0 : detail::bucket_of_customer(about.touchpoints(), steps[0].row());
}

/// Counts one path after another by the numbers of its channels, and by the ages of its touchpoints
/// if the estimator asks for them.
template <class Counts, class Estimator>
class path_counter {
    using outcome_type = path_outcome<typename Counts::amount_type>;

  public:
    path_counter(Counts counts, Estimator const& how) : counts_{std::move(counts)}, how_{&how} {}

    template <class Path>
    void add(Path const& steps, outcome_type const& outcome) {
        if constexpr (by_customer)
            begin_customer(detail::bucket_of_path(steps));
        auto const count = [&](auto const& own) { add_path(own, outcome); };
        if (steps.empty())
            count(steps);
        else
            detail::prepare(*how_, steps, count);
    }

    /// Where the windows of customers without a conversion end: all of them, so that this belongs to no
    /// customer.
    template <class Note>
    void add_window_end(Note const& end) {
        begin_customer(0);
        counts_.evidence().window_ends.add(end);
    }

    void merge(path_counter const& other) { counts_.merge(other.counts_); }

    [[nodiscard]] Counts& counts() { return counts_; }

  private:
    static constexpr bool by_customer = requires(Counts & counts, std::uint32_t bucket) {
        counts.begin_customer(bucket);
    };

    void begin_customer([[maybe_unused]] std::uint32_t bucket) {
        if constexpr (by_customer)
            counts_.begin_customer(bucket);
    }

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
