// SPDX-License-Identifier: BSL-1.0
#include "stream/support.hpp"

#include <attribution/policy/maximum_age.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

using namespace support;

namespace {

att::configuration const how{.model = "some", .policy = "some"};

/// Streams a world through a desk, with late records, records delivered twice and snapshots at
/// random, and compares with `attribute` over what the desk accepted.
void check(random_numbers& random, auto const& make, auto const& model, auto const& policy,
           tick lateness) {
    world const w{random};
    auto desk = make();
    std::vector<live_touch> log;
    std::vector<live_sale> book;
    std::vector<live_credit> given;
    std::uint64_t late = 0;
    std::uint64_t duplicates = 0;
    std::set<std::pair<bool, std::size_t>> known;
    tick newest = INT64_MIN;
    auto const restart = [&] {
        auto const bytes = desk.snapshot(how, touch_members, sale_members);
        auto other = make();
        other.restore(bytes, how, touch_members, sale_members);
        desk.tidy();  // what it can forget is not in the snapshot
        if (other.counts() != desk.counts())
            broken("counts differ after a restart");
        desk = std::move(other);
    };
    auto const arrived = [&](delivery const& one, att::arrival became) {
        if (became == att::arrival::accepted && !known.emplace(one.is_touch, one.row).second)
            broken("accepted twice");
        late += became == att::arrival::late;
        duplicates += became == att::arrival::duplicate;
        if (became == att::arrival::duplicate && !known.contains({one.is_touch, one.row}))
            broken("took a new record for a known one");
    };
    for (auto const& one : deliveries(w, random, lateness * 2)) {
        if (one.is_touch) {
            auto const became = desk.touch(touch_of(w, one.row));
            arrived(one, became);
            if (became == att::arrival::accepted)
                log.push_back(touch_of(w, one.row));
        } else {
            auto const became = desk.convert(sale_of(w, one.row), keeping(desk, given));
            arrived(one, became);
            if (became == att::arrival::accepted)
                book.push_back(sale_of(w, one.row));
        }
        newest = std::max(newest, one.at);
        if (random.chance(3))
            desk.advance(random.chance(2) ? newest : att::detail::earlier_by(newest, tick{2}),
                         keeping(desk, given));
        if (random.chance(6))
            restart();
        if (random.chance(6))
            desk.tidy();
    }
    desk.finish(keeping(desk, given));
    std::sort(given.begin(), given.end());
    auto const expected = batch(log, book, model, policy);
    if (given != expected)
        broken("credits differ: ", given.size(), " and ", expected.size());
    auto const counts = desk.counts();
    if (counts.touchpoints != log.size() || counts.conversions != book.size() ||
        counts.late_touchpoints + counts.late_conversions != late ||
        counts.duplicates != duplicates || counts.waiting_conversions != 0)
        broken("counts");
    if (late == 0 && known.size() != w.log.size() + w.book.size())
        broken("a record got lost");
}

/// The policies of the other laws; those that reach back without limit are limited.
void for_all_reaching_policies(auto use) {
    for_all_policies([&](auto const& policy, int number) {
        using type = std::remove_cvref_t<decltype(policy)>;
        if constexpr (att::detail::reach_ends<type, tick>)
            use(policy, number);
        else
            use(policy && att::maximum_age(world::lookback + 3), number);
    });
    use(att::since_previous_conversion && att::last_touches(2), policy_count + 2);
    use(att::last_touches(1) || att::lookback(2), policy_count);
    use(!(!att::lookback(3) && !att::last_touches(2)), policy_count + 1);
    use((att::last_touches(1) || att::lookback(2)) && att::since_previous_conversion,
        policy_count + 3);
}

}  // namespace

TEST_CASE("law: streaming is batch, for every model and policy, late and repeated records, and "
          "restarts") {
    for_all_reaching_policies([](auto const& policy, int number) {
        INFO("policy " << number);
        for_all_worlds([&](random_numbers& random) {
            auto const lateness = random.between(tick{0}, tick{3});
            auto const model = some_model(random);
            check(
                random,
                [&] {
                    return att::live(sale_stream(), touch_stream(), model, policy,
                                     att::allowed_lateness(lateness));
                },
                model, policy, lateness);
        });
    });
}

TEST_CASE("law: streaming is batch without forgetting, for policies that reach back without end") {
    for_all_policies([](auto const& policy, int number) {
        if constexpr (!att::detail::reach_ends<std::remove_cvref_t<decltype(policy)>, tick>) {
            INFO("policy " << number);
            for_all_worlds([&](random_numbers& random) {
                auto const model = some_model(random);
                check(
                    random,
                    [&] {
                        return att::live(sale_stream(), touch_stream(), model, policy,
                                         att::allowed_lateness(tick{2}), att::keep_everything);
                    },
                    model, policy, 2);
            });
        }
    });
}

TEST_CASE("law: at once is batch, over what came in time") {
    for_all_reaching_policies([](auto const& policy, int number) {
        if constexpr (!att::detail::decides_time<std::remove_cvref_t<decltype(policy)>>) {
            INFO("policy " << number);
            for_all_worlds([&](random_numbers& random) {
                auto const model = some_model(random);
                check(
                    random,
                    [&] {
                        return att::live(sale_stream(), touch_stream(), model, policy, att::at_once,
                                         att::allowed_lateness(tick{1}));
                    },
                    model, policy, 1);
            });
        }
    });
}

TEST_CASE("law: the order of credits depends neither on how records came nor on the watermarks") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const run = [&] {
            auto desk = att::live(sale_stream(), touch_stream(), att::linear,
                                  att::between(&sale::at,
                                               [](sale const& s) {
                                                   return s.at > INT64_MAX - 9
                                                              ? s.at
                                                              : s.at + (s.value & 7);
                                               }) &&
                                      att::maximum_age(3),
                                  att::allowed_lateness(tick{60}));
            std::vector<live_credit> given;
            for (auto const& one : deliveries(w, random, 30)) {
                if (one.is_touch)
                    (void)desk.touch(touch_of(w, one.row));
                else
                    (void)desk.convert(sale_of(w, one.row));
                if (random.chance(2))
                    desk.advance(one.at, keeping(desk, given));
            }
            desk.finish(keeping(desk, given));
            return given;
        };
        if (w.log.size() < 20 && run() != run())
            broken("the order differs");
    });
}

TEST_CASE("law: reports of a stream are the reports of the batch") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        for (auto& s : w.book)
            s.value %= 1'000'000'007;  // so that sums fit
        auto const groups = att::by(&touch::channel, &sale::region);
        auto desk = att::live(sale_stream(), touch_stream(), att::linear,
                              att::lookback(world::lookback), att::allowed_lateness(tick{9}));
        auto sums = desk.bind(groups);
        for (auto const& one : deliveries(w, random, 9))
            if (one.is_touch)
                (void)desk.touch(touch_of(w, one.row));
            else
                (void)desk.convert(sale_of(w, one.row));
        desk.finish(sums);
        auto const live = sums.finish();
        auto const batch = att::attribute(sales(w.book), touches(w.log), att::linear,
                                          att::lookback(world::lookback), groups);
        if (!std::equal(live.begin(), live.end(), batch.begin(), batch.end(),
                        [](auto const& a, auto const& b) {
                            return a.key == b.key && a.attributed == b.attributed && a[0] == b[0];
                        }))
            broken("reports differ");
    });
}
