// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/memory/sequence_tree.hpp>

#include "support/small_world.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <vector>

TEST_CASE("law: sequence_tree: as a map of sequences") {
    support::for_all_worlds([](support::random_numbers& random) {
        attribution::detail::sequence_tree tree;
        std::map<std::vector<std::uint32_t>, std::uint32_t> known;
        for (int i = 0; i < 200; ++i) {
            std::vector<std::uint32_t> sequence;
            auto node = tree.root;
            for (auto left = random.between(0, 4); left > 0; --left) {
                sequence.push_back(static_cast<std::uint32_t>(random.between(0, 5)));
                auto const next = tree.child(node, sequence.back());
                if (tree.parent(next) != node || tree.last(next) != sequence.back() || next <= node)
                    return false;
                node = next;
            }
            if (known.emplace(sequence, node).first->second != node)
                return false;
            std::vector<std::uint32_t> read{9, 9};
            tree.read(node, read);
            if (read != sequence)
                return false;
        }
        return true;
    });
}

TEST_CASE("pair_map: pairs are not taken for others with which they share a place") {
    attribution::detail::pair_map map;
    CHECK(map.find(1, 2) == map.none);
    constexpr std::uint32_t size = 32;  // of 64 places: the most before there are more
    for (std::uint32_t i = 0; i < size; ++i)
        CHECK(map(7, i, 100 + i) == 100 + i);
    for (std::uint32_t i = 0; i < size; ++i)
        CHECK(map.find(7, i) == 100 + i);
    for (std::uint32_t i = 0; i < 1000; ++i) {
        CHECK(map.find(i, 7) == (i == 7 ? 107 : map.none));
        CHECK(map.find(7, size + i) == map.none);
    }
    CHECK(map(7, 0, 5) == 100);
}
