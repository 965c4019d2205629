// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/policy/subject_numbers.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/interval.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Which (user, channel) was connected when: per subject, disjoint intervals in order of time.
template <class User, class Channel, class Time>
class connection_index {
  public:
    using subjects_type = subject_numbers<User, Channel>;
    using user_type = typename subjects_type::user_type;
    using channel_type = typename subjects_type::channel_type;

    template <class Connections>
    explicit connection_index(Connections const& connections) {
        for (auto const& one : connections) {
            std::pair<User, Channel> const subject{one.user, one.channel};
            if (is_missing(subject))
                continue;
            auto const place = subjects_(subject);
            if (place == stretches_.size())
                stretches_.emplace_back();
            stretches_[place].push_back({one.from, one.until.value_or(last_instant<Time>())});
        }
        for (auto& stretches : stretches_) {
            std::sort(stretches.begin(), stretches.end(),
                      [](auto const& a, auto const& b) { return a.from < b.from; });
            std::size_t last = 0;
            for (auto const one : stretches) {  // the first is merged with itself
                if (one.from <= stretches[last].until)
                    stretches[last] = hull(stretches[last], one);
                else
                    stretches[++last] = one;
            }
            stretches.resize(last + 1, stretches.front());
        }
    }

    /// Was the channel connected at that instant, which may be of any clock?
    template <class Instant>
    bool connected(user_type const& user, channel_type const& channel, Instant const& at) const {
        auto const place = subjects_.find({user, channel});
        if (place == subjects_.none)
            return false;
        auto const& stretches = stretches_[place];
        auto const next = std::upper_bound(stretches.begin(), stretches.end(), at,
                                           [](Instant const& t, auto const& stretch) {
                                               return compare_instants(t, stretch.from) < 0;
                                           });
        if (next == stretches.begin())
            return false;
        auto const& until = std::prev(next)->until;
        return until == last_instant<Time>() || compare_instants(at, until) <= 0;
    }

  private:
    subjects_type subjects_;
    std::vector<std::vector<interval<Time>>> stretches_;
};

}  // namespace attribution::detail
