// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/survival_counts.hpp>

#include "support/fields.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace detail = attribution::detail;
using parts = detail::survival_parts<char, std::int64_t>;

namespace {

/// Two paths: 'a' for 70 ticks and then lost, 'b' for 5 ticks and then converted.
parts good() {
    parts all{{'a', 'b'}, {{{0}, 64, 0, {}}, {{1}, 6, 0, {}}, {{8}, 5, 1, {}}}, {}};
    std::get<3>(all.states[2]).emplace().add(12);
    all.seen.rows = 2;
    all.seen.conversions = all.seen.nulls = 1;
    all.seen.value.add(12);
    return all;
}

/// Are counts refused after this change?
template <class Change>
bool refused(Change change) {
    auto all = good();
    change(all);
    try {
        detail::check(all);
    } catch (std::invalid_argument const&) {
        return true;
    }
    return false;
}

}  // namespace

TEST_CASE("survival parts: only those that paths could give") {
    CHECK(!refused([](parts&) {}));
    CHECK(refused([](parts& all) { all.channels = {'b', 'a'}; }));
    CHECK(refused([](parts& all) { all.channels = {'a'}; }));
    CHECK(refused([](parts& all) { std::swap(all.states[0], all.states[1]); }));
    CHECK(refused([](parts& all) { all.states[1] = all.states[0]; }));
    CHECK(refused([](parts& all) { std::get<0>(all.states[2]) = {9, 8}; }));
    CHECK(refused([](parts& all) { std::get<1>(all.states[0]) = 0; }));
    CHECK(refused([](parts& all) { std::get<2>(all.states[2]) = 6; }));
    CHECK(refused([](parts& all) { std::get<3>(all.states[2]).reset(); }));
    CHECK(refused([](parts& all) { std::get<3>(all.states[0]).emplace(); }));
    CHECK(refused([](parts& all) { all.seen.conversions = 2; }));
    CHECK(refused([](parts& all) { all.seen.nulls = 1'000; }));
    CHECK(refused([](parts& all) {
        std::get<1>(all.states[0]) = std::numeric_limits<std::uint64_t>::max();
    }));
}

TEST_CASE("parts of survival list all of their members") {
    CHECK(support::lists_all_members<attribution::detail::survival_parts<char, long>>());
}
