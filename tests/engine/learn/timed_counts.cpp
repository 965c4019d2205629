// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/timed_counts.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace att = attribution;

namespace {

using counts = att::detail::timed_counts<char, std::int64_t>;

void add(counts& all, std::string const& path, std::vector<std::int64_t> const& ages,
         att::path_outcome<std::int64_t> const& outcome) {
    std::vector<std::uint32_t> numbers;
    for (char const one : path)
        numbers.push_back(all.channel(one));
    all.add(numbers, ages, outcome);
}

}  // namespace

TEST_CASE("touchpoints are counted by channel and age, and those who converted by path") {
    counts all;
    add(all, "BA", {9, 2}, {1, 100, 0});
    add(all, "BAA", {9, 2, 2}, {0, 0, 3});
    counts other;
    add(other, "AB", {2, 9}, {2, 50, 1});  // the same path: of equal ages
    add(other, "CA", {-1, 0}, {1, 7, 0});  // C came later
    add(other, "C", {-5}, {1, 3, 0});      // nothing could have brought this
    add(other, "C", {5}, {0, 0, 0});
    auto const whole = [&] {
        auto merged = other;
        merged.merge(all);
        return merged;
    }();
    auto const parts = whole.take_apart();
    att::detail::check(parts, "test");
    CHECK(parts.channels == std::vector<char>{'A', 'B', 'C'});
    using touch = std::tuple<std::uint32_t, std::int64_t, std::uint64_t>;
    CHECK(parts.touches == std::vector<touch>{{0, 0, 1}, {0, 2, 10}, {1, 9, 7}});
    REQUIRE(parts.paths.size() == 2);
    CHECK(std::get<0>(parts.paths[0]) == std::vector<std::uint32_t>{0});
    CHECK(std::get<0>(parts.paths[1]) == std::vector<std::uint32_t>{1, 2});
    CHECK(std::get<1>(parts.paths[1]) == 3);
    CHECK(std::get<2>(parts.paths[1]).value() == 150);
    CHECK(parts.seen.conversions == 4);
    CHECK(parts.seen.nulls == 4);
    CHECK(parts.seen.pathless_conversions == 1);

    counts read;
    read.merge_parts(other.take_apart());
    read.merge_parts(all.take_apart());
    CHECK(read.take_apart().touches == parts.touches);
    CHECK(read.take_apart().seen.conversions == 4);
}

TEST_CASE("touchpoints of a path that is one too many are not among the counts") {
    counts all;
    add(all, "A", {3}, {1, 100, std::numeric_limits<std::uint64_t>::max() - 1});
    CHECK_THROWS_AS(add(all, "A", {8}, {0, 0, 1}), std::overflow_error);
    using touch = std::tuple<std::uint32_t, std::int64_t, std::uint64_t>;
    CHECK(all.take_apart().touches ==
          std::vector<touch>{{0, 3, std::numeric_limits<std::uint64_t>::max()}});
}

TEST_CASE("as many touchpoints as 64 bits count are taken, also those that were merged") {
    counts one;
    add(one, "AAA", {1, 2, 3}, {0, 0, std::uint64_t{1} << 62});
    counts merged;
    merged.merge(one);
    counts read;
    read.merge_parts(one.take_apart());
    for (auto* const all : {&one, &merged, &read})
        CHECK_THROWS_AS(add(*all, "AAA", {1, 2, 3}, {0, 0, std::uint64_t{1} << 62}),
                        std::overflow_error);
}
