// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/snapshot.hpp>

#include "stream/shop.hpp"
#include "stream/support.hpp"
#include "wire/support.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/members.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>

using namespace support;
using namespace support::shop_desks;
using att::live_counts;

namespace {

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
    return out.take();
}

}  // namespace

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
        sum.fixed(att::detail::checksum(damaged));
        auto fresh = desk_of(att::lookback(5), att::allowed_lateness(tick{2}));
        if (failure_of(
                [&] { fresh.restore(damaged + sum.take(), how, touch_members, sale_members); }))
            continue;
        (void)fresh.touch(tap(1, 8, 5));
        fresh.finish([](auto const&) {});
        fresh.tidy();
    }
}

TEST_CASE(
    "a desk has one snapshot, in whatever order its customers came, and wherever it goes on") {
    constexpr int customers = 300;
    auto forwards = desk_of(att::lookback(5));
    auto backwards = desk_of(att::lookback(5));
    for (int i = 0; i < customers; ++i)
        (void)forwards.touch(tap(i, 8, i));
    for (int i = customers; i-- > 0;)
        (void)backwards.touch(tap(i, 8, i));
    auto const bytes = forwards.snapshot(how, touch_members, sale_members);
    CHECK(backwards.snapshot(how, touch_members, sale_members) == bytes);
    auto other = desk_of(att::lookback(5));
    other.restore(bytes, how, touch_members, sale_members);
    CHECK(other.snapshot(how, touch_members, sale_members) == bytes);
}

TEST_CASE("a snapshot does not show what has been forgotten so far") {
    auto const after = [](bool tidied) {
        auto desk = desk_of(att::lookback(5));
        for (int i = 0; i < 300; ++i) {
            (void)desk.touch(tap(i, i, i));
            (void)desk.convert(buy(i, i, i));
            desk.advance(i, [](auto const&) {});
            if (tidied)
                desk.tidy();
        }
        return desk.snapshot(how, touch_members, sale_members);
    };
    CHECK(after(true) == after(false));
}

TEST_CASE("a snapshot with a NaN is refused as damaged") {
    struct moment {
        int user = 0;
        double at = 0;
        double value = 0;
    };
    auto const make = [] {
        return att::live(att::conversion_stream<moment>(&moment::user, &moment::at, &moment::user,
                                                        &moment::value),
                         att::touchpoint_stream<moment>(&moment::user, &moment::at, &moment::user),
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
        damaged.fixed(att::detail::checksum(damaged.bytes()));
        auto other = make();
        CHECK(failure_of([&] { other.restore(damaged.bytes(), how, form, form); }) ==
              att::partial_failure::corrupt);
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

TEST_CASE("nobody has to say what a desk was made with") {
    auto const desk_with = [](auto const& model, tick length) {
        return att::live(sale_stream(), touch_stream(), model, att::lookback(length));
    };
    auto desk = desk_with(att::linear, 7);
    (void)desk.touch(tap(1, 1, 1));
    auto const bytes = desk.snapshot(touch_members, sale_members);
    CHECK(desk.made_with().policy == "lookback(7)");
    auto same = desk_with(att::linear, 7);
    same.restore(bytes, touch_members, sale_members);
    CHECK(same.counts() == desk.counts());
    CHECK(same.snapshot(touch_members, sale_members) == bytes);

    auto other_model = desk_with(att::first_touch, 7);
    CHECK_THROWS_WITH(other_model.restore(bytes, touch_members, sale_members),
                      "partial: these results are of another configuration: model is 'linear', and "
                      "here 'first_touch'");
    auto longer = desk_with(att::linear, 30);
    CHECK_THROWS_WITH(longer.restore(bytes, touch_members, sale_members),
                      "partial: these results are of another configuration: policy is "
                      "'lookback(7)', and here 'lookback(30)'");
    CHECK(longer.counts() == live_counts{});
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
    CHECK(failure_of([&] { restores(waiting); }) == att::partial_failure::other_configuration);

    CHECK(forged(bytes, body_of(bytes)) == bytes);
    CHECK(failure_of([&] { restores(forged(bytes, body_of(waiting))); }) ==
          att::partial_failure::corrupt);
    CHECK(quick.snapshot(how, touch_members, sale_members) == bytes);
}

TEST_CASE("a snapshot with a customer whose key is a NaN is refused") {
    struct pass {
        double user = 0;
        tick at = 0;
        int id = 0;
    };
    auto const form = att::members(&pass::user, &pass::at, &pass::id);
    auto desk = att::live(att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id),
                          att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id),
                          att::linear, att::lookback(5));
    auto const bytes = desk.snapshot(how, form, form);
    auto const fault = [&](double key) {
        auto body = body_of(bytes);
        REQUIRE(body.back() == 0);  // no customers
        body.back() = 1;
        body += bytes_of(key) + std::string(2, '\0');  // without records
        return failure_of([&] { desk.restore(forged(bytes, body), how, form, form); });
    };
    CHECK(fault(2.5) == std::nullopt);
    CHECK(fault(std::numeric_limits<double>::quiet_NaN()) == att::partial_failure::corrupt);
}

TEST_CASE("a desk that knows ids again takes no snapshot of one that does not") {
    auto const plain = [] { return shop(att::lookback(5)); };
    auto const knowing = [](auto... length) {
        return [=] { return shop(att::lookback(5), att::deduplicate_conversions(length...)); };
    };
    auto const fault = [](auto from, auto to) {
        return failure_of([&] { (void)restarted(from(), to()); });
    };
    auto const other = att::partial_failure::other_configuration;
    CHECK(fault(plain, knowing(9)) == other);
    CHECK(fault(knowing(9), plain) == other);
    CHECK(fault(knowing(9), knowing(8)) == other);
    CHECK(fault(knowing(9), knowing()) == other);
    CHECK(fault(knowing(9), knowing(9)) == std::nullopt);
    CHECK(fault(knowing(), knowing()) == std::nullopt);
}

TEST_CASE("a snapshot whose remembered ids are out of order is refused") {
    auto const make = [] { return shop(att::lookback(5), att::deduplicate_conversions()); };
    auto desk = make();
    (void)desk.convert({"first", "ann", 5, 1});
    (void)desk.convert({"other", "ann", 6, 1});
    auto const bytes = desk.snapshot(how, click_members, order_members);
    auto body = body_of(bytes);
    auto const place = body.rfind("other");
    REQUIRE(place != body.npos);
    body.replace(place, 5, "aaaaa");
    auto fresh = make();
    CHECK(failure_of([&] {
              fresh.restore(forged(bytes, body), how, click_members, order_members);
          }) == att::partial_failure::corrupt);
    CHECK(fresh.counts() == live_counts{});
}
