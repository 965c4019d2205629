// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/merge.hpp>

#include "stream/shop.hpp"
#include "stream/support.hpp"
#include "wire/support.hpp"

#include <attribution/stream/sharded.hpp>

#include <doctest/doctest.h>

#include <array>
#include <compare>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>

using namespace support;
using namespace support::shop_desks;
using att::merge_counts;

namespace {

/// Which customers are one, in the plainest way.
struct identities {
    std::array<int, 4> known{0, 1, 2, 3};

    void merge(int old, int into) {
        auto const from = known[static_cast<std::size_t>(old)];
        auto const to = known[static_cast<std::size_t>(into)];
        std::replace(known.begin(), known.end(), from, to);
    }
    int of(int user) const { return known[static_cast<std::size_t>(user)]; }
};

/// Sends a world to one desk and to three, merges customers now and then, and compares what is credited
/// from then on with a batch.
template <class Make>
void merges_as_a_batch(random_numbers& random, any_model const& model, auto const& policy,
                       Make make) {
    world const w{random};
    auto desk = make();
    att::sharded desks{3, make};
    identities who;
    std::vector<live_touch> log;
    std::vector<live_sale> book;
    std::vector<live_credit> given;
    std::vector<live_credit> given_by_three;
    std::set<std::int64_t> too_late;
    auto const sends = [&](auto const& record, auto& accepted, auto send) {
        auto const arrived = send(desk, given);
        auto const accepts = arrived == att::arrival::accepted;
        holds((send(desks, given_by_three) == att::arrival::accepted) == accepts);
        if (accepts)
            accepted.push_back(record);
    };
    tick newest = INT64_MIN;
    for (auto const& one : deliveries(w, random, 4)) {
        if (one.is_touch) {
            auto const record = touch_of(w, one.row);
            sends(record, log, [&](auto& to, auto&) { return to.touch(record); });
        } else {
            auto const record = sale_of(w, one.row);
            sends(record, book, [&](auto& to, auto& into) {
                if constexpr (std::remove_cvref_t<decltype(desk)>::credits_at_once) {
                    auto const sink = [&](att::credit<cents> const& earned) {
                        into.emplace_back(record.id, earned.attributed() ? 0 : -1, earned.amount,
                                          earned.share);
                    };
                    return to.convert(record, sink);
                } else {
                    return to.convert(record);
                }
            });
        }
        newest = std::max(newest, one.at);
        auto const advance = [&](auto& each, auto& into) {
            if constexpr (std::remove_cvref_t<decltype(desk)>::credits_at_once)
                each.advance(newest);
            else
                each.advance(newest, keeping(each, into));
        };
        if (random.chance(3)) {
            advance(desk, given);
            desks.for_each_desk([&](auto& each) { advance(each, given_by_three); });
        }
        if (random.chance(5)) {
            auto const old = static_cast<int>(random.below(4));
            auto const into = static_cast<int>(random.below(4));
            for (auto const& [sale, touch, amount, share] : given) {
                auto const row = static_cast<std::size_t>(sale);
                auto const user = who.of(w.book[row].user);
                if (who.of(old) != who.of(into) && (user == who.of(old) || user == who.of(into)))
                    too_late.insert(sale);
            }
            holds(desk.merge(old, into) == desks.merge(old, into));
            who.merge(old, into);
        }
        if (random.chance(8)) {
            auto const restart = [&](auto& from, auto fresh) {
                auto const bytes = from.snapshot(touch_members, sale_members);
                fresh.restore(bytes, touch_members, sale_members);
                holds(fresh.snapshot(touch_members, sale_members) == bytes);
                from = std::move(fresh);
            };
            restart(desk, make());
            restart(desks, att::sharded{3, make});
        }
        if (random.chance(6))
            desk.tidy();
    }
    desk.finish(keeping(desk, given));
    desks.for_each_desk([&](auto& each) { each.finish(keeping(each, given_by_three)); });
    std::sort(given.begin(), given.end());
    std::sort(given_by_three.begin(), given_by_three.end());
    holds(given == given_by_three);
    for (auto& one : log)
        one.user = who.of(one.user);
    for (auto& one : book)
        one.user = who.of(one.user);
    auto expected = batch(log, book, model, policy);
    for (auto* const credits : {&given, &expected})
        std::erase_if(*credits,
                      [&](auto const& one) { return too_late.contains(std::get<0>(one)); });
    if (std::remove_cvref_t<decltype(desk)>::credits_at_once) {
        for (auto& one : expected)
            std::get<1>(one) = std::min<std::int64_t>(std::get<1>(one), 0);
        std::sort(expected.begin(), expected.end());
    }
    if (given != expected)
        broken("credits differ: ", given.size(), " and ", expected.size());
}

}  // namespace

