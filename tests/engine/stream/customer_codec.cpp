// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/customer_codec.hpp>

#include "stream/support.hpp"
#include "wire/support.hpp"

#include <attribution/records/cooldown.hpp>
#include <attribution/stream/counted_stream.hpp>
#include <attribution/wire/members.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace support;

namespace {

struct visit {
    std::optional<int> user;
    double at = 0;
    std::int64_t id = 0;
    double value = 0;
};

auto const touches = att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::id);
auto const sales =
    att::conversion_stream<visit>(&visit::user, &visit::at, &visit::id, &visit::value);
auto const counted_sales = att::counted(sales, att::cooldown(5.0));
auto const all_members = att::members(&visit::user, &visit::at, &visit::id, &visit::value);
using held = att::detail::held_records<std::remove_const_t<decltype(touches)>,
                                       std::remove_const_t<decltype(sales)>>;

auto codec_of(auto const& touch, auto const& sale) {
    return att::detail::customer_codec{touches, sales, touch, sale};
}
auto counted_codec() {
    return att::detail::customer_codec{touches, counted_sales, all_members, all_members};
}
std::string bytes_of(held const& customer) {
    att::detail::byte_writer out;
    codec_of(all_members, all_members).write(out, customer);
    return out.take();
}
held read(std::string const& bytes, std::optional<int> key) {
    att::detail::byte_reader in{bytes};
    auto const codec = codec_of(all_members, all_members);
    auto customer = codec.read(in, key);
    in.finish();
    if (key)  // the desk knows later whose records these may be: of merged keys, too
        codec.check_keys(customer, [&](auto const& own) { return own == key; });
    return customer;
}
held customer_of(std::vector<visit> path, std::vector<held::conversion> conversions = {}) {
    return {std::move(path), std::move(conversions)};
}
held::conversion waiting(visit const& sale) {
    return {{sale.at, sale.id}, sale};
}
held::conversion credited(double at, std::int64_t id) {
    return {{at, id}, std::nullopt};
}

bool is_refused(held const& customer, std::optional<int> key = 1) {
    return failure_of([&] { (void)read(bytes_of(customer), key); }) ==
           att::partial_failure::corrupt;
}

}  // namespace

TEST_CASE("a customer comes back from bytes") {
    auto const bytes = bytes_of(customer_of({{1, 2, 5, 0.5}, {1, 2, 6}, {1, 3, -1}},
                                            {credited(1, 9), waiting({1, 2, 3, 4})}));
    auto const copy = read(bytes, 1);
    CHECK(bytes_of(copy) == bytes);
    REQUIRE(copy.touchpoints.size() == 3);
    CHECK(copy.touchpoints.front().value == 0.5);
    REQUIRE(copy.conversions.size() == 2);
    CHECK(!copy.conversions.front().record);
    CHECK(copy.conversions.front().when.id == 9);
    CHECK(copy.conversions.back().record.value().value == 4);
    CHECK(read(bytes_of({}), 1).empty());
    CHECK(codec_of(all_members, all_members).name() ==
          "key int32, time double, id int64, touchpoints {optional int32, double, int64, "
          "double}, conversions {optional int32, double, int64, double}");
}

TEST_CASE("a conversion counts, does not, or is open: nothing else comes back") {
    auto const codec = counted_codec();
    for (unsigned char verdict = 0; verdict <= 3; ++verdict) {
        decltype(codec)::customer_type customer;
        customer.conversions.push_back(
            {{1, 9}, std::nullopt, static_cast<att::detail::decision>(verdict)});
        att::detail::byte_writer out;
        codec.write(out, customer);
        auto const read = [&] {
            att::detail::byte_reader in{out.bytes()};
            return codec.read(in, 1);
        };
        if (verdict < 3)
            CHECK(static_cast<unsigned char>(read().conversions[0].verdict) == verdict);
        else
            CHECK(failure_of([&] { (void)read(); }) == att::partial_failure::corrupt);
    }
}

