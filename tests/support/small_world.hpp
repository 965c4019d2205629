// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/law.hpp"
#include "support/records.hpp"

#include <attribution/attribute.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

/// Customers, channels and times small enough to think through.
namespace world {

namespace att = attribution;

using support::require, support::sale, support::sales, support::touch, support::touches;

/// Did the touchpoint make a lead of the customer, or a deal?
constexpr bool lead(touch const& t) {
    return (t.usage & 2) != 0;
}
constexpr bool deal(touch const& t) {
    return (t.usage & 4) != 0;
}
constexpr touch marked(std::int64_t at, char channel, bool is_lead, bool is_deal, int user = 1) {
    return {user, at, channel, 1 + (is_lead ? 2 : 0) + (is_deal ? 4 : 0)};
}

/// What each touchpoint of one customer earns of `cents` at time 100, by row.
template <class Model, class Policy = att::always_policy>
constexpr std::vector<std::int64_t> split(std::int64_t cents, std::vector<touch> const& log,
                                          Model const& m, Policy const& p = {}) {
    std::vector<sale> book;
    book.push_back({1, 100, cents});
    std::vector<std::int64_t> parts(log.size(), 0);
    att::attribute(sales(book), touches(log), m, p, [&](att::credit<std::int64_t> const& earned) {
        if (earned.attributed())
            parts[earned.touchpoint] += earned.amount;
    });
    return parts;
}

constexpr std::vector<touch> through(char const* channels) {
    std::vector<touch> log;
    for (std::int64_t at = 1; *channels != 0; ++channels)
        log.push_back({1, at++, *channels});
    return log;
}

constexpr std::vector<touch> at_times(std::initializer_list<std::int64_t> times) {
    std::vector<touch> log;
    for (auto const at : times)
        log.push_back({1, at, 'a'});
    return log;
}

constexpr bool gives(std::vector<std::int64_t> const& parts,
                     std::initializer_list<std::int64_t> expected) {
    return std::equal(parts.begin(), parts.end(), expected.begin(), expected.end());
}

struct records {
    std::vector<touch> log;
    std::vector<sale> book;
};

inline touch some_touch(support::random_numbers& random) {
    auto const user = random.between(1, 4);
    auto const at = random.between(0, 30);
    auto const channel = static_cast<char>('a' + random.between(0, 3));
    auto const is_lead = random.between(0, 3) == 0;
    return marked(at, channel, is_lead, random.between(0, 3) == 0, user);
}

/// Up to 4 customers, 12 touchpoints and 5 sales; times may coincide.
inline records draw(support::random_numbers& random) {
    records drawn;
    auto const touch_count = random.between(0, 12);
    for (int i = 0; i < touch_count; ++i)
        drawn.log.push_back(some_touch(random));
    auto const sale_count = random.between(0, 5);
    for (int i = 0; i < sale_count; ++i)
        drawn.book.push_back(
            {random.between(1, 4), random.between(0, 30), random.between(-300, 1000)});
    return drawn;
}

/// The credits of an attribution, all of them.
template <class Model, class Policy = att::always_policy>
auto credits(records const& drawn, Model const& m, Policy const& p = {}) {
    auto const ledger = att::attribute(sales(drawn.book), touches(drawn.log), m, p);
    return std::vector<att::credit<std::int64_t>>(ledger.begin(), ledger.end());
}

}  // namespace world