TEST_CASE("law: after a merge, credits are those of customers who were one from the beginning") {
    for_all_worlds([](random_numbers& random) {
        auto const model = some_model(random);
        auto const policy = att::lookback(world::lookback) && att::since_previous_conversion;
        auto const lateness = random.between(tick{0}, tick{3});
        merges_as_a_batch(random, model, policy, [&] {
            return att::live(sale_stream(), touch_stream(), model, policy,
                             att::allowed_lateness(lateness));
        });
    });
}

TEST_CASE("law: the same where conversions are credited when they come") {
    for_all_worlds([](random_numbers& random) {
        auto const model = some_model(random);
        auto const policy = att::last_touches(2);
        merges_as_a_batch(random, model, policy, [&] {
            return att::live(sale_stream(), touch_stream(), model, policy, att::at_once);
        });
    });
}

TEST_CASE("a visitor logs in, and the visits before are the customer's") {
    auto desk = shop(att::lookback(50), att::allowed_lateness(tick{1}));
    std::string said;
    (void)desk.touch({"t1", "anon", 1, 's'});
    (void)desk.convert({"o0", "anon", 2, 10});
    desk.advance(5, saying(desk, said));
    CHECK(said == "o0 anon s 10, ");
    (void)desk.touch({"t2", "ann", 6, 'd'});
    CHECK(desk.merge("anon", "ann") == merge_counts{1, 0, 1, 0});
    CHECK(desk.merge("anon", "ann") == merge_counts{});
    (void)desk.touch({"t3", "anon", 7, 'm'});  // still under the old name
    (void)desk.convert({"o1", "ann", 9, 9'000});
    auto again = restarted(desk, shop(att::lookback(50), att::allowed_lateness(tick{1})));
    CHECK(again.counts() == desk.counts());
    said.clear();
    again.finish(saying(again, said));
    CHECK(said == "o1 ann s 3000, o1 ann d 3000, o1 ann m 3000, ");
    CHECK(again.counts().merged_keys == 1);
}

TEST_CASE("a record that was sent under both keys is one record") {
    auto desk = shop(att::lookback(50));
    std::string said;
    for (auto const* const user : {"anon", "ann"}) {
        (void)desk.touch({"t1", user, 1, 's'});
        (void)desk.touch({std::nullopt, user, 1, 'x'});  // without an id each is its own
        (void)desk.convert({"o1", user, 2, 100});
        (void)desk.convert({std::nullopt, user, 3, 40});
    }
    CHECK(desk.merge("anon", "ann") == merge_counts{1, 2, 0, 2});
    CHECK(desk.counts().held_touchpoints == 3);
    CHECK(desk.counts().waiting_conversions == 3);
    CHECK(desk.counts().duplicates == 2);
    desk.finish(saying(desk, said));
    CHECK(said == "o1 ann x 34, o1 ann x 33, o1 ann s 33, - ann x 14, - ann x 13, - ann s 13, "
                  "- anon x 14, - anon x 13, - anon s 13, ");
}

TEST_CASE("conversions without an id stay apart, from the first one on") {
    auto desk = shop(att::lookback(50));
    std::string said;
    (void)desk.touch({"t1", "ann", 1, 's'});
    (void)desk.convert({std::nullopt, "anon", 2, 10});
    (void)desk.convert({std::nullopt, "ann", 2, 20});
    (void)desk.convert({std::nullopt, "ann", 3, 30});
    (void)desk.merge("anon", "ann");
    CHECK(desk.counts().waiting_conversions == 3);
    desk.finish(saying(desk, said));
    CHECK(said == "- ann s 20, - anon s 10, - ann s 30, ");
}

TEST_CASE("a conversion under both keys was credited under both, or under neither") {
    auto desk = shop(att::lookback(50), att::keep_everything);
    std::string said;
    for (auto const* const user : {"anon", "ann"})
        (void)desk.convert({"o1", user, 2, 100});
    desk.advance(2, saying(desk, said));
    CHECK(said.empty());
    CHECK(desk.merge("anon", "ann") == merge_counts{0, 1, 0, 1});
    CHECK(desk.counts().waiting_conversions == 1);
    desk.advance(3, saying(desk, said));
    CHECK(said == "o1 ann - 100, ");

    auto quick = shop(att::lookback(50), att::at_once);
    said.clear();
    for (auto const* const user : {"anon", "ann"})
        (void)quick.convert({"o1", user, 2, 100}, saying(quick, said));
    CHECK(said == "o1 anon - 100, o1 ann - 100, ");
    CHECK(quick.merge("anon", "ann") == merge_counts{0, 0, 1, 1});
    CHECK(quick.convert({"o1", "ann", 2, 100}, saying(quick, said)) == att::arrival::duplicate);
}

TEST_CASE("a missing key is no customer's, and nothing has changed then") {
    struct pass {
        double user;
        tick at;
        int id;
    };
    auto const make = [] {
        return att::live(att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id),
                         att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id),
                         att::linear, att::lookback(5));
    };
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    char const* const nobody = nullptr;
    auto const refuses = [](auto desk, auto const& record, auto const& missing, auto const& key) {
        (void)desk.touch(record);
        auto const before = desk.counts();
        CHECK_THROWS_AS((void)desk.merge(missing, key), std::domain_error);
        CHECK_THROWS_AS((void)desk.merge(key, missing), std::domain_error);
        CHECK_THROWS_AS((void)desk.merge(missing, missing), std::domain_error);
        CHECK(desk.counts() == before);
    };
    struct reading {  // equals itself also where its number does not
        double number;
        operator double() const { return number; }
        std::weak_ordering operator<=>(reading const& other) const {
            return std::weak_order(number, other.number);
        }
        bool operator==(reading const& other) const { return *this <=> other == 0; }
    };
    refuses(make(), pass{1, 1, 1}, nan, 1.0);
    refuses(make(), pass{1, 1, 1}, reading{nan}, reading{1.0});
    refuses(att::sharded{3, make}, pass{1, 1, 1}, nan, 1);
    auto const make_shop = [] { return shop(att::lookback(5)); };
    refuses(make_shop(), click{"t", "ann", 1}, nobody, "ann");
    refuses(att::sharded{3, make_shop}, click{"t", "ann", 1}, nobody, "ann");
}

