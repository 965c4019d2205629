// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/tally_form.hpp>

#include "wire/support.hpp"
#include "wire/tallies.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

using namespace support;
using namespace support::tallies;

namespace {

std::vector<touch> const nobody;
std::vector<sale> const nothing_sold;
std::vector<sale> const one_sold(1);

template <class Value>
auto no_sales(Value value) {
    return att::conversions(nothing_sold, &sale::user, &sale::at, value);
}

template <class Tally>
auto about_tally(Tally const& like) {
    return att::detail::partial_form<Tally>::describe(like, how);
}

/// The groups of a tally as they lie in its bytes.
template <class Tally>
auto entries_of(Tally const& tally) {
    auto const bytes = att::to_bytes(tally, how);
    att::detail::byte_reader in{att::detail::unseal(about_tally(tally), bytes)};
    return att::detail::read_groups<Tally>(in);
}

/// Bytes with good checksums that say: these groups, in this order.
template <class Tally>
std::string forged(Tally const& like, auto const&... chosen) {
    att::detail::byte_writer out;
    out.count(sizeof...(chosen));
    (att::detail::write(out, chosen), ...);
    return att::detail::seal(about_tally(like), out.bytes());
}

template <class Tally>
bool is_corrupt(Tally const& like, auto const&... chosen) {
    auto into = like;
    return failure_of([&] { att::merge_bytes(into, forged(like, chosen...), how); }) ==
           att::partial_failure::corrupt;
}

}  // namespace

TEST_CASE("damaged tallies are refused whole") {
    auto tally = tally_of(sample, &tenth);
    auto const bytes = att::to_bytes(tally, how);
    refuses_all_damage(bytes, [&](std::string const& b) { att::merge_bytes(tally, b, how); });
    CHECK(att::to_bytes(tally, how) == bytes);
}

TEST_CASE("a damaged tally with a good checksum is an error or a tally, never worse") {
    auto const check = [](auto const& full, auto const& empty) {
        int accepted = 0;
        accepts_only_what_it_writes(about_tally(full), how, full, empty, [&](auto const& tally) {
            ++accepted;
            try {
                (void)tally.finish();
            } catch (std::overflow_error const&) {
            }
        });
        CHECK(accepted > 100);
    };
    check(tally_of(sample, &tenth), groups.bind(no_sales(&tenth), touches(nobody)));
    check(tally_of(sample, &sale::value), groups.bind(no_sales(&sale::value), touches(nobody)));
}

TEST_CASE("groups in another order, or twice, are refused") {
    auto const full = tally_of(sample, &tenth);
    auto const entries = entries_of(full);
    REQUIRE(entries.size() > 1);
    auto into = full;
    CHECK_NOTHROW(att::merge_bytes(into, forged(full, entries[0], entries[1]), how));
    CHECK(is_corrupt(full, entries[1], entries[0]));
    CHECK(is_corrupt(full, entries[0], entries[0]));
}

TEST_CASE("groups that no credits make are refused") {
    auto const full = tally_of(sample, &tenth);
    auto const entries = entries_of(full);
    auto const of = [&](bool attributed) {
        return *std::find_if(entries.begin(), entries.end(),
                             [&](auto const& entry) { return std::get<1>(entry) == attributed; });
    };
    REQUIRE(!is_corrupt(full, of(false)));
    REQUIRE(!is_corrupt(full, of(true)));

    auto without_credits = of(true);
    std::get<2>(without_credits) = {};
    CHECK(is_corrupt(full, without_credits));
    att::running_total<double> tip;
    tip.add(0.1);
    std::get<2>(without_credits) = {att::tally<double>::from_parts({.amount = tip})};
    CHECK(is_corrupt(full, without_credits));

    auto without_channel = of(true);
    std::get<0>(std::get<0>(without_channel)).reset();
    CHECK(is_corrupt(full, without_channel));
    auto with_channel = of(false);
    std::get<0>(std::get<0>(with_channel)) = "aa";
    CHECK(is_corrupt(full, with_channel));
}

TEST_CASE("groups of numbers that no record is in are refused") {
    auto const by_number = att::by([](touch const& t) { return t.usage / 4.0; });
    auto full = by_number.bind(att::conversions(one_sold, &sale::user, &sale::at, &tenth),
                               touches(sample.log));
    REQUIRE(!sample.log.empty());
    full(att::credit<double>{0, 0, 1.5, 1.0});
    auto const entries = entries_of(full);
    REQUIRE(entries.size() == 2);
    REQUIRE(std::get<1>(entries[1]));
    auto changed = entries[1];
    for (double const number : {7.5, 0.0}) {
        std::get<0>(std::get<0>(changed)) = number;
        CHECK(!is_corrupt(full, entries[0], changed));
    }
    for (double const number : {-0.0, std::numeric_limits<double>::quiet_NaN()}) {
        std::get<0>(std::get<0>(changed)) = number;
        CHECK(is_corrupt(full, entries[0], changed));
    }
}

TEST_CASE("a tally that is by touchpoints alone always has unattributed value") {
    auto const by_channel = att::by(&touch::channel);
    auto const empty = by_channel.bind<2>(
        att::conversions(one_sold, &sale::user, &sale::at, &tenth), touches(nobody));
    auto full = empty;
    full(att::credit<double>{0, att::no_row, 1.5, 1.0}, 1);
    CHECK(entries_of(empty).size() == 1);
    CHECK(entries_of(full).size() == 1);
    CHECK(!is_corrupt(empty, entries_of(empty).front()));
    CHECK(!is_corrupt(empty, entries_of(full).front()));
    CHECK(is_corrupt(empty));
    auto attributed = entries_of(full).front();
    std::get<0>(std::get<0>(attributed)) = 'a';
    CHECK(is_corrupt(empty, entries_of(empty).front(), attributed));
    std::get<1>(attributed) = true;
    CHECK(!is_corrupt(empty, entries_of(empty).front(), attributed));
    CHECK(is_corrupt(empty, attributed));
}
