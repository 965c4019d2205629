// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/markov.hpp>

#include "learn/micro_paths.hpp"
#include "learn/reference.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <iomanip>
#include <sstream>

namespace att = attribution;
using doctest::Approx;
using letters::close, letters::row;

static bool within(double got, double expected, double relative) {
    return std::abs(got - expected) <= relative * std::abs(expected);
}

TEST_CASE("markov: the eleven paths, orders 1 to 3, to nine digits") {
    auto const rows = att::aggregated_paths(
        micro::paths, [](micro::row const& one) { return att::split_path(one.path); },
        &micro::row::conversions, &micro::row::value, &micro::row::nulls);
    for (std::size_t order = 1; order <= 3; ++order) {
        for (bool const keep : {false, true}) {
            auto const m = att::fit(rows, att::markov({}, {.order = order, .keep_repeats = keep}));
            REQUIRE(m.effects().size() == 5);
            for (std::size_t i = 0; i < 5; ++i) {
                auto const& got = m.effects()[i];
                auto const& expected = micro::markov[order - 1][i];
                CAPTURE(order);
                CAPTURE(got.channel);
                CHECK(got.channel == expected.channel);
                CHECK(within(got.conversions, expected.removal_conversions, 1e-12));
                CHECK(within(got.value, expected.removal_value, 1e-12));
                CHECK(within(got.credited_conversions, expected.conversions, 1e-12));
                CHECK(within(got.credited_value, expected.value, 1e-12));
            }
        }
    }
}

TEST_CASE("markov: a chain with a cycle, by hand") {
    // 2 paths A, 1 path A B A that converted, 1 path B that did not. Start: A 3/4, B 1/4.
    // From A (4 visits): converts 3/4, to B 1/4. From B (2 visits): to A 1/2, null 1/2.
    // x_A = 3/4 + 1/4 x_B, x_B = 1/2 x_A  ->  x_A = 6/7, x_B = 3/7, P = 3/4 = 3 of 4.
    // Without A: nothing converts. Without B: 3/4 * 3/4 = 9/16, effect 1 - (9/16)/(3/4) = 1/4.
    std::vector<row> const paths{{"A", 2, 40, 0}, {"ABA", 1, 20, 0}, {"B", 0, 0, 1}};
    auto const m = att::fit(letters::rows(paths), att::markov());
    REQUIRE(m.effects().size() == 2);
    CHECK(m.effects()[0].conversions == Approx(1).epsilon(1e-15));
    CHECK(m.effects()[1].conversions == Approx(0.25).epsilon(1e-15));
    CHECK(m.effects()[0].credited_conversions == Approx(2.4).epsilon(1e-15));
    CHECK(m.effects()[1].credited_conversions == Approx(0.6).epsilon(1e-15));
    CHECK(m.card().conversion_rate == 0.75);

    CHECK(m.transitions()[0].from == m.transitions()[1].from);  // the start
    CHECK(m.transitions()[0].to != m.transitions()[1].to);
    // The transition matrix, row by row.
    std::ostringstream text;
    for (auto const& one : m.transitions()) {
        for (auto const* end : {&one.from, &one.to}) {
            using kind = att::markov_state<char>::kind;
            text << (end->what == kind::start        ? "start"
                     : end->what == kind::conversion ? "conversion"
                     : end->what == kind::null
                         ? "null"
                         : std::string(end->channels.begin(), end->channels.end()))
                 << ' ';
        }
        text << one.count << ' ' << one.probability << '\n';
    }
    CHECK(text.str() == "start A 3 0.75\n"
                        "start B 1 0.25\n"
                        "A B 1 0.25\n"
                        "A conversion 3 0.75\n"
                        "B A 1 0.5\n"
                        "B null 1 0.5\n");
}

TEST_CASE("markov: states of order 2 are windows, and short paths one state") {
    // AB converts, ABAB does not: AB, then AB -> BA -> AB. AB: 3 visits, 1 converts, 1 null, 1 on.
    std::vector<row> const paths{{"AB", 1, 5, 0}, {"ABAB", 0, 0, 1}, {"B", 1, 5, 0}};
    auto const m = att::fit(letters::rows(paths), att::markov({}, {.order = 2}));
    // All: 2 of 3. Without A: only B, 1/3, effect 1/2. Without B: nothing, effect 1.
    CHECK(m.effects()[0].conversions == Approx(0.5).epsilon(1e-15));
    CHECK(m.effects()[1].conversions == Approx(1.0).epsilon(1e-15));
}

