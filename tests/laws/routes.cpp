// SPDX-License-Identifier: BSL-1.0
// Every route through the engine gives the same bytes: sorted or grouped, models with a shape or
// without, windows that prune or not, credits gathered or one by one, any number of threads.
#include "support/policy_suite.hpp"
#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/blend.hpp>
#include <attribution/model/models.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace support;

namespace {

/// A model whose shape the engine cannot see.
template <class Model>
struct shapeless : att::model_tag {
    Model inner;

    constexpr explicit shapeless(Model m) : inner(m) {}
    constexpr void operator()(auto const& steps, att::weights w) const { inner(steps, w); }
};

/// Tenths, so that neither sums nor parts are exact in double; some are very small.
double tenth(sale const& s) {
    auto const value = static_cast<double>(s.value % 1'000'003) / 10;
    return s.region == 'y' && s.value % 7 == 0 ? value * 0x1p-60 : value;
}
cents small(sale const& s) {
    return s.value % 1'000'003;
}

/// Long paths as well as short ones, in the order (user, time).
world sorted_world(random_numbers& random) {
    world w{random};
    if (!w.log.empty() && random.chance(3))
        for (auto more = random.below(150); more > 0; --more) {
            auto t = w.log[random.below(w.log.size())];
            t.channel = static_cast<char>('a' + random.below(3));
            w.log.push_back(t);
        }
    auto const in_order = [](auto const& a, auto const& b) {
        return a.user != b.user ? a.user < b.user : a.at < b.at;
    };
    std::stable_sort(w.log.begin(), w.log.end(), in_order);
    std::stable_sort(w.book.begin(), w.book.end(), in_order);
    return w;
}

bool same(auto const& a, auto const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}
bool same_rows(auto const& a, auto const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
        return x.key == y.key && x.attributed == y.attributed && x[0] == y[0];
    });
}

constexpr auto by_channel = att::by(&touch::channel);
constexpr auto by_both = att::by(&touch::channel, &sale::region);

/// All routes for one world, model, policy and kind of amount.
template <class Model, class Policy, class Value>
void check_routes(random_numbers& random, Model const& m, Policy const& p, Value value) {
    auto const w = sorted_world(random);
    auto const clicks = touches(w.log);
    auto const orders = att::conversions(w.book, &sale::user, &sale::at, value);
    auto const slow = att::attribute(orders, clicks, shapeless{m}, windowless{p});
    auto const channels = slow | by_channel;
    auto const regions = slow | by_both;

    auto const grouped = att::join(orders, clicks);
    auto const sorted = att::join(att::sorted(orders), att::sorted(clicks));
    if (!same(att::attribute(grouped, m, p), slow) || !same(att::attribute(sorted, m, p), slow))
        broken("ledgers differ");
    if (!same_rows(att::attribute(grouped, m, p, by_channel), channels) ||
        !same_rows(att::attribute(sorted, m, p, by_channel), channels))
        broken("reports by channel differ");
    if (!same_rows(att::attribute(grouped, m, p, by_both), regions) ||
        !same_rows(att::attribute(sorted, m, p, by_both), regions))
        broken("reports by channel and region differ");
    if (!random.chance(16))  // threads cost more than all the rest
        return;
    auto const in_parallel = att::join(att::parallel{3}, orders, clicks);
    for (auto const threads : {2u, 4u, 16u}) {
        att::parallel const how{threads};
        if (!same(att::attribute(how, in_parallel, m, p), slow) ||
            !same(att::attribute(how, sorted, m, p), slow) ||
            !same_rows(att::attribute(how, in_parallel, m, p, by_channel), channels) ||
            !same_rows(att::attribute(how, sorted, m, p, by_both), regions))
            broken("results differ with ", threads, " threads");
    }
}

constexpr auto recent = att::lookback(world::lookback);
constexpr auto some_channels = in_channel_a || recent;

}  // namespace

TEST_CASE("law: every route gives the same credits of whole numbers") {
    for_all_worlds([](random_numbers& random) {
        switch (random.below(8)) {
        case 0:
            return check_routes(random, att::first_touch, recent, small);
        case 1:
            return check_routes(random, att::last_touch, att::always, small);
        case 2:
            return check_routes(random, att::linear, att::always, small);
        case 3:
            return check_routes(random, att::linear, att::since_previous_conversion && recent,
                                small);
        case 4:
            return check_routes(random, att::position_based(), att::always, small);
        case 5:
            return check_routes(random, att::position_based(0.2, 0.6, {3, 1}), recent, small);
        case 6:
            return check_routes(random, att::position_based(0.5, 0.5), some_channels, small);
        default:
            return check_routes(random, att::time_decay(3), recent, small);
        }
    });
}

TEST_CASE("law: every route gives the same credits of floating amounts") {
    for_all_worlds([](random_numbers& random) {
        switch (random.below(8)) {
        case 0:
            return check_routes(random, att::first_touch, att::always, tenth);
        case 1:
            return check_routes(random, att::last_touch, recent, tenth);
        case 2:
            return check_routes(random, att::last_touch, some_channels, tenth);
        case 3:
            return check_routes(random, att::linear, att::at_any_time, tenth);
        case 4:
            return check_routes(random, att::position_based(), att::always, tenth);
        case 5:
            return check_routes(random, 0.5 * att::linear + 0.5 * att::first_touch, recent, tenth);
        case 6:
            return check_routes(random, att::time_decay(3), att::always, tenth);
        default:
            return check_routes(random, att::linear, att::always, tenth);
        }
    });
}

TEST_CASE("law: a comparison takes the same routes as its models alone") {
    for_all_worlds([](random_numbers& random) {
        auto const w = sorted_world(random);
        auto const clicks = touches(w.log);
        auto const orders = att::conversions(w.book, &sale::user, &sale::at, tenth);
        auto const sorted = att::join(att::sorted(orders), att::sorted(clicks));
        auto const shapes = att::attribute(
            sorted, att::models(att::first_touch, att::linear, att::position_based()), att::always,
            by_channel);
        auto const mixed = att::attribute(
            att::join(orders, clicks),
            att::models(shapeless{att::first_touch}, att::linear, shapeless{att::position_based()}),
            att::always, by_channel);
        bool const equal = std::equal(
            shapes.begin(), shapes.end(), mixed.begin(), mixed.end(),
            [](auto const& a, auto const& b) { return a.key == b.key && a.models == b.models; });
        if (!equal)
            broken("comparisons differ");
    });
}
