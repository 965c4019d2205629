// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/merge_bytes.hpp>

#include "support/law.hpp"
#include "wire/support.hpp"
#include "wire/tallies.hpp"

#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

using namespace support;
using namespace support::tallies;

TEST_CASE("law: tallies of parts, by way of bytes, are the tally of all to the byte") {
    for_all_worlds([](random_numbers& random) {
        world const whole{random};
        auto const first = random.below(3);
        world parts[3]{whole, whole, whole};
        for (int part = 0; part < 3; ++part) {
            auto const foreign = [&](auto const& record) { return record.user != part; };
            std::erase_if(parts[part].log, foreign);
            std::erase_if(parts[part].book, foreign);
        }
        auto const check = [&](auto value) {
            auto merged = tally_of(parts[first], value);
            att::merge_bytes(merged, att::to_bytes(tally_of(parts[(first + 1) % 3], value), how),
                             how);
            att::merge_bytes(merged, att::to_bytes(tally_of(parts[(first + 2) % 3], value), how),
                             how);
            if (att::to_bytes(merged, how) != att::to_bytes(tally_of(whole, value), how))
                broken("bytes differ");
        };
        check(&sale::value);
        check(&tenth);
    });
}

TEST_CASE("law: parts with names merge in any order, and none of them twice") {
    for_all_worlds([](random_numbers& random) {
        world const whole{random};
        std::vector<std::string> sent;
        for (int part = 0; part < 3; ++part) {
            auto own = whole;
            auto const foreign = [&](auto const& record) { return record.user != part; };
            std::erase_if(own.log, foreign);
            std::erase_if(own.book, foreign);
            sent.push_back(att::to_bytes(tally_of(own, &sale::value), how,
                                         att::part_names{std::to_string(part)}));
        }
        world const none;
        auto merged = tally_of(none, &sale::value);
        att::part_names names;
        random.shuffle(sent);
        for (auto const& bytes : sent) {
            att::merge_bytes(merged, bytes, how, names);
            auto const before = att::to_bytes(merged, how, names);
            auto const& again = sent[random.below(names.size())];
            holds(failure_of([&] { att::merge_bytes(merged, again, how, names); }) ==
                  att::partial_failure::already_merged);
            holds(att::to_bytes(merged, how, names) == before);
            holds(att::part_names_of(before) == names);
        }
        holds(names == att::part_names{"0", "1", "2"});
        holds(att::to_bytes(merged, how) == att::to_bytes(tally_of(whole, &sale::value), how));
    });
}

TEST_CASE("bytes with names of parts, and bytes without, are not mixed up") {
    auto tally = tally_of(sample, &sale::value);
    auto const plain = att::to_bytes(tally, how);
    auto const named = att::to_bytes(tally, how, {"2026-01-05"});
    att::part_names names{"2026-01-05"};
    CHECK_THROWS_WITH(att::merge_bytes(tally, named, how, names),
                      "partial: the part '2026-01-05' was merged before");
    CHECK_THROWS_WITH(att::merge_bytes(tally, named, how),
                      "partial: these results are of another configuration: names of parts is "
                      "'before the result', and here '(not said)'");
    CHECK(failure_of([&] { att::merge_bytes(tally, plain, how, names); }) ==
          att::partial_failure::other_configuration);
    CHECK(att::to_bytes(tally, how) == plain);
    CHECK(att::part_names_of(plain).empty());
    CHECK(att::configuration_of(named).more.empty());
    att::part_names others{"2026-01-04"};
    att::merge_bytes(tally, named, att::configuration_of(named), others);
    CHECK(others.size() == 2);
    refuses_all_damage(named, [&](std::string const& damaged) {
        att::part_names fresh;
        att::merge_bytes(tally, damaged, how, fresh);
    });
}

namespace {

/// Counts that have no room left.
struct full_counts {
    using parts_type = std::vector<std::uint64_t>;
    [[nodiscard]] static parts_type take_apart() { return {1}; }
    [[nodiscard]] static std::string counted_by() { return "one"; }
    [[noreturn]] static void merge_parts(parts_type const&) { throw std::overflow_error{"full"}; }
};

}  // namespace

TEST_CASE("the names of parts that did not merge are not noted") {
    full_counts counts;
    att::part_names names{"2026-01-04"};
    auto const bytes = att::to_bytes(counts, how, {"2026-01-05"});
    CHECK_THROWS_AS(att::merge_bytes(counts, bytes, how, names), std::overflow_error);
    CHECK(names == att::part_names{"2026-01-04"});
}

TEST_CASE("an empty tally is the identity") {
    world const nothing = [] {
        auto w = sample;
        w.log.clear();
        w.book.clear();
        return w;
    }();
    auto tally = tally_of(sample, &sale::value);
    auto const before = att::to_bytes(tally, how);
    att::merge_bytes(tally, att::to_bytes(tally_of(nothing, &sale::value), how), how);
    CHECK(att::to_bytes(tally, how) == before);
    auto other = tally_of(nothing, &sale::value);
    att::merge_bytes(other, before, how);
    CHECK(att::to_bytes(other, how) == before);
}

TEST_CASE("a tally of other types or another configuration is refused with what differs") {
    auto cents = tally_of(sample, &sale::value);
    auto const tenths = att::to_bytes(tally_of(sample, &tenth), how);
    CHECK_THROWS_WITH(att::merge_bytes(cents, tenths, how),
                      "partial: these results are of another configuration: values is "
                      "'((optional text, char), bool, (tally of double))', and here '((optional "
                      "text, char), bool, (tally of int64))'");
    auto other = how;
    other.model = "last touch";
    CHECK(failure_of([&] { att::merge_bytes(cents, att::to_bytes(cents, other), how); }) ==
          att::partial_failure::other_configuration);
}

TEST_CASE("merge_bytes can be passed on") {
    auto sum = tally_of(sample, &sale::value);
    auto const twice = [&](auto merge) {
        for (auto const& bytes : std::vector<std::string>(2, att::to_bytes(sum, how)))
            merge(sum, bytes, how);
    };
    auto by_hand = sum;
    by_hand.merge(sum);
    by_hand.merge(sum);
    twice(att::merge_bytes);
    CHECK(att::to_bytes(sum, how) == att::to_bytes(by_hand, how));
}
