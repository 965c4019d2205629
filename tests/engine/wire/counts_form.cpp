// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/counts_form.hpp>

#include "support/law.hpp"
#include "support/walks.hpp"
#include "wire/support.hpp"

#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;

namespace {

using support::walk;

std::vector<walk> walks(support::random_numbers& random) {
    std::vector<walk> all;
    for (auto paths = 1 + random.below(12); paths > 0; --paths) {
        walk one{{}, random.below(3), random.below(3), 0};
        for (auto n = random.below(6); n > 0; --n)
            one.channels.emplace_back(1, static_cast<char>('a' + random.below(4)));
        if (one.conversions != 0)
            one.value = random.unit() * 100;
        all.push_back(one);
    }
    return all;
}

std::vector<walk> walks(std::uint64_t seed) {
    support::random_numbers random{seed};
    return walks(random);
}

auto counts_with_evidence(auto const& estimator, std::vector<walk> const& all) {
    auto counts = support::counts_of(estimator, all);
    counts.evidence().touchpoints.add({5, true});
    return counts;
}

att::configuration const how{.model = "learned", .policy = "always"};

void for_all_estimators(auto use) {
    use(att::markov());
    use(att::markov({}, {.order = 3}));
    use(att::markov({}, {.order = 2, .keep_repeats = true}));
    use(att::shapley());
    use(att::ordered_shapley());
}

template <class Counts>
auto about_counts(Counts const& counts) {
    return att::detail::partial_form<Counts>::describe(counts, how);
}

constexpr auto half = std::uint64_t{1} << 63;

/// Are these counts accepted after `change`?
bool accepted(auto const& estimator, auto change) {
    auto const counts = counts_with_evidence(estimator, walks(2));
    auto parts = counts.take_apart();
    change(parts);
    att::detail::byte_writer body;
    att::detail::write(body, parts);
    auto into = counts_with_evidence(estimator, {});
    return !support::failure_of(
        [&] { att::merge_bytes(into, att::detail::seal(about_counts(into), body.bytes()), how); });
}

}  // namespace

TEST_CASE("law: counts of parts, by way of bytes, are the counts of all to the byte") {
    for_all_estimators([](auto const& estimator) {
        support::for_all_worlds([&](support::random_numbers& random) {
            auto all = walks(random);
            all.push_back({{"a"}, 1, 0, 5.5});
            std::vector<walk> parts[3];
            for (auto const& one : all)
                parts[random.below(3)].push_back(one);
            auto merged = counts_with_evidence(estimator, {});
            for (auto const place : {2, 0, 1})
                att::merge_bytes(
                    merged, att::to_bytes(counts_with_evidence(estimator, parts[place]), how), how);
            auto const direct = counts_with_evidence(estimator, all);
            support::holds(att::to_bytes(merged, how) == att::to_bytes(direct, how));
            support::holds(merged.solve().card().text() == direct.solve().card().text());
            auto const a = merged.solve().effects();
            auto const b = direct.solve().effects();
            support::holds(a.size() == b.size());
            for (std::size_t i = 0; i < a.size(); ++i)
                support::holds((a[i].conversions == b[i].conversions && a[i].value == b[i].value));
        });
    });
}

TEST_CASE("damaged counts are refused whole") {
    for_all_estimators([](auto const& estimator) {
        auto some = walks(1);
        some.resize(std::min<std::size_t>(some.size(), 6));
        auto counts = counts_with_evidence(estimator, some);
        auto const bytes = att::to_bytes(counts, how);
        support::refuses_all_damage(
            bytes, [&](std::string const& b) { att::merge_bytes(counts, b, how); });
        CHECK(att::to_bytes(counts, how) == bytes);
    });
}

TEST_CASE("damaged counts with a good checksum are an error or can be solved, never worse") {
    for_all_estimators([&](auto const& estimator) {
        auto const full = counts_with_evidence(estimator, walks(2));
        auto const about = about_counts(full);
        int accepted = 0;
        auto const solve = [&](auto const& counts) {
            ++accepted;
            try {
                (void)counts.solve();
            } catch (att::fit_error const&) {
            } catch (std::overflow_error const&) {
            }
        };
        support::accepts_only_what_it_writes(about, how, full, counts_with_evidence(estimator, {}),
                                             solve);
        CHECK(accepted > 10);
    });
}

TEST_CASE("counts that no paths give are refused, also where numbers wrap around") {
    auto const check = [](auto const& estimator) {
        CHECK(accepted(estimator, [](auto&) {}));
        CHECK(!accepted(estimator, [](auto& parts) { ++parts.seen.conversions; }));
        CHECK(!accepted(estimator,
                        [](auto& parts) { std::swap(parts.channels[0], parts.channels[1]); }));
        CHECK(!accepted(estimator, [](auto& parts) {  // as many, but others
            --parts.seen.conversions;
            ++parts.seen.nulls;
        }));
        CHECK(accepted(estimator, [](auto& parts) { parts.seen.rows = half; }));
        CHECK(!accepted(estimator, [](auto& parts) {
            auto& [first, last] = *parts.seen.touchpoints.known;
            std::swap(first.count, last.count);
            ++first.count;
        }));
    };
    check(att::markov());
    check(att::markov({}, {.order = 2, .keep_repeats = true}));
    check(att::shapley());
    check(att::ordered_shapley());

    CHECK(
        !accepted(att::markov(), [](auto& parts) { std::swap(parts.states[0], parts.states[1]); }));
    CHECK(!accepted(att::markov(), [](auto& parts) { std::swap(parts.hops[0], parts.hops[1]); }));
    CHECK(!accepted(att::markov({}, {.order = 1, .keep_repeats = true}), [](auto& parts) {
        for (auto& [places, channel, count] : parts.hops)  // around and around, as often as can be
            if (places[0] == channel)
                count = half;
    }));
    CHECK(!accepted(att::shapley(),
                    [](auto& parts) { std::swap(parts.coalitions[0], parts.coalitions[1]); }));
    CHECK(!accepted(att::shapley(), [](auto& parts) { parts.players.pop_back(); }));
    CHECK(!accepted(att::shapley(), [](auto& parts) {
        std::get<2>(parts.coalitions[0]) += half;
        std::get<2>(parts.coalitions[1]) += half;
    }));
}

