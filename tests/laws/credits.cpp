// SPDX-License-Identifier: BSL-1.0
#include "support/policy_suite.hpp"
#include "support/world.hpp"

#include <attribution/amount/money.hpp>
#include <attribution/attribute.hpp>
#include <attribution/model/blend.hpp>
#include <attribution/numeric/exact_sum.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace support;

namespace {

struct eur;

auto credits_of(world const& w, auto const& model, auto const& policy) {
    auto const ledger = att::attribute(sales(w.book), touches(w.log), model, policy);
    return std::vector<att::credit<cents>>(ledger.begin(), ledger.end());
}

constexpr auto rules =
    (in_channel_a && att::lookback(10)) || (!in_channel_a && att::lookback(world::lookback));

}  // namespace

TEST_CASE(
    "law: the credits of a conversion add up to its value exactly, with one unattributed or none") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        std::vector<att::detail::int128> sums(w.book.size(), 0);
        std::vector<double> shares(w.book.size(), 0);
        std::vector<int> lines(w.book.size(), 0);
        std::vector<int> lost(w.book.size(), 0);
        auto const euros = att::conversions(w.book, &sale::user, &sale::at,
                                            [](sale const& s) { return att::money<eur>{s.value}; });
        att::attribute(euros, touches(w.log), model, rules,
                       [&](att::credit<att::money<eur>> const& earned) {
                           sums[earned.conversion] += earned.amount.units();
                           shares[earned.conversion] += earned.share;
                           ++lines[earned.conversion];
                           lost[earned.conversion] += !earned.attributed();
                           if (!(earned.share > 0 && earned.share <= 1))
                               broken("share ", earned.share);
                       });
        for (std::size_t row = 0; row < w.book.size(); ++row)
            if (sums[row] != w.book[row].value || std::abs(shares[row] - 1) > 1e-14 ||
                (lost[row] != 0 && lines[row] != 1))
                broken("conversion ", row);
    });
}

TEST_CASE("law: floating credits add up to the value within a rounding per part") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        std::vector<att::detail::exact_sum> sums(w.book.size());
        auto const real = att::conversions(w.book, &sale::user, &sale::at, [](sale const& s) {
            return static_cast<double>(s.value) / 7;
        });
        att::attribute(real, touches(w.log), model, rules, [&](att::credit<double> const& earned) {
            sums[earned.conversion].add(earned.amount);
        });
        for (std::size_t row = 0; row < w.book.size(); ++row)
            if (std::abs(sums[row].value() - real.value(row)) > 2e-15 * std::abs(real.value(row)))
                broken("conversion ", row);
    });
}

TEST_CASE("law: nothing is earned after the conversion") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        for (auto const& earned :
             credits_of(w, model, in_channel_a || !att::lookback(world::lookback)))
            if (earned.attributed() && w.log[earned.touchpoint].at > w.book[earned.conversion].at)
                broken("touchpoint ", earned.touchpoint);
    });
}

TEST_CASE("law: a window prunes and changes nothing") {
    for_all_policies([](auto const& policy, int number) {
        INFO("policy " << number);
        for_all_worlds([&](random_numbers& random) {
            world const w{random};
            auto const model = some_model(random);
            if (credits_of(w, model, policy) != credits_of(w, model, windowless{policy}))
                broken("credits differ");
        });
    });
}

TEST_CASE("law: policies are a Boolean algebra") {
    auto const a = in_channel_a;
    auto const near = att::lookback(world::lookback);
    auto const fresh = att::after_previous_conversion;
    auto const same = [](auto const& p, auto const& q) {
        for_all_worlds([&](random_numbers& random) {
            world const w{random};
            if (credits_of(w, att::linear, p) != credits_of(w, att::linear, q))
                broken("credits differ");
        });
    };
    SUBCASE("always is neutral") {
        same(near && att::always, near);
    }
    SUBCASE("double negation") {
        same(!!near, near);
    }
    SUBCASE("De Morgan, and") {
        same(!(near && fresh), !near || !fresh);
    }
    SUBCASE("De Morgan, or") {
        same(!(near || a), !near && !a);
    }
    SUBCASE("absorption, or") {
        same(near || (near && fresh), near);
    }
    SUBCASE("absorption, and") {
        same(near && (near || a), near);
    }
    SUBCASE("commutativity, or") {
        same(near || fresh, fresh || near);
    }
    SUBCASE("commutativity, and") {
        same(a && near, near && a);
    }
    SUBCASE("distribution") {
        same(a && (near || fresh), (a && near) || (a && fresh));
    }
}

TEST_CASE("law: scaling a model changes nothing") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const m = some_model(random);
        auto const scaled = [&](double factor) {
            return [=](auto const& steps, att::weights weights) {
                m(steps, weights);
                for (auto& weight : weights)
                    weight *= factor;
            };
        };
        auto const expected = credits_of(w, m, rules);
        if (credits_of(w, 2 * m, rules) != expected ||
            credits_of(w, scaled(0x1p500), rules) != expected ||
            credits_of(w, scaled(0x1p-900), rules) != expected)
            broken("credits differ");
    });
}

TEST_CASE("law: identities between models") {
    auto const same = [](auto const& m, auto const& n) {
        for_all_worlds([&](random_numbers& random) {
            world const w{random};
            if (credits_of(w, m, rules) != credits_of(w, n, rules))
                broken("credits differ");
        });
    };
    SUBCASE("time decay with a half-life without end is linear") {
        same(att::time_decay(1e30), att::linear);
    }
    SUBCASE("time decay with a half-life of nearly nothing is shared by the latest instant") {
        auto const latest = [](auto const& steps, att::weights w) {
            for (std::size_t i = 0; i < w.size(); ++i)
                w[i] = steps[i].at() == steps[steps.size() - 1].at() ? 1 : 0;
        };
        same(att::time_decay(1e-30), latest);
    }
    SUBCASE("position_based(1, 0) is first touch") {
        same(att::position_based(1, 0), att::first_touch);
    }
    SUBCASE("position_based(0, 1) is last touch") {
        same(att::position_based(0, 1), att::last_touch);
    }
    SUBCASE("first_of_each of what never repeats changes nothing") {
        for_all_worlds([](random_numbers& random) {
            world const w{random, true};
            auto const model = some_model(random);
            if (credits_of(w, att::over(att::first_of_each(&touch::at), model), rules) !=
                credits_of(w, model, rules))
                broken("credits differ");
        });
    }
    SUBCASE("preferring everything, or nothing, changes nothing") {
        same(att::prefer(att::always, att::position_based()), att::position_based());
        same(att::prefer(!att::always, att::position_based()), att::position_based());
    }
}

TEST_CASE("law: shifting all times changes nothing") {
    for_all_worlds([](random_numbers& random) {
        world w{random, true};
        auto const model = some_model(random);
        auto const before = credits_of(w, model, rules);
        auto const shift = random.between(tick{-1'000'000}, tick{1'000'000}) << 40;
        for (auto& t : w.log)
            t.at += shift;
        for (auto& s : w.book)
            s.at += shift;
        if (credits_of(w, model, rules) != before)
            broken("credits differ");
    });
}
