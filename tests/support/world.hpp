// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/law.hpp"
#include "support/random.hpp"
#include "support/records.hpp"

#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/policy/after_previous_conversion.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace support {

/// A small, nasty set of records: equal times, touchpoints at the ends of windows and one tick
/// beyond, records that are there twice, customers on one side only, empty sides, amounts and times
/// at the limits; now and then a customer with hundreds of touchpoints.
struct world {
    std::vector<touch> log;
    std::vector<sale> book;

    static constexpr tick lookback = 5;

    world() = default;
    explicit world(random_numbers& random, bool distinct_times = false) {
        auto const users = static_cast<int>(1 + random.below(3));
        bool const huge = random.chance(2000);
        auto const longest = huge ? 400u : random.chance(50) ? 60u : 8u;
        // somewhere in time, also at both ends of it
        tick const start = random.chance(8)   ? INT64_MIN
                           : random.chance(8) ? INT64_MAX - 40
                                              : random.between(-40, 40);
        auto const user = [&] {
            return static_cast<int>(random.below(static_cast<std::size_t>(users)));
        };
        for (auto n = random.below(longest); n > 0; --n)
            log.push_back({user(), start + random.between(0, 20),
                           static_cast<char>('a' + random.below(3)),
                           static_cast<int>(random.below(4))});
        for (auto n = random.below(huge ? 20 : 5); n > 0; --n) {
            auto const at = !log.empty() && random.chance(2)
                                ? near(random, log[random.below(log.size())].at, start)
                                : start + random.between(0, 20);
            book.push_back({user(), at, value(random), static_cast<char>('x' + random.below(2))});
        }
        if (!log.empty() && random.chance(8))
            log.push_back(log[random.below(log.size())]);
        if (!book.empty() && random.chance(8))
            book.push_back(book[random.below(book.size())]);
        if (!distinct_times && !log.empty() && random.chance(6))
            log.push_back({user(), random.chance(2) ? INT64_MIN : INT64_MAX, 'a', 1});
        if (distinct_times)
            spread(random);
    }

  private:
    static cents value(random_numbers& random) {
        switch (random.below(8)) {
        case 0:
            return INT64_MAX;
        case 1:
            return INT64_MIN;
        case 2:
            return 0;
        case 3:
            return random.chance(2) ? 1 : -1;
        default:
            return random.between(-1000, 10'000);
        }
    }

    /// At the touchpoint, at the end of its lookback, or one tick beside either.
    static tick near(random_numbers& random, tick at, tick start) {
        auto const later = random.between(-1, 1) + (random.chance(2) ? lookback : 0);
        return std::max(start, at) + (later < 0 && at == start ? 0 : later);
    }

    /// No two records of one side at the same time, in any order of rows.
    void spread(random_numbers& random) {
        random.shuffle(log);
        random.shuffle(book);
        tick at = 0;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < log.size() + book.size(); ++i)
            order.push_back(i);
        random.shuffle(order);
        for (auto const i : order)
            (i < log.size() ? log[i].at : book[i - log.size()].at) = at += random.between(1, 4);
    }
};

inline constexpr auto in_channel_a = att::where(&touch::channel, 'a');

/// One of several models, so that a law is compiled once for all of them.
struct any_model : att::model_tag {
    std::size_t which;
    static constexpr std::size_t count = 9;

    explicit any_model(std::size_t number) : which{number} {}

    void operator()(auto const& steps, att::weights w) const {
        switch (which) {
        case 0:
            return att::first_touch(steps, w);
        case 1:
            return att::last_touch(steps, w);
        case 2:
            return att::linear(steps, w);
        case 3:
            return att::position_based()(steps, w);
        case 4:
            return att::position_based(0.2, 0.6, {3, 1})(steps, w);
        case 5:
            return att::time_decay(1)(steps, w);
        case 6:
            return att::usage_weighted(&touch::usage)(steps, w);
        case 7:
            return att::prefer(in_channel_a, att::linear)(steps, w);
        default:
            return att::over(att::first_of_each(&touch::channel), att::linear)(steps, w);
        }
    }
};

/// Any of them.
inline any_model some_model(random_numbers& random) {
    return any_model{random.below(any_model::count)};
}

/// Calls `use(policy, number)` for several policies, each of its own type.
template <class Use>
void for_all_policies(Use use) {
    use(att::always, 0);
    use(att::lookback(world::lookback), 1);
    use(in_channel_a, 2);
    use(in_channel_a || att::lookback(world::lookback), 3);
    use(!att::lookback(world::lookback), 4);
    use(att::since_previous_conversion && !in_channel_a, 5);
    use(att::after_previous_conversion, 6);
    use(att::last_touches(2), 7);
    // from the sale on; sales of region y without end
    use(att::between(&sale::at, [](sale const& s) { return s.region == 'y' ? INT64_MAX : s.at; }),
        8);
}
inline constexpr int policy_count = 9;

}  // namespace support
