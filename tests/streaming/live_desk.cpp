// SPDX-License-Identifier: BSL-1.0
#include <attribution/streaming/live_desk.hpp>

#include "partial/support.hpp"
#include "streaming/support.hpp"

#include <attribution/partial/members.hpp>
#include <attribution/streaming/live.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace support;
using att::arrival;
using att::live_counts;

namespace {

att::configuration const how{.model = "linear", .policy = "5 ticks"};

std::string body_of(std::string const& snapshot) {
    return std::string{att::detail::unsealed(snapshot).body};
}
/// A snapshot that says the same of itself, has good checksums and another body.
std::string forged(std::string const& like, std::string const& body) {
    auto const says = att::detail::description::parse(att::about_partial(like));
    return att::detail::seal({says[0].second, says[1].second, att::configuration_of(like)}, body);
}
std::string bytes_of(double number) {
    att::detail::byte_writer out;
    att::detail::write(out, number);
    return out.bytes();
}

}  // namespace

TEST_CASE("what comes again changes nothing") {
    auto desk = desk_of(att::lookback(5));
    std::vector<live_credit> given;
    for (int i = 0; i < 3; ++i) {
        (void)desk.touch(tap(1, 10, 1));
        (void)desk.convert(buy(1, 12, 1));
    }
    desk.advance(13, keeping(desk, given));
    CHECK(given == std::vector<live_credit>{{1, 1, 100, 1}});
    CHECK(desk.convert(buy(1, 12, 1)) == arrival::duplicate);  // also after it was credited
    CHECK(desk.touch(tap(1, 10, 1)) == arrival::duplicate);
    CHECK(desk.counts().duplicates == 6);
    CHECK(desk.counts().touchpoints == 1);
}

TEST_CASE("late records are handed to whoever wants them") {
    auto desk = desk_of(att::lookback(5));
    auto const nothing = [](auto const&) {};
    desk.advance(10, nothing);
    std::vector<std::int64_t> late;
    auto const keep = [&](auto const& record) { late.push_back(record.id); };
    CHECK(desk.touch(tap(1, 9, 7), keep) == arrival::late);
    CHECK(desk.touch(tap(1, 10, 8), keep) == arrival::accepted);
    CHECK(desk.convert(buy(1, 9, 9), nothing, keep) == arrival::late);
    desk.finish(nothing);
    CHECK(desk.convert(buy(1, 99, 10), nothing, keep) == arrival::late);
    CHECK(late == std::vector<std::int64_t>{7, 9, 10});
    CHECK(desk.counts().late_touchpoints == 1);
    CHECK(desk.counts().late_conversions == 2);
}

TEST_CASE("conversions without a key are forgotten, too, when nobody can ask for them") {
    struct order {
        std::optional<int> user;
        tick at = 0;
        int id = 0;
    };
    auto desk = att::live(att::touchpoint_stream<order>(&order::user, &order::at, &order::id),
                          att::conversion_stream<order>(&order::user, &order::at, &order::id),
                          att::linear, att::lookback(5));
    auto const form = att::members(&order::user, &order::at, &order::id);
    for (int i = 0; i < 10'000; ++i) {
        (void)desk.convert({std::nullopt, i, i});
        desk.advance(i, [](auto const&) {});
    }
    CHECK(desk.snapshot(how, form, form).size() < 1000);
}

TEST_CASE("a model's error leaves the conversion waiting") {
    bool broken = true;
    auto desk = att::live(
        touch_stream(), sale_stream(), [&](auto const&, att::weights w) { w[0] = broken ? -1 : 1; },
        att::lookback(5));
    std::vector<live_credit> given;
    (void)desk.touch(tap(1, 1, 1));
    (void)desk.convert(buy(1, 2, 1));
    CHECK_THROWS_AS(desk.advance(9, keeping(desk, given)), std::domain_error);
    CHECK(desk.counts().waiting_conversions == 1);
    broken = false;
    desk.advance(9, keeping(desk, given));
    CHECK(given == std::vector<live_credit>{{1, 1, 100, 1}});
}

TEST_CASE("at once, a conversion whose credits nobody took was not taken") {
    auto desk = desk_of(att::lookback(5), att::at_once);
    (void)desk.touch(tap(1, 1, 1));
    auto const before = desk.counts();
    for (int const user : {1, 2}) {  // known, and new
        auto const full = [](auto const&) { throw std::domain_error{"the disk is full"}; };
        CHECK_THROWS_AS((void)desk.convert(buy(user, 2, 1), full), std::domain_error);
        CHECK(desk.counts() == before);
    }
    std::vector<live_credit> given;
    CHECK(desk.convert(buy(1, 2, 1), keeping(desk, given)) == arrival::accepted);
    CHECK(given == std::vector<live_credit>{{1, 1, 100, 1}});
    CHECK(desk.counts() != before);
}

TEST_CASE("numbers that are none are refused") {
    struct moment {
        int user;
        double at;
        double value;
    };
    auto desk = att::live(
        att::touchpoint_stream<moment>(&moment::user, &moment::at, &moment::user),
        att::conversion_stream<moment>(&moment::user, &moment::at, &moment::user, &moment::value),
        att::linear, att::lookback(5.0));
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS((void)desk.touch({1, nan, 0}), std::domain_error);
    CHECK_THROWS_AS((void)desk.convert({1, nan, 0}), std::domain_error);
    CHECK_THROWS_AS((void)desk.convert({1, 1, nan}), std::domain_error);
    CHECK_THROWS_AS(desk.advance(nan, [](auto const&) {}), std::domain_error);
    CHECK(desk.counts() == live_counts{});
}

