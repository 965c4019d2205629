// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/predictive_quality.hpp>

#include "support/random.hpp"
#include "support/records.hpp"

#include <attribution/learn/additive_hazard.hpp>
#include <attribution/learn/bagged_logistic.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/probabilistic.hpp>
#include <attribution/learn/shapley.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <vector>

using namespace support;
using doctest::Approx;

namespace {

struct shop {
    std::vector<touch> log;
    std::vector<sale> book;
};

/// Customers with one touchpoint in channel a or b, of whom 8 and 2 in 10 convert; or 5 in 10 of all.
shop drawn(std::uint64_t seed, int customers, bool noise = false) {
    random_numbers random{seed};
    shop one;
    for (int user = 0; user < customers; ++user) {
        bool const good = random.chance(2);
        one.log.push_back({user, 1, good ? 'a' : 'b'});
        if (random.below(10) < (noise ? 5U : good ? 8U : 2U))
            one.book.push_back({user, 2, 100});
    }
    return one;
}

template <class Estimator>
att::prediction_quality of(shop const& one, Estimator const& how) {
    return att::predictive_quality(sales(one.book), touches(one.log), how);
}

auto const channel = &touch::channel;

}  // namespace

TEST_CASE("what can be known is predicted, by any estimator") {
    auto const one = drawn(1, 4'000);
    for (auto const& found :
         {of(one, att::markov(channel)), of(one, att::probabilistic(channel))}) {
        CHECK(found.conversions == one.book.size());
        CHECK(found.conversions + found.nulls == 4'000);
        // Of pairs, 0.8 * 0.8 are right and 2 * 0.8 * 0.2 are ties.
        CHECK(found.auc == Approx(0.8).epsilon(0.03));
        auto const best = -(0.8 * std::log(0.8) + 0.2 * std::log(0.2));
        CHECK(found.log_loss == Approx(best).epsilon(0.04));
        CHECK(found.base_log_loss == Approx(std::log(2.0)).epsilon(0.01));
        CHECK(found.standard_error > 0);
        CHECK(found.standard_error < 0.02);
    }
}

TEST_CASE("a model that only shares out does not predict, as its figures say") {
    // shapley's first game is linear over the channels of a path, whichever these are.
    CHECK(of(drawn(1, 400), att::shapley(channel)).auc == 0.5);
}

TEST_CASE("estimators that read times are rated like all others") {
    // Whoever converts at all was met lately.
    random_numbers random{9};
    shop one;
    for (int user = 0; user < 300; ++user) {
        bool const lately = random.chance(2);
        one.log.push_back({user, 0, 'a'});
        one.log.push_back({user, lately ? 95 : 5, 'b'});
        if (lately && random.chance(2))
            one.book.push_back({user, 100, 100});
    }
    auto const found =
        att::predictive_quality(sales(one.book), touches(one.log),
                                att::additive_hazard(channel, 10), att::always, att::until(100));
    CHECK(found.conversions == one.book.size());
    CHECK(found.auc == Approx(0.83).epsilon(0.1));
    CHECK(found.log_loss < found.base_log_loss);
}

TEST_CASE("a channel that keeps customers away predicts, too, though it earns nothing") {
    random_numbers random{10};
    shop one;
    for (int user = 0; user < 800; ++user) {
        bool const warned = random.chance(2);
        one.log.push_back({user, 1, 'a'});
        if (warned)
            one.log.push_back({user, 2, 'b'});
        if (random.below(10) < (warned ? 2U : 8U))
            one.book.push_back({user, 3, 100});
    }
    CHECK(of(one, att::bagged_logistic(channel, {.fits = 9})).auc == Approx(0.8).epsilon(0.05));
}

TEST_CASE("noise is not predicted, and costs a little") {
    auto const found = of(drawn(2, 4'000, true), att::markov(channel));
    CHECK(found.auc == Approx(0.5).epsilon(0.05));
    CHECK(found.log_loss == Approx(std::log(2.0)).epsilon(0.01));
    CHECK(found.log_loss > std::log(2.0) - 0.002);
}

TEST_CASE("a memory of single customers is worth nothing for others") {
    // Every path is unlike all others, so a chain of order 6 knows all of its own half.
    random_numbers random{3};
    shop one;
    for (int user = 0; user < 600; ++user) {
        for (tick at = 0; at < 6; ++at)
            one.log.push_back({user, at, static_cast<char>('a' + random.below(20))});
        if (random.chance(2))
            one.book.push_back({user, 7, 100});
    }
    auto const counts =
        att::learn(sales(one.book), touches(one.log), att::markov(channel, {.order = 6}));
    CHECK(counts.quality().auc == 1);
    CHECK(of(one, att::markov(channel, {.order = 6})).auc == Approx(0.5).epsilon(0.1));
}

TEST_CASE("order of records and type of key do not show") {
    auto one = drawn(4, 500);
    auto const expected = of(one, att::markov(channel));
    random_numbers random{5};
    random.shuffle(one.log);
    random.shuffle(one.book);
    auto const found = of(one, att::markov(channel));
    CHECK(found.auc == expected.auc);
    CHECK(found.log_loss == expected.log_loss);
    CHECK(found.base_log_loss == expected.base_log_loss);
    auto const wide = [](auto const& one_of_them) { return std::int64_t{one_of_them.user}; };
    auto const again = att::predictive_quality(
        att::parallel{2}, att::conversions(one.book, wide, &sale::at, &sale::value),
        att::touchpoints(one.log, wide, &touch::at), att::markov(channel));
    CHECK(again.log_loss == expected.log_loss);
}

TEST_CASE("the figures stand in the model card") {
    auto const one = drawn(6, 400);
    auto const learned = att::fit(sales(one.book), touches(one.log), att::markov(channel));
    auto const text = of(one, att::markov(channel)).on(learned.card()).text();
    CHECK(text.find("AUC, held out         0.") != std::string::npos);
    CHECK(text.find("log-loss, held out    0.") != std::string::npos);
    CHECK(text.find("; without a model 0.6") != std::string::npos);
    CHECK(learned.card().text().find("held out") == std::string::npos);
}

TEST_CASE("too few customers, or nothing to predict") {
    auto const few = drawn(7, 1);
    CHECK_THROWS_AS((void)of(few, att::markov(channel)), att::fit_error);
    auto all = drawn(8, 100);
    all.book.clear();
    for (auto const& one : all.log)
        all.book.push_back({one.user, 2, 100});
    try {
        (void)of(all, att::markov(channel));
        FAIL("expected an error");
    } catch (att::fit_error const& error) {
        CHECK(error.reason() == att::fit_failure::no_null_path);
    }
}
