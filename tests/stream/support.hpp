// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/members.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace support {

/// A touch or sale with an id: its row in the world, unless said otherwise.
struct live_touch : touch {
    std::int64_t id = 0;
};
struct live_sale : sale {
    std::int64_t id = 0;
};

inline auto touch_stream() {
    return att::touchpoint_stream<live_touch>(&live_touch::user, &live_touch::at, &live_touch::id);
}
inline auto sale_stream() {
    return att::conversion_stream<live_sale>(&live_sale::user, &live_sale::at, &live_sale::id,
                                             &live_sale::value);
}

inline live_touch tap(int user, tick at, std::int64_t id, char channel = 'a') {
    return {touch{user, at, channel, 1}, id};
}
inline live_sale buy(int user, tick at, std::int64_t id, cents value = 100) {
    return {sale{user, at, value, 'x'}, id};
}
auto desk_of(auto const& policy, auto... options) {
    return att::live(sale_stream(), touch_stream(), att::linear, policy, options...);
}

/// All that they consist of.
inline auto const touch_members = att::members<live_touch>(
    &live_touch::user, &live_touch::at, &live_touch::channel, &live_touch::usage, &live_touch::id);
inline auto const sale_members = att::members<live_sale>(
    &live_sale::user, &live_sale::at, &live_sale::value, &live_sale::region, &live_sale::id);

/// (conversion id, touchpoint id or -1, amount, share)
using live_credit = std::tuple<std::int64_t, std::int64_t, cents, double>;

/// Keeps what a desk gives, by ids.
auto keeping(auto const& desk, std::vector<live_credit>& into) {
    return [&](att::credit<cents> const& earned) {
        into.emplace_back(desk.conversion(earned).id,
                          earned.attributed() ? desk.touchpoint(earned).id : -1, earned.amount,
                          earned.share);
    };
}

/// What `attribute` gives for these records, the rows in the order of ids.
std::vector<live_credit> batch(std::vector<live_touch> log, std::vector<live_sale> book,
                               auto const& model, auto const& policy) {
    auto const by_id = [](auto const& a, auto const& b) { return a.id < b.id; };
    std::sort(log.begin(), log.end(), by_id);
    std::sort(book.begin(), book.end(), by_id);
    std::vector<live_credit> credits;
    att::attribute(att::conversions(book, &live_sale::user, &live_sale::at, &live_sale::value),
                   att::touchpoints(log, &live_touch::user, &live_touch::at), model, policy,
                   [&](att::credit<cents> const& earned) {
                       credits.emplace_back(book[earned.conversion].id,
                                            earned.attributed() ? log[earned.touchpoint].id : -1,
                                            earned.amount, earned.share);
                   });
    std::sort(credits.begin(), credits.end());
    return credits;
}

/// A record on its way.
struct delivery {
    tick at;
    std::size_t row;
    bool is_touch;
};

/// The records of a world in the order of their times, each delayed by a random length up to
/// `delay`, some of them twice.
inline std::vector<delivery> deliveries(world const& w, random_numbers& random, tick delay) {
    std::vector<std::pair<att::detail::int128, delivery>> sent;
    auto const send = [&](tick at, std::size_t row, bool is_touch) {
        do
            sent.emplace_back(att::detail::int128{at} * 2 + random.between(0, 2 * delay),
                              delivery{at, row, is_touch});
        while (random.chance(5));
    };
    for (std::size_t row = 0; row < w.log.size(); ++row)
        send(w.log[row].at, row, true);
    for (std::size_t row = 0; row < w.book.size(); ++row)
        send(w.book[row].at, row, false);
    random.shuffle(sent);
    std::stable_sort(sent.begin(), sent.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    std::vector<delivery> all;
    for (auto const& one : sent)
        all.push_back(one.second);
    return all;
}

inline live_touch touch_of(world const& w, std::size_t row) {
    return {w.log[row], static_cast<std::int64_t>(row)};
}
inline live_sale sale_of(world const& w, std::size_t row) {
    return {w.book[row], static_cast<std::int64_t>(row)};
}

}  // namespace support
