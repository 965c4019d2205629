// SPDX-License-Identifier: BSL-1.0
#include "faults/everywhere.hpp"
#include "faults/records.hpp"

#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <vector>

using namespace faults;

namespace {

auto const window = att::lookback(std::int64_t{10});
auto const channel = watched(&touch::channel);
att::configuration const how{.model = "learned", .policy = "10 ticks"};

struct counted {
    std::string path;
    int conversions;
    std::int64_t cents;
    int lost;
};
std::vector<counted> const table{{search + ">" + letter, 3, 900, 4},
                                 {letter, 1, 50, 7},
                                 {search + ">" + search + ">" + letter, 2, 80, 1}};
auto counted_paths() {
    return att::aggregated_paths(
        table, watched([](counted const& row) { return att::split_path(row.path); }),
        watched(&counted::conversions), watched(&counted::cents), watched(&counted::lost));
}

auto effects_of(auto const& model) {
    std::vector<std::tuple<double, double>> all;
    for (auto const& one : model.effects())
        all.emplace_back(one.conversions, one.value);
    return std::tuple{all, model.card().text()};
}

/// Learning, merging, sending and applying, with one estimator.
void check(char const* what, auto const& estimator) {
    auto const journeys = att::join(sales(book), touches(journal));
    auto const learn = [&](auto const& policy) {
        return att::learn(journeys, estimator, policy, att::until(std::int64_t{50}));
    };
    auto const policy = window && !att::where(watched([](touch const& t) { return t.id == 5; }));
    auto const look = [](auto const& counts) { return att::to_bytes(counts, how); };
    INFO(std::string{what});
    fails_everywhere("learn", [&] { return look(learn(policy)); });
    fails_everywhere("fit", [&] { return effects_of(att::fit(journeys, estimator, window)); });
    auto const other = learn(att::always);
    fails_everywhere(
        "merge", promise::as_before, [&] { return learn(policy); },
        [&](auto& counts) { counts.merge(other); }, look);
    auto const bytes = look(other);
    fails_everywhere(
        "merge_bytes", promise::as_before, [&] { return learn(policy); },
        [&](auto& counts) { att::merge_bytes(counts, bytes, how); }, look);
    auto const model = att::fit(journeys, estimator, window);
    fails_everywhere("apply",
                     [&] { return att::attribute(journeys, model, window, att::by(channel)); });
    fails_everywhere("apply in a blend, on two threads", [&] {
        return att::attribute(att::parallel{2}, journeys, 0.5 * model + 0.5 * att::linear, window);
    });
}

}  // namespace

TEST_CASE("markov") {
    check("order 1", att::markov(channel));
    check("order 2", att::markov(channel, {.order = 2, .keep_repeats = true}));
}

TEST_CASE("shapley") {
    check("a game of coalitions", att::shapley(channel));
    check("a game of rates", att::shapley(channel, att::conversion_rate_game,
                                          {.negative = att::negative_values::as_zero}));
    check("positions", att::ordered_shapley(channel));
}

TEST_CASE("survival") {
    check("all the time", att::survival(channel, std::int64_t{2}));
}

TEST_CASE("probabilistic") {
    check("the path's channels", att::probabilistic(channel));
}

TEST_CASE("additive_hazard") {
    check("units of 2", att::additive_hazard(channel, 2));
}

TEST_CASE("over a selector") {
    check("runs", att::over(att::runs(channel), att::markov(channel)));
    check(
        "preferred",
        att::over(att::preferred(att::where(watched([](touch const& t) { return t.id % 2 == 0; }))),
                  att::shapley(channel)));
}

TEST_CASE("paths that were counted before") {
    fails_everywhere("learn", [] {
        return att::to_bytes(att::learn(counted_paths(), att::markov({}, {.order = 2})), how);
    });
    fails_everywhere("fit", [] { return effects_of(att::fit(counted_paths(), att::shapley())); });
    fails_everywhere("fit in bags", [] {
        att::bagging_options const options{.fits = 2, .paths = 1, .channels = 1};
        return effects_of(att::fit(counted_paths(), att::bagged_logistic({}, options)));
    });
    fails_everywhere("choose_order", [] {
        auto const choice = att::choose_order(counted_paths(), att::markov(), 2);
        std::vector<std::tuple<double, double, double>> orders;
        for (auto const& one : choice.orders)
            orders.emplace_back(one.auc, one.penalized_auc, one.validated_auc);
        return std::tuple{choice.best, orders};
    });
}

TEST_CASE("any game") {
    auto const game = watched([](std::span<std::string const> players) {
        return static_cast<double>(players.size() * players.size());
    });
    auto const values = [&](att::shapley_sampling const& sampling) {
        std::vector<double> all;
        for (auto const& one :
             att::shapley_values(std::vector<std::string>{search, letter, ann}, game, sampling))
            all.push_back(one.value);
        return all;
    };
    fails_everywhere("counted out", [&] { return values({}); });
    fails_everywhere("sampled", [&] { return values({.most_counted_out = 1, .orders = 4}); });
}