TEST_CASE("chains and circles of keys") {
    auto desk = desk_of(att::lookback(50));
    (void)desk.touch(tap(1, 1, 1));
    CHECK(desk.merge(1, 2) == merge_counts{1, 0, 0, 0});
    CHECK(desk.merge(2, 3) == merge_counts{1, 0, 0, 0});
    CHECK(desk.merge(3, 1) == merge_counts{});
    CHECK(desk.merge(4, 4) == merge_counts{});
    CHECK(desk.counts().merged_keys == 2);
    CHECK(desk.touch(tap(1, 1, 1)) == att::arrival::duplicate);
    auto straight = desk_of(att::lookback(50));
    (void)straight.merge(2, 3);
    (void)straight.merge(1, 3);
    (void)straight.touch(tap(1, 1, 1));
    (void)straight.touch(tap(3, 1, 1));
    CHECK(straight.snapshot(touch_members, sale_members) ==
          desk.snapshot(touch_members, sale_members));
}

TEST_CASE("keys are not merged where something would be wrong afterwards") {
    auto desk = att::live(
        att::conversion_stream<order>(&order::user, &order::at, &order::id, &order::value),
        att::touchpoint_stream<click>(&click::user, &click::at, &click::id), att::linear,
        att::lookback(5));
    (void)desk.convert({"o1", "ann", 2, 100});
    CHECK_THROWS_AS(desk.advance(9, [](auto const&) { throw std::runtime_error{"full"}; }),
                    std::runtime_error);
    CHECK_THROWS_AS((void)desk.merge("anon", "ann"), std::logic_error);
    desk.advance(9, [](auto const&) {});
    CHECK(desk.merge("anon", "ann") == merge_counts{});

    att::sharded desks{3, [] { return desk_of(att::lookback(5)); }};
    bool first = true;
    desks.for_each_desk([&](auto& each) {
        if (std::exchange(first, false))
            each.advance(9, [](auto const&) {});
    });
    CHECK_THROWS_AS((void)desks.merge(1, 2), std::logic_error);
    desks.advance(9, [](auto const&) {});
    CHECK(desks.merge(1, 2) == merge_counts{});
    CHECK(desks.counts().merged_keys == 1);

    // Also if they were finished one by one: what one has credited waits at another.
    att::sharded ended{2, [] { return desk_of(att::lookback(5)); }};
    for (int user = 0; user < 8; ++user)
        (void)ended.convert(buy(user, 1, 1));
    first = true;
    ended.for_each_desk([&](auto& each) {
        if (std::exchange(first, false))
            each.finish([](auto const&) {});
    });
    for (int user = 1; user < 8; ++user)
        CHECK_THROWS_AS((void)ended.merge(0, user), std::logic_error);

    // Whose credits were not handed out may be held by another desk than the one it goes to.
    (void)desks.convert(buy(3, 12, 1));
    auto const full = [](auto const&) { throw std::runtime_error{"full"}; };
    desks.for_each_desk([&](auto& each) {
        try {
            each.advance(30, full);
        } catch (std::runtime_error const&) {
        }
    });
    for (int other = 4; other < 12; ++other)
        CHECK_THROWS_AS((void)desks.merge(3, other), std::logic_error);
    desks.advance(30, [](auto const&) {});
    CHECK(desks.merge(3, 4) == merge_counts{});
}

TEST_CASE("snapshots with merged keys that no desk has are refused") {
    auto const make = [] { return shop(att::lookback(50)); };
    auto desk = make();
    (void)desk.touch({"t1", "anon", 1, 's'});
    (void)desk.merge("anon", "annn");
    auto const bytes = desk.snapshot(click_members, order_members);
    refuses_all_damage(bytes, [&](std::string const& damaged) {
        desk.restore(damaged, click_members, order_members);
    });
    auto const says = att::detail::description::parse(att::about_partial(bytes));
    auto body = std::string{att::detail::unsealed(bytes).body};
    auto const refused = [&](std::string_view what, std::string_view by) {
        auto other = body;
        auto const place = other.rfind(what);
        REQUIRE(place != other.npos);
        other.replace(place, what.size(), by);
        auto const forged = att::detail::seal(
            {says[0].second, says[1].second, att::configuration_of(bytes)}, other);
        auto fresh = make();
        return failure_of([&] { fresh.restore(forged, click_members, order_members); });
    };
    CHECK(refused("annn", "annn") == std::nullopt);
    CHECK(refused("annn", "anon") == att::partial_failure::corrupt);  // a circle
    CHECK(refused("anon", "anom") == att::partial_failure::corrupt);  // not the touch's key
}
