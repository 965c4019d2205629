// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through links to others, in currencies, and changed afterwards.
#include "support/edges.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/records/bridge.hpp>
#include <attribution/records/nested.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/difference.hpp>
#include <attribution/report/in_currency.hpp>

#include <doctest/doctest.h>
#include <range/v3/algorithm/equal.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace edges;

/// As keys are compared: neither is missing, and texts by their characters.
template <class Id>
bool same_id(Id const& one, Id const& other) {
    return !says_nothing(one) && !says_nothing(other) &&
           att::detail::compared_form(att::detail::value_in(one)) ==
               att::detail::compared_form(att::detail::value_in(other));
}

template <class World>
void every_bridge(World const& all, random_numbers& random) {
    using touch = typename World::touch;
    using id = decltype(touch::user);
    struct role {
        id contact;
        std::size_t deal;
    };
    std::vector<role> roles;
    for (auto left = random.below(5); left > 0; --left)
        roles.push_back({drawn<id>(random, 4), roles.size()});

    auto const seen = att::bridged(all.log, &touch::user, att::bridge(roles, &role::contact));
    std::size_t next = 0;
    std::vector<std::size_t> unlinked;
    for (std::size_t row = 0; row < all.log.size(); ++row) {
        bool linked = false;
        for (auto const& one : roles) {
            if (!same_id(all.log[row].user, one.contact))
                continue;
            linked = true;
            support::holds(next < seen.size() && seen.record_row(next) == row &&
                           seen.link_row(next) == one.deal && &seen[next].record == &all.log[row]);
            ++next;
        }
        if (!linked)
            unlinked.push_back(row);
    }
    support::holds(next == seen.size() && ranges::equal(unlinked, seen.unlinked()));
}

template <class World>
void every_nest(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    struct journey {
        sale end;
        std::size_t number;
        std::vector<touch> touches;
    };
    struct flat {
        std::size_t journey;
        decltype(touch::at) at;
    };
    std::vector<journey> journeys;
    std::vector<flat> one_by_one;
    for (auto const& s : all.book)
        journeys.push_back({s, journeys.size(), {}});
    for (std::size_t row = 0; row < all.log.size() && !journeys.empty(); ++row)
        journeys[(row * row + 1) % journeys.size()].touches.push_back(all.log[row]);
    for (auto const& one : journeys)
        for (auto const& t : one.touches)
            one_by_one.push_back({one.number, t.at});
    auto const sales = att::conversions(
        journeys, &journey::number, [](journey const& j) { return j.end.at; },
        [](journey const& j) { return j.end.value; });
    result_or_refusal({all.odd_times() || all.odd_values()}, {"join", "attribute"}, [&] {
        auto const nested = att::nested(journeys, &journey::touches);
        auto const inside = att::attribute(
            sales,
            att::touchpoints(nested, att::of_link(&journey::number), att::of_record(&touch::at)),
            att::linear, att::at_any_time);
        auto const outside =
            att::attribute(sales, att::touchpoints(one_by_one, &flat::journey, &flat::at),
                           att::linear, att::at_any_time);
        support::holds(std::equal(inside.begin(), inside.end(), outside.begin(), outside.end()));
    });
}

template <class World>
void every_currency(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    auto const may_refuse =
        all.odd_times() || all.odd_values() || all.odd_channels() || all.odd_regions();
    result_or_refusal({may_refuse, all.large_values()}, {"join", "attribute", "by"}, [&] {
        auto const ledger =
            att::attribute(all.sales(), all.touches(), att::linear, att::at_any_time);
        auto const report = ledger | att::by(&touch::channel, att::in_currency(&sale::region));
        auto const apart =
            ledger | att::by(&sale::region);  // unattributed ones are rows of their own
        std::size_t found = 0;
        for (auto const& currency : report.totals()) {
            wide_number sum = 0;
            for (auto const& row : apart)
                if (row.key == currency.currency) {
                    sum += static_cast<wide_number>(row.amount);
                    ++found;
                }
            same(static_cast<wide_number>(currency.total), sum, all.size(), "a currency");
        }
        support::holds(found == apart.size());
    });
}

/// `before` with one or two fields drawn anew, a record less or more.
template <class World>
World changed(World all, random_numbers& random) {
    auto const once = [&](auto& records, auto change) {
        if (!records.empty() && random.chance(2))
            change(records[random.below(records.size())]);
    };
    once(all.log, [&](auto& t) { t.user = drawn<decltype(t.user)>(random, 4); });
    once(all.log, [&](auto& t) { t.channel = drawn<decltype(t.channel)>(random, 4); });
    once(all.log, [&](auto& t) { t.id = drawn<decltype(t.id)>(random, 4); });
    once(all.book, [&](auto& s) { s.value = drawn<decltype(s.value)>(random, 4); });
    if (!all.book.empty() && random.chance(4))
        all.book.pop_back();
    if (!all.log.empty() && random.chance(4))
        all.log.erase(all.log.begin());
    return all;
}

template <class World>
void every_difference(World const& before, random_numbers& random) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    auto const after = changed(before, random);
    bool const odd =
        before.odd_times() || after.odd_times() || before.odd_channels() || after.odd_channels();
    // How much a value changes has to fit, too.
    bool const large =
        before.large_values() || after.large_values() ||
        before.size() + after.size() >
            static_cast<wide_number>(std::numeric_limits<typename World::value_type>::max()) ||
        std::is_unsigned_v<typename World::value_type>;
    result_or_refusal({odd, large, true}, {"join", "attribute", "by", "difference"}, [&] {
        auto const had =
            att::attribute(before.sales(), before.touches(), att::linear, att::at_any_time);
        auto const has =
            att::attribute(after.sales(), after.touches(), att::last_touch, att::at_any_time);
        auto const moved = att::difference(had, has, &sale::id, &touch::id, &touch::channel);
        wide_number sum = 0;
        for (auto const& row : moved)
            sum += static_cast<wide_number>(row.amount);
        same(sum, after.total() - before.total(), before.size() + after.size(), "difference");
    });
}

template <class World>
void everything(World const& all, random_numbers& random) {
    every_bridge(all, random);
    every_nest(all);
    every_currency(all);
    if constexpr (std::is_integral_v<typename World::value_type>)
        every_difference(all, random);
}

}  // namespace

TEST_CASE(
    "law: any value of any field is linked, added up by currency and compared with what it was, "
    "or an error names the row") {
    for_all_kinds([](auto const& all, random_numbers& random) { everything(all, random); });
}