TEST_CASE("damaged snapshots are refused, and the desk goes on") {
    auto desk = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
    for (tick at = 0; at < 9; ++at) {
        (void)desk.touch(tap(static_cast<int>(at % 2), at, at));
        (void)desk.convert(buy(static_cast<int>(at % 3), at, at));
    }
    desk.advance(7, [](auto const&) {});
    auto const bytes = desk.snapshot(how, touch_members, sale_members);
    auto other = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
    (void)other.touch(tap(1, 1, 1));
    auto const before = other.snapshot(how, touch_members, sale_members);
    refuses_all_damage(bytes, [&](std::string const& damaged) {
        other.restore(damaged, how, touch_members, sale_members);
    });
    CHECK(other.snapshot(how, touch_members, sale_members) == before);
    other.restore(bytes, how, touch_members, sale_members);
    CHECK(other.counts() == desk.counts());

    random_numbers random{11};
    auto const about = att::about_partial(bytes);
    auto const size = bytes.size();
    for (int i = 0; i < 3000; ++i) {  // with a good checksum: an error or a desk, never worse
        auto damaged = bytes;
        auto const body = 8 + 4 + 4 + about.size() + 8 + 8;
        for (auto n = 1 + random.below(3); n > 0; --n)
            damaged[body + random.below(size - body - 8)] = static_cast<char>(random.bits() % 256);
        damaged.resize(size - 8);
        att::detail::byte_writer sum;
        sum.fixed(att::stable_hash(damaged));
        auto fresh = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
        if (fault_of(
                [&] { fresh.restore(damaged + sum.bytes(), how, touch_members, sale_members); }))
            continue;
        (void)fresh.touch(tap(1, 8, 5));
        fresh.finish([](auto const&) {});
        fresh.tidy();
    }
}

TEST_CASE("a snapshot with a number that is none is refused as damaged") {
    struct moment {
        int user = 0;
        double at = 0;
        double value = 0;
    };
    auto const make = [] {
        return att::live(att::touchpoint_stream<moment>(&moment::user, &moment::at, &moment::user),
                         att::conversion_stream<moment>(&moment::user, &moment::at, &moment::user,
                                                        &moment::value),
                         att::linear, att::lookback(5.0));
    };
    auto const form = att::members(&moment::user, &moment::at, &moment::value);
    auto desk = make();
    desk.advance(0.125, [](auto const&) {});
    (void)desk.convert({1, 2.5, 0.25});
    auto const bytes = desk.snapshot(how, form, form);
    for (double const number : {0.125, 2.5, 0.25}) {  // the watermark, the time, the value
        att::detail::byte_writer good;
        att::detail::write(good, number);
        auto const place = bytes.find(good.bytes());
        REQUIRE(place != bytes.npos);
        att::detail::byte_writer damaged;
        damaged.raw(std::string_view{bytes}.substr(0, place));
        att::detail::write(damaged, std::numeric_limits<double>::quiet_NaN());
        damaged.raw(std::string_view{bytes}.substr(place + 8, bytes.size() - place - 16));
        damaged.fixed(att::stable_hash(damaged.bytes()));
        auto other = make();
        CHECK(fault_of([&] { other.restore(damaged.bytes(), how, form, form); }) ==
              att::partial_fault::corrupt);
        CHECK(other.counts() == live_counts{});
    }
}

TEST_CASE("snapshots of another desk are refused with what differs") {
    auto desk = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
    auto const bytes = desk.snapshot(how, touch_members, sale_members);
    auto slower = desk_of(att::lookback(5), att::allowed_lateness(tick{3}));
    CHECK_THROWS_WITH(slower.restore(bytes, how, touch_members, sale_members),
                      "partial: these results are of another configuration: allowed lateness is "
                      "'2, int64', and here '3, int64'");
}

TEST_CASE("a snapshot in which conversions wait is no snapshot of a desk that credits at once") {
    auto slow = desk_of(att::lookback(5));
    (void)slow.convert(buy(1, 2, 3));
    auto const waiting = slow.snapshot(how, touch_members, sale_members);
    auto quick = desk_of(att::lookback(5), att::at_once);
    auto const bytes = quick.snapshot(how, touch_members, sale_members);
    auto const restores = [&](std::string const& snapshot) {
        quick.restore(snapshot, how, touch_members, sale_members);
    };
    CHECK(fault_of([&] { restores(waiting); }) == att::partial_fault::other_configuration);

    CHECK(forged(bytes, body_of(bytes)) == bytes);
    CHECK(fault_of([&] { restores(forged(bytes, body_of(waiting))); }) ==
          att::partial_fault::corrupt);
    CHECK(quick.snapshot(how, touch_members, sale_members) == bytes);
}

TEST_CASE("a snapshot with a customer whose key is a NaN is refused") {
    struct pass {
        double user = 0;
        tick at = 0;
        int id = 0;
    };
    auto const form = att::members(&pass::user, &pass::at, &pass::id);
    auto desk = att::live(att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id),
                          att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id),
                          att::linear, att::lookback(5));
    auto const bytes = desk.snapshot(how, form, form);
    auto const fault = [&](double key) {
        auto body = body_of(bytes);
        REQUIRE(body.back() == 0);  // no customers
        body.back() = 1;
        body += bytes_of(key) + std::string(2, '\0');  // without records
        return fault_of([&] { desk.restore(forged(bytes, body), how, form, form); });
    };
    CHECK(fault(2.5) == std::nullopt);
    CHECK(fault(std::numeric_limits<double>::quiet_NaN()) == att::partial_fault::corrupt);
}
