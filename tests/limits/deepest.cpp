// SPDX-License-Identifier: BSL-1.0
// Sequences a million long, where a recursion over them would end the program.
#include "limits/scale.hpp"
#include "support/random.hpp"

#include <attribution/engine/memory/sequence_tree.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace att = attribution;

namespace {

using limits::million;
att::configuration const how{.model = "learned", .policy = "always"};

/// Merged by way of bytes into empty ones: the same bytes.
void survives(auto const& counts, auto empty) {
    auto const bytes = att::to_bytes(counts, how);
    att::merge_bytes(empty, bytes, how);
    CHECK(att::to_bytes(empty, how) == bytes);
    auto merged = empty;
    merged.merge(counts);
    CHECK(att::to_bytes(merged, how).size() >= bytes.size());
}

}  // namespace

TEST_CASE("a sequence of a million in a prefix tree") {
    att::detail::sequence_tree tree;
    auto node = att::detail::sequence_tree::root;
    for (std::uint32_t i = 0; i < million; ++i)
        node = tree.child(node, i % 3);
    std::vector<std::uint32_t> sequence;
    tree.read(node, sequence);
    CHECK(sequence.size() == million);
    CHECK(sequence.back() == (million - 1) % 3);
}

TEST_CASE("a Markov chain of order a million") {
    auto const estimator = att::markov({}, {.order = million});
    auto counts = estimator.counts<int, std::int64_t>();
    support::random_numbers random{1};
    std::vector<std::uint32_t> path;
    for (std::uint32_t i = 0; i < million + 1; ++i)
        path.push_back(counts.channel(static_cast<int>(random.below(3))));
    counts.add(path, {1, 100, 1});
    survives(counts, estimator.counts<int, std::int64_t>());
    auto const model = counts.solve();
    for (auto const& effect : model.effects())
        CHECK(effect.conversions == 1);
}

TEST_CASE("coalitions of a million") {
    auto const estimator = att::shapley();
    auto counts = estimator.counts<std::uint32_t, std::int64_t>();
    std::vector<std::uint32_t> path;
    for (std::uint32_t i = 0; i < million; ++i)
        path.push_back(counts.channel(i));
    counts.add(path, {1, 100, 1});
    survives(counts, estimator.counts<std::uint32_t, std::int64_t>());

    auto const ordered = att::ordered_shapley();
    auto places = ordered.counts<int, std::int64_t>();
    path.assign(million, places.channel(1));
    places.add(path, {1, 100, 1});
    survives(places, ordered.counts<int, std::int64_t>());
}