TEST_CASE("records of a customer who is another are refused") {
    auto const path = customer_of({{1, 2, 5}});
    CHECK(!is_refused(path, 1));
    CHECK(is_refused(path, 2));
    CHECK(is_refused(path, std::nullopt));
    CHECK(is_refused(customer_of({{std::nullopt, 2, 5}}), 1));
    CHECK(is_refused(customer_of({{std::nullopt, 2, 5}}), std::nullopt));  // nobody has none
    auto const bought = customer_of({}, {waiting({1, 2, 5})});
    CHECK(!is_refused(bought, 1));
    CHECK(is_refused(bought, 2));
    CHECK(is_refused(bought, std::nullopt));
    CHECK(is_refused(customer_of({}, {waiting({std::nullopt, 2, 5})}), 1));
    CHECK(!is_refused(customer_of({}, {waiting({std::nullopt, 2, 5})}), std::nullopt));
    CHECK(!is_refused(customer_of({}, {credited(2, 5)}), std::nullopt));
}

TEST_CASE("records out of order, there twice, or under another stamp are refused") {
    CHECK(!is_refused(customer_of({{1, 2, 5}, {1, 2, 6}})));
    CHECK(is_refused(customer_of({{1, 2, 6}, {1, 2, 5}})));
    CHECK(is_refused(customer_of({{1, 2, 5}, {1, 2, 5}})));
    CHECK(is_refused(customer_of({{1, 3, 5}, {1, 2, 6}})));
    CHECK(!is_refused(customer_of({}, {credited(2, 5), credited(2, 6)})));
    CHECK(is_refused(customer_of({}, {credited(2, 6), credited(2, 5)})));
    CHECK(is_refused(customer_of({}, {credited(2, 5), credited(2, 5)})));
    CHECK(is_refused(customer_of({}, {credited(3, 5), credited(2, 6)})));
    auto stamped = waiting({1, 2, 5});
    CHECK(!is_refused(customer_of({}, {stamped})));
    for (int const off : {-1, 1}) {
        stamped.when = {2.0 + off, 5};
        CHECK(is_refused(customer_of({}, {stamped})));
        stamped.when = {2.0, 5 + off};
        CHECK(is_refused(customer_of({}, {stamped})));
    }
}

TEST_CASE("touchpoints without an id may share an instant, and are in order like all others") {
    struct click {
        int user = 1;
        double at = 0;
        std::optional<int> id;
    };
    auto const clicks = att::touchpoint_stream<click>(&click::user, &click::at, &click::id);
    auto const orders = att::conversion_stream<click>(&click::user, &click::at, &click::id);
    auto const members = att::members(&click::user, &click::at, &click::id);
    att::detail::customer_codec const codec{clicks, orders, members, members};
    auto const is_refused_path = [&](std::vector<click> path) {
        att::detail::byte_writer out;
        codec.write(out, {std::move(path), {}});
        att::detail::byte_reader in{out.bytes()};
        return failure_of([&] { (void)codec.read(in, 1); }) == att::partial_failure::corrupt;
    };
    CHECK(!is_refused_path({{1, 2, {}}, {1, 2, {}}, {1, 2, 5}, {1, 3, {}}}));
    CHECK(is_refused_path({{1, 3, {}}, {1, 2, {}}}));
    CHECK(is_refused_path({{1, 2, 5}, {1, 2, {}}}));
}

TEST_CASE("times and values that are not numbers are refused") {
    double const infinity = std::numeric_limits<double>::infinity();
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(is_refused(customer_of({}, {waiting({1, 2, 5, infinity})})));
    CHECK(is_refused(customer_of({}, {waiting({1, 2, 5, -infinity})})));
    CHECK(is_refused(customer_of({}, {credited(nan, 5)})));
    // A record with a NaN is equal to no copy, so that nobody writes one.
    auto const as_bytes = [](double number) {
        att::detail::byte_writer out;
        att::detail::write(out, number);
        return out.take();
    };
    for (auto const& customer :
         {customer_of({{1, 0.125, 5}}), customer_of({}, {waiting({1, 2, 5, 0.125})})}) {
        auto bytes = bytes_of(customer);
        auto const place = bytes.find(as_bytes(0.125));
        REQUIRE(place != bytes.npos);
        bytes.replace(place, 8, as_bytes(nan));
        CHECK(failure_of([&] { (void)read(bytes, 1); }) == att::partial_failure::corrupt);
    }
}