TEST_CASE("counts of another estimator are refused with what differs") {
    auto first = counts_with_evidence(att::markov(), walks(1));
    CHECK_THROWS_WITH(
        att::merge_bytes(
            first,
            att::to_bytes(counts_with_evidence(att::markov({}, {.order = 2}), walks(1)), how), how),
        "partial: these results are of another configuration: kind is 'Markov chain of order 2, "
        "repeats collapsed', and here 'Markov chain of order 1, repeats collapsed'");
}

TEST_CASE("counts with a state, hop or coalition that no path leaves behind are refused") {
    using places = std::vector<std::uint32_t>;
    CHECK(!accepted(att::markov(), [](auto& parts) {  // a state of no channel
        parts.states.emplace(parts.states.begin(), places{}, std::uint64_t{1}, std::uint64_t{0},
                             std::uint64_t{1}, std::nullopt);
        ++parts.seen.nulls;
    }));
    CHECK(!accepted(att::markov({}, {.order = 9}), [](auto& parts) {  // where nobody has been
        parts.states.emplace(parts.states.begin(), places(9, 0), std::uint64_t{0}, std::uint64_t{0},
                             std::uint64_t{0}, std::nullopt);
        std::sort(parts.states.begin(), parts.states.end(),
                  [](auto const& a, auto const& b) { return std::get<0>(a) < std::get<0>(b); });
    }));
    CHECK(!accepted(att::markov(), [](auto& parts) {  // a repeat, where repeats are collapsed
        parts.hops.emplace(parts.hops.begin(), places{0}, 0U, std::uint64_t{1});
    }));
    CHECK(!accepted(att::shapley(), [](auto& parts) {  // a coalition of nobody
        parts.coalitions.emplace(parts.coalitions.begin(), 0, std::uint64_t{0}, std::uint64_t{1},
                                 std::nullopt);
        ++parts.seen.nulls;
    }));
    CHECK(!accepted(att::shapley(), [](auto& parts) {  // one that nobody took
        auto& [players, conversions, nulls, value] = parts.coalitions.front();
        parts.seen.conversions -= conversions;
        parts.seen.nulls -= nulls;
        conversions = nulls = 0;
        value.reset();
    }));
}

TEST_CASE("a cycle that nobody enters or leaves has no effect") {
    auto counts = counts_with_evidence(att::markov(), {{{"a"}, 1, 0, 5}});
    auto parts = counts.take_apart();
    parts.channels = {"a", "b", "c"};
    parts.hops = {{{1}, 2, 5}, {{2}, 1, 5}};
    counts.merge_parts(parts);
    auto const effects = counts.solve().effects();
    REQUIRE(effects.size() == 3);
    CHECK(effects[0].conversions == 1);
    CHECK(effects[1].conversions == 0);
    CHECK(effects[2].conversions == 0);
}

TEST_CASE("counts of as many paths as there can be are read as they were written") {
    auto const check = [](auto const& estimator) {
        auto const empty = estimator.template counts<std::string, std::int64_t>();
        auto full = empty;
        full.add(std::vector{full.channel("a")}, {half, 5, half - 1});
        auto const bytes = att::to_bytes(full, how);
        auto again = empty;
        att::merge_bytes(again, bytes, how);
        CHECK(att::to_bytes(again, how) == bytes);
        CHECK_THROWS_AS(att::merge_bytes(again, bytes, how), std::overflow_error);
        CHECK(att::to_bytes(again, how) == bytes);
    };
    check(att::markov());
    check(att::shapley());
}

TEST_CASE("evidence is read as it was written") {
    att::evidence<std::int64_t> seen;
    seen.rows = 1;
    seen.conversions = 2;
    seen.nulls = 3;
    seen.value.add(-4);
    seen.pathless_conversions = 5;
    seen.pathless_value.add(6);
    seen.pathless_customers = 7;
    seen.touchpoints.add({8, false});
    att::detail::byte_writer out;
    att::detail::write(out, seen);
    att::detail::byte_reader in{out.bytes()};
    auto const copy = att::detail::read<att::evidence<std::int64_t>>(in);
    in.finish();
    CHECK(copy.rows == 1);
    CHECK(copy.paths() == 5);
    CHECK(copy.value.value() == -4);
    CHECK(copy.pathless_conversions == 5);
    CHECK(copy.pathless_value.value() == 6);
    CHECK(copy.pathless_customers == 7);
    CHECK(copy.touchpoints.text() == "8");
    CHECK(!copy.window_ends.known);
}
