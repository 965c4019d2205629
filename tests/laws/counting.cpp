// SPDX-License-Identifier: BSL-1.0
#include "stream/support.hpp"

#include <attribution/policy/maximum_age.hpp>
#include <attribution/records/cooldown.hpp>
#include <attribution/records/counted.hpp>
#include <attribution/records/once_per.hpp>
#include <attribution/stream/counted_stream.hpp>
#include <attribution/stream/live.hpp>

#include <doctest/doctest.h>

#include <numeric>

using namespace support;

namespace {

att::configuration const how{.model = "some", .policy = "some"};

constexpr tick pause = 4;
constexpr tick repeat = 6;

/// Do both rules that the laws combine let a sale count, after these that did? Every pair is looked
/// at.
bool may_count(sale const& one, std::vector<sale> const& counted, bool cools, bool once) {
    using wide = att::detail::int128;
    for (auto const& before : counted) {
        auto const apart = wide{one.at} - before.at;
        if (before.user == one.user && ((cools && apart > 0 && apart <= pause) ||
                                        (once && before.region == one.region && apart <= repeat)))
            return false;
    }
    return true;
}

std::vector<std::size_t> counting_rows(std::vector<sale> const& book, bool cools, bool once) {
    std::vector<std::size_t> order(book.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return book[a].at < book[b].at; });
    std::vector<sale> counted;
    std::vector<std::size_t> rows;
    for (auto const row : order)
        if (may_count(book[row], counted, cools, once)) {
            counted.push_back(book[row]);
            rows.push_back(row);
        }
    std::sort(rows.begin(), rows.end());
    return rows;
}

template <class Records>
void counts_these(std::vector<sale> const& book, Records const& some, bool cools, bool once) {
    auto const expected = counting_rows(book, cools, once);
    holds(some.size() == expected.size());
    holds(some.size() + some.not_counted().size() == book.size());
    for (std::size_t row = 0; row < some.size(); ++row)
        holds(some.original_row(row) == expected[row]);
    for (auto const& one : some.not_counted()) {
        holds(std::binary_search(expected.begin(), expected.end(), one.because));
        holds(book[one.because].user == book[one.row].user);
        holds(book[one.because].at <= book[one.row].at);
    }
}

/// Streams a world through a desk of conversions that count by `rules`.
template <class Rules>
void streams(random_numbers& random, auto const& policy, Rules const& rules, auto... options) {
    world const w{random};
    auto const make = [&] {
        return std::apply(
            [&](auto const&... rule) {
                return att::live(att::counted(sale_stream(), rule...), touch_stream(), att::linear,
                                 policy, options...);
            },
            rules);
    };
    auto desk = make();
    std::vector<live_touch> log;
    std::vector<live_sale> book;
    std::vector<live_credit> given;
    tick newest = INT64_MIN;
    for (auto const& one : deliveries(w, random, 4)) {
        if (one.is_touch) {
            if (desk.touch(touch_of(w, one.row)) == att::arrival::accepted)
                log.push_back(touch_of(w, one.row));
        } else if (desk.convert(sale_of(w, one.row), keeping(desk, given)) ==
                   att::arrival::accepted) {
            book.push_back(sale_of(w, one.row));
        }
        newest = std::max(newest, one.at);
        if (random.chance(3))
            desk.advance(random.chance(2) ? newest : att::detail::earlier_by(newest, tick{2}),
                         keeping(desk, given));
        if (random.chance(6)) {
            auto const bytes = desk.snapshot(how, touch_members, sale_members);
            auto other = make();
            other.restore(bytes, how, touch_members, sale_members);
            holds(other.snapshot(how, touch_members, sale_members) == bytes);
            desk = std::move(other);
        }
        if (random.chance(6))
            desk.tidy();
    }
    desk.finish(keeping(desk, given));
    std::sort(given.begin(), given.end());

    std::sort(book.begin(), book.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    auto const all = att::conversions(book, &live_sale::user, &live_sale::at, &live_sale::value);
    auto const some =
        std::apply([&](auto const&... rule) { return att::counted(all, rule...); }, rules);
    std::vector<live_sale> counted;
    for (std::size_t row = 0; row < some.size(); ++row)
        counted.push_back(some[row]);
    holds(desk.counts().not_counted == some.not_counted().size());
    auto const expected = batch(log, counted, att::linear, policy);
    if (given != expected)
        broken("credits differ: ", given.size(), " and ", expected.size());
}

auto const cools = att::cooldown(pause);
auto const once = att::once_per(&sale::region, repeat);

}  // namespace

TEST_CASE("law: a conversion counts if no pair of it and one that counted before forbids it") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const all = sales(w.book);
        counts_these(w.book, att::counted(all, cools), true, false);
        counts_these(w.book, att::counted(all, once), false, true);
        counts_these(w.book, att::counted(all, cools, once), true, true);
    });
}

TEST_CASE("law: what counts is attributed as if there were nothing else") {
    for_all_policies([](auto const& policy, int number) {
        INFO("policy " << number);
        for_all_worlds([&](random_numbers& random) {
            world const w{random};
            auto const model = some_model(random);
            auto const some = att::counted(sales(w.book), cools);
            std::vector<sale> book;
            for (auto const row : counting_rows(w.book, true, false))
                book.push_back(w.book[row]);
            auto const expected = att::attribute(sales(book), touches(w.log), model, policy);
            auto const found = att::attribute(some, touches(w.log), model, policy);
            holds(std::equal(found.begin(), found.end(), expected.begin(), expected.end()));
        });
    });
}

TEST_CASE("law: in a stream the same conversions count as in the batch") {
    for_all_worlds([](random_numbers& random) {
        auto const lateness = att::allowed_lateness(random.between(tick{0}, tick{3}));
        auto const week = att::lookback(world::lookback);
        switch (random.below(5)) {
        case 0:
            return streams(random, week, std::tuple{cools}, lateness);
        case 1:
            return streams(random, week, std::tuple{cools, once}, lateness);
        case 2:
            return streams(random, att::since_previous_conversion && att::last_touches(2),
                           std::tuple{once}, lateness);
        case 3:
            return streams(random,
                           att::between(&sale::at,
                                        [](sale const& s) {
                                            return s.at > INT64_MAX - 9 ? s.at
                                                                        : s.at + (s.value & 7);
                                        }) &&
                               att::maximum_age(3),
                           std::tuple{cools, once}, lateness);
        default:
            return streams(random, att::always, std::tuple{att::once_per(&sale::region)}, lateness,
                           att::keep_everything);
        }
    });
}

TEST_CASE("law: at once the same conversions count as in the batch") {
    for_all_worlds([](random_numbers& random) {
        streams(random, att::since_previous_conversion && att::maximum_age(9), std::tuple{cools},
                att::at_once, att::allowed_lateness(tick{1}));
    });
}
