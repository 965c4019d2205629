// SPDX-License-Identifier: BSL-1.0
#include <attribution/partial/tally.hpp>

#include "partial/support.hpp"
#include "support/world.hpp"

#include <attribution/attribute.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace support;

namespace {

auto const groups =
    att::by([](touch const& t) { return std::string(2, t.channel); }, &sale::region);
att::configuration const how{
    .model = "linear", .policy = "5 ticks", .grouping = "channel twice, region"};

template <class Value>
auto tally_of(world const& w, Value value) {
    auto const journeys =
        att::join(att::conversions(w.book, &sale::user, &sale::at, value), touches(w.log));
    auto tally = groups.bind(journeys.conversions(), journeys.touchpoints());
    att::attribute(journeys, att::linear, att::lookback(world::lookback), tally);
    return tally;
}

double tenth(sale const& s) {
    return static_cast<double>(s.value % 1'000'003) / 10;
}

world const sample = [] {
    random_numbers random{17};
    return world{random};
}();

}  // namespace

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

TEST_CASE("damaged tallies are refused whole") {
    auto tally = tally_of(sample, &tenth);
    auto const bytes = att::to_bytes(tally, how);
    refuses_all_damage(bytes, [&](std::string const& b) { att::merge_bytes(tally, b, how); });
    CHECK(att::to_bytes(tally, how) == bytes);
}

TEST_CASE("a damaged tally with a good checksum is an error or a tally, never worse") {
    auto const empty = tally_of(sample, &tenth);
    auto const about = att::detail::describe_tally<std::remove_const_t<decltype(empty)>>(how);
    auto const body = std::string{att::detail::unseal(about, att::to_bytes(empty, how))};
    random_numbers random{9};
    for (int i = 0; i < 3000; ++i) {
        auto damaged = body;
        for (auto n = 1 + random.below(3); n > 0; --n)
            damaged[random.below(damaged.size())] = static_cast<char>(random.bits() % 256);
        if (random.chance(4))
            damaged.resize(random.below(damaged.size()));
        auto into = empty;
        auto const fault = fault_of([&] {
            att::merge_bytes(into, att::detail::seal(about, damaged), how);
            try {
                (void)into.finish();
            } catch (std::overflow_error const&) {
            }
        });
        if (fault && att::to_bytes(into, how) != att::to_bytes(empty, how))
            broken("changed by what was refused");
    }
}

TEST_CASE("groups in another order, or twice, are refused") {
    auto const full = tally_of(sample, &tenth);
    using tally = std::remove_const_t<decltype(full)>;
    auto const about = att::detail::describe_tally<tally>(how);
    auto const body = std::string{att::detail::unseal(about, att::to_bytes(full, how))};
    att::detail::byte_reader in{body};
    auto const entries = att::detail::read_groups<tally>(in);
    REQUIRE(entries.size() > 1);
    auto const sealed = [&](auto const&... chosen) {
        att::detail::byte_writer out;
        out.count(sizeof...(chosen));
        (att::detail::write(out, chosen), ...);
        return att::detail::seal(about, out.bytes());
    };
    auto into = full;
    CHECK_NOTHROW(att::merge_bytes(into, sealed(entries[0], entries[1]), how));
    for (auto const& bytes : {sealed(entries[1], entries[0]), sealed(entries[0], entries[0])})
        CHECK(fault_of([&] { att::merge_bytes(into, bytes, how); }) == att::partial_fault::corrupt);
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
    CHECK(fault_of([&] { att::merge_bytes(cents, att::to_bytes(cents, other), how); }) ==
          att::partial_fault::other_configuration);
}
