// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/estimator.hpp>

#include "support/small_world.hpp"

#include <attribution/join.hpp>
#include <attribution/learn/choose_order.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/over_estimator.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/model/last.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct touch {
    std::string channel;
};

using markov = decltype(att::markov(&touch::channel));
using shapley = decltype(att::shapley(&touch::channel));

// Estimators learn models; a model is no estimator.
static_assert(att::estimator<markov>);
static_assert(att::estimator<shapley>);
static_assert(!att::estimator<att::linear_fn>);
static_assert(!att::estimator<int>);
static_assert(att::learned_counts<
              decltype(markov{att::markov(&touch::channel)}.counts<std::string, double>())>);
static_assert(!att::learned_counts<std::vector<int>>);

}  // namespace

namespace {

/// A user's own: a Markov chain of what came before the last touchpoint, of one order or another.
struct before_last {
    static constexpr bool needs_touchpoints = true;
    char world::touch::*channel;
    std::size_t order = 1;

    template <class Channel, att::amount Amount>
    [[nodiscard]] auto counts() const {
        return att::markov(channel, {.order = order}).template counts<Channel, Amount>();
    }
    template <class Path, class Visit>
    void prepare(Path const& whole, Visit const& visit) const {
        visit(Path{whole.about(), whole.visits().first(whole.size() - 1), whole.space()});
    }
    [[nodiscard]] before_last of_order(std::size_t n) const { return {channel, n}; }
};
static_assert(att::estimator<before_last> && att::detail::needs_touchpoints<before_last>);

/// Another: how long before the end of their paths the touchpoints were, altogether.
template <class Channel, att::amount Amount>
struct summed_ages {
    using channel_type = Channel;
    using amount_type = Amount;
    att::channel_numbers<Channel> channels;
    att::evidence<Amount> seen;
    std::int64_t converted = 0;
    std::int64_t lost = 0;

    std::uint32_t channel(att::channel_probe<Channel> const& one) { return channels(one); }
    att::evidence<Amount>& evidence() { return seen; }
    void add(std::span<std::uint32_t const> path, std::span<std::int64_t const> ages,
             att::path_outcome<Amount> const& outcome) {
        if (!att::take_note(seen, path.size(), outcome))
            return;
        for (auto const age : ages)
            (outcome.conversions != 0 ? converted : lost) += age;
    }
    void merge(summed_ages const& other) {
        seen.merge(other.seen);
        converted += other.converted;
        lost += other.lost;
    }
    [[nodiscard]] att::linear_fn solve() const { return att::linear; }
};
struct ages {
    static constexpr bool needs_touchpoints = true;
    char world::touch::*channel;

    template <class Step>
    [[nodiscard]] std::int64_t age(Step const& one) const {
        return one.age();
    }
    template <class Channel, att::amount Amount>
    [[nodiscard]] summed_ages<Channel, Amount> counts() const {
        return {};
    }
};
static_assert(att::estimator<ages> && att::detail::needs_touchpoints<ages> &&
              !att::detail::tells_ages<markov, int>);

}  // namespace

TEST_CASE("an estimator of your own learns from ages, also over a selector") {
    // Ages 30 and 10 at the conversion at 40; 45 and 5 at the end, 50.
    world::records const from{{{1, 10, 'a'}, {1, 30, 'b'}, {2, 5, 'a'}, {2, 45, 'a'}, {3, 1, 'a'}},
                              {{1, 40, 100}, {3, 0, 100}}};
    auto const journeys = att::join(world::sales(from.book), world::touches(from.log));
    ages const how{&world::touch::channel};
    auto const check = [&](auto const& counts, std::int64_t converted, std::int64_t lost) {
        CHECK(counts.converted == converted);
        CHECK(counts.lost == lost);
    };
    auto const until = att::until(std::int64_t{50});
    check(att::learn(journeys, how, att::always, until), 40, 50);
    check(att::learn(att::parallel{2}, journeys, how, att::lookback(20), until), 10, 5);
    world::records const one_each{{{1, 10, 'a'}, {1, 30, 'b'}}, {{1, 40, 100}}};
    auto const last = att::over(att::last(1), how);
    static_assert(att::estimator<decltype(last)>);
    auto counts = last.counts<char, std::int64_t>();
    counts.merge(att::learn(world::sales(one_each.book), world::touches(one_each.log), last));
    CHECK(counts.evidence().conversions == 1);
}

TEST_CASE("an estimator of your own prepares paths, and has orders to choose among") {
    world::records from;
    for (int user = 1; user <= 6; ++user) {
        for (auto const channel : {'a', user % 2 == 0 ? 'b' : 'c', 'z'})
            from.log.push_back({user, static_cast<std::int64_t>(from.log.size()), channel});
        if (user % 2 == 0)
            from.book.push_back({user, 100, 60});
    }
    from.log.push_back({7, 5, 'z'});
    auto const journeys = att::join(world::sales(from.book), world::touches(from.log));
    before_last const how{&world::touch::channel};
    auto const model = att::fit(journeys, how);
    std::string channels;
    for (auto const& one : model.effects())
        channels += one.channel;
    CHECK(channels == "abc");
    CHECK(model.card().pathless_customers == 1);
    CHECK(att::choose_order(journeys, how, att::always, 2).orders.size() == 2);
}
