// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/timed_parts.hpp>

#include "support/fields.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>

namespace att = attribution;

namespace {

using parts = att::detail::timed_parts<char, std::int64_t>;

/// A twice at age 0, one of which converted with B at age 4; the other did not.
parts good() {
    parts all;
    all.channels = {'A', 'B'};
    all.touches = {{0, 0, 2}, {1, 4, 1}};
    all.paths = {{{0, 1}, 1, {}}};
    all.seen.conversions = 1;
    all.seen.nulls = 1;
    return all;
}

bool refused(void (*spoil)(parts&)) {
    auto all = good();
    spoil(all);
    try {
        att::detail::check(all, "additive_hazard");
    } catch (std::invalid_argument const&) {
        return true;
    }
    return false;
}

}  // namespace

TEST_CASE("counts that no paths could give are refused") {
    CHECK(!refused([](parts&) {}));
    CHECK(refused([](parts& all) { all.channels = {'B', 'A'}; }));
    CHECK(refused([](parts& all) { std::get<0>(all.touches[1]) = 2; }));
    CHECK(refused([](parts& all) { std::get<1>(all.touches[0]) = -1; }));
    CHECK(refused([](parts& all) { std::get<2>(all.touches[1]) = 0; }));
    CHECK(refused([](parts& all) { all.touches[1] = all.touches[0]; }));
    CHECK(refused([](parts& all) { std::get<0>(all.paths[0]) = {}; }));
    CHECK(refused([](parts& all) { std::get<0>(all.paths[0]) = {1, 0}; }));
    CHECK(refused([](parts& all) { std::get<0>(all.paths[0]) = {0, 2}; }));
    CHECK(refused([](parts& all) { std::get<0>(all.paths[0]) = {1, 1}; }));
    CHECK(refused([](parts& all) { std::get<1>(all.paths[0]) = 2; }));
    CHECK(refused([](parts& all) { std::get<1>(all.paths[0]) = all.seen.conversions = 0; }));
    CHECK(refused([](parts& all) { all.paths.push_back(all.paths[0]); }));
    CHECK(refused([](parts& all) { all.seen.conversions = 2; }));
    CHECK(refused([](parts& all) { all.seen.nulls = 0; }));
    CHECK(refused([](parts& all) { all.seen.nulls = 2; }));
    CHECK(refused([](parts& all) {
        std::get<2>(all.touches[0]) = ~std::uint64_t{0};
        std::get<2>(all.touches[1]) = 2;
    }));
}

TEST_CASE("timed parts list all of their members") {
    CHECK(support::lists_all_members<attribution::detail::timed_parts<char, long>>());
}
