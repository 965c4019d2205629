// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/estimator.hpp>

#include "support/small_world.hpp"

#include <attribution/join.hpp>
#include <attribution/learn/choose_order.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/model/linear.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
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

}  // namespace

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
