// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/learn/set_counts.hpp>

#include <attribution/learn/shapley.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace att = attribution;
using att::detail::counted_set, att::detail::credit_sets;

namespace {

/// Makes nothing of the sets.
struct as_they_are {
    static constexpr char const* name = "as they are";
    template <class Sets>
    Sets operator()(Sets const& all) const {
        return all;
    }
};
using counts = att::detail::set_counts<as_they_are, char, std::int64_t>;
static_assert(att::learned_counts<counts> && att::separable<counts>);

template <class Counts>
void add(Counts& all, std::string const& path, std::uint64_t conversions, std::int64_t value,
         std::uint64_t nulls) {
    std::vector<std::uint32_t> numbers;
    for (char const one : path)
        numbers.push_back(all.channel(one));
    all.add(numbers, {conversions, value, nulls});
}

}  // namespace

TEST_CASE("sets forget order and repeats, and go over the wire as coalitions do") {
    counts all{as_they_are{}};
    counts other{as_they_are{}};
    auto players = att::shapley().counts<char, std::int64_t>();
    add(all, "BAB", 1, 10, 2);
    add(other, "AB", 2, 5, 0);
    add(other, "C", 0, 0, 1);
    for (auto const& [path, conversions, value, nulls] :
         {std::tuple{"AB", 3U, 15, 2U}, std::tuple{"C", 0U, 0, 1U}})
        add(players, path, conversions, value, nulls);
    att::configuration const how{.model = "learned", .policy = "always"};
    auto merged = all;
    merged.merge(other);
    att::merge_bytes(all, att::to_bytes(other, how), how);
    CHECK(att::to_bytes(all, how) == att::to_bytes(merged, how));

    auto const sets = merged.solve();
    CHECK(sets.channels == std::vector<char>{'A', 'B', 'C'});
    REQUIRE(sets.sets.size() == 2);
    CHECK(sets.sets[0].channels == std::vector<std::uint32_t>{0, 1});
    CHECK(sets.sets[0].conversions == 3);
    CHECK(sets.sets[0].nulls == 2);
    CHECK(sets.sets[0].value == 15);
    CHECK(sets.sets[1].value == 0);
    CHECK(merged.counted_by() == players.counted_by());
    CHECK(counts{merged}.evidence().rows == 3);
}

TEST_CASE("what sets earn, and what is cut off") {
    std::vector<counted_set> const sets{{{0, 1}, 4, 1, 8}, {{1}, 2, 0, 1}, {{2}, 0, 5, 0}};
    auto const worth = std::vector<double>{3, 1, 5};
    auto const fair = credit_sets(sets, 3, [&](std::uint32_t i, auto const&) { return worth[i]; });
    CHECK(fair.conversions[0].value() == 3);
    CHECK(fair.conversions[1].value() == 3);
    CHECK(fair.conversions[2].value() == 0);
    CHECK(fair.value[0].value() == 6);
    CHECK(fair.cut_paths == 0);
    auto const cut =
        credit_sets(sets, 3, [](std::uint32_t i, auto const&) { return i == 1 ? -0.5 : 1.0; });
    CHECK(cut.conversions[0].value() == 4);
    CHECK(cut.conversions[1].value() == 0);
    CHECK(cut.cut_paths == 6);
    CHECK(cut.cut.value() == -3);
    CHECK(cut.lost_paths == 2);
    att::model_card card;
    cut.note(card);
    CHECK(card.text().find("negative, set to 0    -3 in 6 converting paths") != std::string::npos);
    CHECK(card.warnings.size() == 1);
}