TEST_CASE("members that leave out key, time, id or value are refused before anything is written") {
    auto const customer = customer_of({{1, 2, 5}}, {waiting({1, 2, 5, 8})});
    auto const refuses_of = [](held const& records, auto const& touch, auto const& sale) {
        att::detail::byte_writer out;
        CHECK_THROWS_WITH_AS(codec_of(touch, sale).write(out, records),
                             "live: members(...) of a snapshot must hold what the record's key, "
                             "time, id and value are read from",
                             std::invalid_argument);
    };
    auto const refuses = [&](auto const& touch, auto const& sale) {
        refuses_of(customer, touch, sale);
    };
    refuses(att::members(&visit::at, &visit::id), all_members);
    refuses(att::members(&visit::user, &visit::id), all_members);
    refuses(att::members(&visit::user, &visit::at), all_members);
    refuses_of(customer_of({{1, 2, -5}}), att::members(&visit::user, &visit::at), all_members);
    refuses(all_members, att::members(&visit::at, &visit::id, &visit::value));
    refuses(all_members, att::members(&visit::user, &visit::id, &visit::value));
    refuses(all_members, att::members(&visit::user, &visit::at, &visit::value));
    refuses(all_members, att::members(&visit::user, &visit::at, &visit::id));

    // The value of a touchpoint is read by nobody.
    att::detail::byte_writer out;
    CHECK_NOTHROW(codec_of(att::members(&visit::user, &visit::at, &visit::id), all_members)
                      .write(out, customer));
}

TEST_CASE(
    "instants of two clocks: those beyond the common one come back, those that no desk takes are "
    "refused") {
    using std::chrono::nanoseconds;
    struct click {
        int user = 1;
        date::sys_time<nanoseconds> at;
        int id = 0;
    };
    struct order {
        int user = 1;
        date::sys_days at;
        int id = 0;
    };
    auto const clicks = att::touchpoint_stream<click>(&click::user, &click::at, &click::id);
    auto const orders = att::conversion_stream<order>(&order::user, &order::at, &order::id);
    auto const click_members = att::members(&click::user, &click::at, &click::id);
    auto const order_members = att::members(&order::user, &order::at, &order::id);
    auto const there_and_back = [](auto const& touch_stream, auto const& sale_stream,
                                   auto const& touch, auto const& sale, auto const& customer) {
        att::detail::customer_codec const codec{touch_stream, sale_stream, touch, sale};
        att::detail::byte_writer out;
        codec.write(out, customer);
        att::detail::byte_reader in{out.bytes()};
        return codec.read(in, 1);
    };
    auto const waiting_for = [](auto const& touch_stream, auto const& sale_stream,
                                auto const& record) {
        using customer = att::detail::held_records<std::remove_cvref_t<decltype(touch_stream)>,
                                                   std::remove_cvref_t<decltype(sale_stream)>>;
        customer one;
        one.conversions.push_back({{}, record});
        one.conversions[0].when.at =
            att::detail::measure<typename customer::time_type>::make(INT64_MAX);
        one.conversions[0].when.id = record.id;
        return one;
    };

    att::detail::held_records<std::remove_const_t<decltype(clicks)>,
                              std::remove_const_t<decltype(orders)>>
        late;
    for (int const day : {30, 31}) {
        order const placeholder{1, date::sys_days{date::year{9999} / 12 / day}, 7};
        late.conversions.push_back({late.stamp_of(orders, placeholder), std::nullopt});
        if (day == 31)
            late.conversions.back().record = placeholder;
    }
    auto const back = there_and_back(clicks, orders, click_members, order_members, late);
    REQUIRE(back.conversions.size() == 2);
    CHECK(back.conversions[0].when.own == date::sys_days{date::year{9999} / 12 / 30});
    CHECK(back.conversions[0].when.is_earlier_than(back.conversions[1].when));
    CHECK(back.previous(1, back.conversions[1].when) == late.conversions[0].when.at);

    late = {};
    late.touchpoints.push_back({1, date::sys_time<nanoseconds>::max(), 1});
    CHECK_THROWS_AS((void)there_and_back(clicks, orders, click_members, order_members, late),
                    att::partial_error);

    auto const days = att::touchpoint_stream<order>(&order::user, &order::at, &order::id);
    auto const exact = att::conversion_stream<click>(&click::user, &click::at, &click::id);
    CHECK_THROWS_AS((void)there_and_back(
                        days, exact, order_members, click_members,
                        waiting_for(days, exact, click{1, date::sys_time<nanoseconds>::max(), 1})),
                    att::partial_error);
}