TEST_CASE("law: markov, over random paths") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const paths = letters::draw(random);
        auto const order = static_cast<std::size_t>(random.between(1, 4));
        bool const keep = random.between(0, 1) == 0;
        auto const m =
            att::fit(letters::rows(paths), att::markov({}, {.order = order, .keep_repeats = keep}));
        auto const all = letters::solve(paths, order, '-', keep);
        double conversions = 0;
        double nulls = 0;
        double value = 0;
        for (auto const& one : paths) {
            conversions += static_cast<double>(one.conversions);
            nulls += static_cast<double>(one.nulls);
            value += static_cast<double>(one.value);
        }
        // P(conversion) of the chain is the rate of the paths, for every order.
        if (!close(all.converts, conversions / (conversions + nulls)) ||
            m.card().conversion_rate != conversions / (conversions + nulls))
            return false;
        double credited = 0;
        double credited_value = 0;
        for (auto const& one : m.effects()) {
            auto const around = letters::solve(paths, order, one.channel, keep);
            if (!close(one.conversions, 1 - around.converts / all.converts) ||
                !close(one.value, 1 - around.value / all.value))
                return false;
            if (!(one.conversions >= 0 && one.conversions <= 1))
                return false;
            bool known = false;
            for (auto const& path : paths)
                known = known || (path.path.find(one.channel) != std::string::npos &&
                                  path.conversions + path.nulls != 0);
            if (!known && one.conversions != 0)
                return false;
            credited += one.credited_conversions;
            credited_value += one.credited_value;
        }
        return close(credited, conversions) && close(credited_value, value);
    });
}

/// All that was learned, bit for bit.
template <class Model>
static std::string bytes(Model const& m) {
    std::ostringstream text;
    text << m.card() << std::hexfloat;
    for (auto const& one : m.effects())
        text << one.channel << ' ' << one.conversions << ' ' << one.value << ' '
             << one.credited_conversions << ' ' << one.credited_value << '\n';
    for (auto const& one : m.transitions()) {
        for (auto const* end : {&one.from, &one.to})
            text << static_cast<int>(end->what)
                 << std::string(end->channels.begin(), end->channels.end()) << ' ';
        text << one.count << ' ' << one.probability << '\n';
    }
    return text.str();
}

TEST_CASE("law: markov: the same bytes in any order, and however counts are merged") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const paths = letters::draw(random);
        auto const how = att::markov({}, {.order = static_cast<std::size_t>(random.between(1, 3))});
        auto const expected = bytes(att::fit(letters::rows(paths), how));
        std::vector<row> parts[3];
        for (auto const& one : paths) {
            auto& part = parts[random.between(0, 2)];
            part.insert(part.begin() + random.between(0, static_cast<int>(part.size())), one);
        }
        auto counts = how.counts<char, std::int64_t>();  // the identity
        for (auto const i : {2, 0, 1})
            counts.merge(att::learn(letters::rows(parts[i]), how));
        return bytes(counts.solve()) == expected;
    });
    auto counts = att::learn(letters::rows({{"AB", 1, 5, 1}}), att::markov());
    counts.merge(counts);
    CHECK(counts.solve().card().conversions == 2);
    CHECK_THROWS_AS(
        counts.merge(att::learn(letters::rows({{"AB", 1, 5, 1}}), att::markov({}, {.order = 2}))),
        std::invalid_argument);
    CHECK_THROWS_AS(counts.merge(att::learn(letters::rows({{"AB", 1, 5, 1}}),
                                            att::markov({}, {.keep_repeats = true}))),
                    std::invalid_argument);
}

