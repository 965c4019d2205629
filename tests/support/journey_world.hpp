// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/law.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

/// Small random worlds for the laws of reports and rules, and the paths of a plain lookback found
/// the slow way.
namespace journey_world {

struct touch {
    std::optional<int> user;
    int at;
    int channel;
};

struct sale {
    std::optional<int> user;
    int at;
    std::int64_t cents;
};

struct world {
    std::vector<touch> touches;
    std::vector<sale> sales;
};

/// Random numbers as these worlds want them.
class dice {
  public:
    explicit dice(support::random_numbers& random) : random_{&random} {}

    int below(int n) { return random_->between(0, n - 1); }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return random_->between(low, high);
    }
    template <class T>
    void shuffle(std::vector<T>& all) {
        random_->shuffle(all);
    }

  private:
    support::random_numbers* random_;
};

inline world make(dice& d) {
    world made;
    auto const users = 1 + d.below(4);
    auto const user = [&]() -> std::optional<int> {
        if (d.below(12) == 0)
            return std::nullopt;
        return d.below(users);
    };
    for (int n = d.below(13); n > 0; --n) {
        auto const who = user();
        auto const at = d.below(30);
        made.touches.push_back({who, at, d.below(4)});
    }
    for (int n = d.below(7); n > 0; --n) {
        auto const who = user();
        auto const at = d.below(30);
        made.sales.push_back({who, at, d.between(-300, 700)});
    }
    return made;
}

/// Rows of the touches of `one` in the `lookback` before it, in the order (time, row).
inline std::vector<std::size_t> naive_path(world const& w, sale const& one, int lookback) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < w.touches.size(); ++row) {
        auto const& t = w.touches[row];
        if (one.user && t.user == one.user && t.at <= one.at && t.at >= one.at - lookback)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple{w.touches[a].at, a} < std::tuple{w.touches[b].at, b};
    });
    return rows;
}

}  // namespace journey_world
