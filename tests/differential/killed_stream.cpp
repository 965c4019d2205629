// SPDX-License-Identifier: BSL-1.0
// A stream as large as life against the batch: records out of order and twice, the process killed again and
// again, each time restored from its last snapshot and given what came since. The credits are the same.
//
//   attribution_killed_stream TOUCHPOINTS KILLS
#include "support/random.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/members.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace att = attribution;
using support::random_numbers;

using seconds = std::int64_t;
constexpr seconds day = 86'400;

struct touch {
    std::optional<std::uint64_t> user;
    seconds at;
    std::uint64_t id;
};
struct sale {
    std::optional<std::uint64_t> user;
    seconds at;
    std::uint64_t id;
    std::int64_t cents;
};
auto const touch_members = att::members(&touch::user, &touch::at, &touch::id);
auto const sale_members = att::members(&sale::user, &sale::at, &sale::id, &sale::cents);

/// Who earned what, by ids.
struct earned {
    std::uint64_t sale;
    std::optional<std::uint64_t> touch;
    std::int64_t cents;

    friend auto operator<=>(earned const&, earned const&) = default;
};

struct delivery {
    seconds when;
    std::size_t row;
    bool is_touch;
};

/// A year of records, and the order in which they come: up to a day late, one in ten twice.
struct world {
    static constexpr seconds lateness = day;

    std::vector<touch> log;
    std::vector<sale> book;
    std::vector<delivery> sent;

    world(std::size_t touchpoints, random_numbers& random) {
        auto const users = std::max<std::size_t>(touchpoints / 20, 1);
        auto const user = [&]() -> std::optional<std::uint64_t> {
            if (random.chance(50))
                return std::nullopt;
            return random.chance(3) ? random.below(1 + random.below(users)) : random.below(users);
        };
        for (std::uint64_t id = 0; id < touchpoints; ++id)
            log.push_back({user(), random.between(seconds{0}, 365 * day), id});
        for (std::uint64_t id = 0; id < touchpoints / 10; ++id)
            book.push_back({user(), random.between(seconds{0}, 365 * day), id,
                            random.between(std::int64_t{-1'000}, std::int64_t{100'000})});
        auto const send = [&](seconds at, std::size_t row, bool is_touch) {
            do
                sent.push_back({at + random.between(seconds{0}, lateness - 1), row, is_touch});
            while (random.chance(10));
        };
        for (std::size_t row = 0; row < log.size(); ++row)
            send(log[row].at, row, true);
        for (std::size_t row = 0; row < book.size(); ++row)
            send(book[row].at, row, false);
        std::stable_sort(sent.begin(), sent.end(),
                         [](delivery const& a, delivery const& b) { return a.when < b.when; });
    }
};

std::string compare(std::string const& name, std::vector<earned> streamed,
                    std::vector<earned> expected) {
    std::sort(streamed.begin(), streamed.end());
    std::sort(expected.begin(), expected.end());
    auto const [one, other] =
        std::mismatch(streamed.begin(), streamed.end(), expected.begin(), expected.end());
    if (one == streamed.end() && other == expected.end())
        return name + ": " + std::to_string(expected.size()) + " credits, all the same";
    throw std::runtime_error{name + ": " + std::to_string(streamed.size()) +
                             " credits of the stream, " + std::to_string(expected.size()) +
                             " of the batch; they part at sale " +
                             std::to_string(one != streamed.end() ? one->sale : other->sale)};
}

template <class Model, class Policy>
std::string check(std::string const& name, world const& all, std::size_t kills,
                  random_numbers& random, Model const& model, Policy const& policy) {
    auto const fresh = [&] {
        return att::live(
            att::conversion_stream<sale>(&sale::user, &sale::at, &sale::id, &sale::cents),
            att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::id), model, policy,
            att::allowed_lateness(world::lateness));
    };
    auto desk = fresh();
    std::vector<earned> given;
    auto const keep = [&](att::credit<std::int64_t> const& one) {
        given.push_back({desk.conversion(one).id,
                         one.attributed() ? std::optional{desk.touchpoint(one).id} : std::nullopt,
                         one.amount});
    };
    std::vector<std::size_t> ends;  // where it is killed
    for (std::size_t i = 0; i < kills; ++i)
        ends.push_back(1 + random.below(all.sent.size()));
    std::sort(ends.begin(), ends.end());

    // What is on disk: the snapshot, how many records it has seen and how many credits it had given.
    auto bytes = desk.snapshot(touch_members, sale_members);
    std::size_t seen = 0;
    std::size_t had_given = 0;
    auto next_end = ends.begin();
    for (std::size_t i = 0; i < all.sent.size(); ++i) {
        auto const& one = all.sent[i];
        auto const became =
            one.is_touch ? desk.touch(all.log[one.row]) : desk.convert(all.book[one.row], keep);
        if (became == att::arrival::late)
            throw std::runtime_error{name + ": a record that came in time was called late"};
        if (i % 16 == 0)
            desk.advance(one.when, keep);
        if (random.chance(all.sent.size() / (2 * kills) + 1)) {
            bytes = desk.snapshot(touch_members, sale_members);
            seen = i + 1;
            had_given = given.size();
        }
        if (next_end != ends.end() && i + 1 == *next_end) {
            ++next_end;
            desk = fresh();
            desk.restore(bytes, touch_members, sale_members);
            given.resize(had_given);
            i = seen - 1;  // from the start, where nothing was seen
        }
    }
    desk.finish(keep);

    std::vector<earned> expected;
    att::attribute(att::conversions(all.book, &sale::user, &sale::at, &sale::cents),
                   att::touchpoints(all.log, &touch::user, &touch::at), model, policy,
                   [&](att::credit<std::int64_t> const& one) {
                       expected.push_back({all.book[one.conversion].id,
                                           one.attributed()
                                               ? std::optional{all.log[one.touchpoint].id}
                                               : std::nullopt,
                                           one.amount});
                   });
    return compare(name, std::move(given), std::move(expected));
}

}  // namespace

int main(int argc, char** argv) {
    auto const touchpoints = argc == 3 ? std::strtoull(argv[1], nullptr, 10) : 0;
    auto const kills = argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
    if (touchpoints == 0 || kills == 0) {
        std::cerr << "usage: attribution_killed_stream TOUCHPOINTS KILLS\n";
        return 2;
    }
    try {
        random_numbers random{touchpoints + kills};
        world const all{touchpoints, random};
        std::cout << all.sent.size() << " deliveries of " << all.log.size() << " touchpoints and "
                  << all.book.size() << " conversions, killed " << kills << " times\n"
                  << check("linear in 30 days", all, kills, random, att::linear,
                           att::lookback(30 * day))
                  << '\n'
                  << check("last touch since the previous conversion", all, kills, random,
                           att::last_touch,
                           att::lookback(60 * day) && att::since_previous_conversion)
                  << '\n'
                  << check("position-based over five touchpoints", all, kills, random,
                           att::position_based(), att::last_touches(5))
                  << '\n';
    } catch (std::exception const& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