TEST_CASE("law: markov: repeats kept or not, the same effects") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const paths = letters::draw(random, 3);
        auto const a = att::fit(letters::rows(paths), att::markov({}, {.keep_repeats = true}));
        auto const b = att::fit(letters::rows(paths), att::markov());
        for (std::size_t i = 0; i < a.effects().size(); ++i)
            if (!close(a.effects()[i].conversions, b.effects()[i].conversions, 1e-13) ||
                !close(a.effects()[i].value, b.effects()[i].value, 1e-13))
                return false;
        return true;
    });
}

TEST_CASE("markov: repeats kept are hops from a state to itself, others are none") {
    std::vector<row> const paths{{"AAB", 1, 5, 0}};
    auto const to_itself = [&](bool keep) {
        auto const m = att::fit(letters::rows(paths), att::markov({}, {.keep_repeats = keep}));
        return std::count_if(m.transitions().begin(), m.transitions().end(),
                             [](auto const& one) { return one.from == one.to; });
    };
    CHECK(to_itself(true) == 1);
    CHECK(to_itself(false) == 0);
}

TEST_CASE("markov: the channel that matters ranks first") {
    // Whoever meets D converts in 30 of 100 cases, whoever does not in 3; the rest is noise.
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        support::random_numbers random{seed};
        std::vector<row> paths;
        for (int i = 0; i < 5'000; ++i) {
            row one;
            auto const length = random.between(1, 6);
            for (int j = 0; j < length; ++j)
                one.path += static_cast<char>('A' + random.between(0, 7));
            bool const met = one.path.find('D') != std::string::npos;
            bool const converts = random.between(1, 100) <= (met ? 30 : 3);
            one.conversions = converts ? 1 : 0;
            one.value = converts ? 100 : 0;
            one.nulls = converts ? 0 : 1;
            paths.push_back(one);
        }
        for (std::size_t order = 1; order <= 3; ++order) {
            auto const m = att::fit(letters::rows(paths), att::markov({}, {.order = order}));
            auto const best = std::max_element(
                m.effects().begin(), m.effects().end(),
                [](auto const& a, auto const& b) { return a.conversions < b.conversions; });
            CAPTURE(seed);
            CHECK(best->channel == 'D');
        }
    }
}

TEST_CASE("markov: as many touchpoints as 64 bits count are taken, also those that were merged") {
    auto const counts = [] { return att::markov().counts<char, std::int64_t>(); };
    auto const add = [](auto& to) {
        std::vector const path{to.channel('A'), to.channel('B'), to.channel('A')};
        to.add(path, {0, 0, std::uint64_t{1} << 62});
    };
    auto one = counts();
    add(one);
    auto merged = counts();
    merged.merge(one);
    auto read = counts();
    read.merge_parts(one.take_apart());
    for (auto* const all : {&one, &merged, &read})
        CHECK_THROWS_AS(add(*all), std::overflow_error);
}

TEST_CASE("markov: what cannot be learned") {
    auto const reason = [](std::vector<row> const& paths, att::markov_options options = {}) {
        try {
            static_cast<void>(att::fit(letters::rows(paths), att::markov({}, options)));
        } catch (att::fit_error const& error) {
            return error.reason();
        }
        return att::fit_failure::not_solvable;
    };
    CHECK(reason({}) == att::fit_failure::no_path);
    CHECK(reason({{"", 5, 5, 0}}) == att::fit_failure::no_path);
    CHECK(reason({{"AB", 0, 0, 5}}) == att::fit_failure::no_converting_path);
    CHECK(reason({{"AB", 1, 0, 5}}, {.by_value = true}) == att::fit_failure::no_credit);
    CHECK_THROWS_WITH_AS(
        static_cast<void>(att::fit(letters::rows({{"A", 1, -50, 0}, {"B", 1, 100, 0}}),
                                   att::markov({}, {.by_value = true}))),
        doctest::Contains("a channel's removal would raise the value"), att::fit_error);
    CHECK_THROWS_AS(static_cast<void>(att::markov({}, {.order = 0})), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(att::fit(letters::rows({{"A", -1, 0, 5}}), att::markov())),
                    std::domain_error);
    CHECK_THROWS_AS(static_cast<void>(att::fit(letters::rows({{"A", 0, 7, 5}}), att::markov())),
                    std::domain_error);
}
