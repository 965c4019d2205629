// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/difference.hpp>

#include "stream/support.hpp"

#include <attribution/credit/refunds.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;
using att::move_reason;

namespace {

struct refund {
    std::int64_t sale;
    tick at;
    cents value;
};

/// All that one report is made of.
struct state {
    std::vector<live_touch> log;
    std::vector<live_sale> book;
    std::vector<refund> refunds;
};

auto credits_of(state const& s, any_model const& model) {
    auto const ledger = att::attribute(
        att::conversions(s.book, &live_sale::user, &live_sale::at, &live_sale::value),
        att::touchpoints(s.log, &live_touch::user, &live_touch::at), model,
        att::lookback(world::lookback) && att::since_previous_conversion);
    return att::take_back(ledger,
                          att::conversions(s.refunds, &refund::sale, &refund::at, &refund::value),
                          &live_sale::id)
        .net;
}
auto moved(auto const& before, auto const& after) {
    return att::difference(before, after, &live_sale::id, &live_touch::id, &live_touch::channel);
}

state some_state(random_numbers& random) {
    world const w{random, true};
    state s;
    for (std::size_t row = 0; row < w.log.size(); ++row)
        s.log.push_back(touch_of(w, row));
    for (std::size_t row = 0; row < w.book.size(); ++row) {
        s.book.push_back(sale_of(w, row));
        s.book.back().value = 1 + random.between(0, 1000);
    }
    return s;
}

/// Changes a state so that everything that moves has this reason.
void change(state& s, move_reason why, random_numbers& random) {
    auto const fresh_id = [](auto const& records) {
        std::int64_t id = 0;
        for (auto const& one : records)
            id = std::max(id, one.id + 1);
        return id;
    };
    auto const one_of = [&](auto& records) -> auto& {
        return records[random.below(records.size())];
    };
    switch (why) {
    case move_reason::new_conversion:
        s.book.push_back(buy(static_cast<int>(random.below(3)), random.between(-40, 60),
                             fresh_id(s.book), 1000));
        break;
    case move_reason::removed_conversion:
        s.book.erase(s.book.begin() + static_cast<std::ptrdiff_t>(random.below(s.book.size())));
        break;
    case move_reason::corrected_value:
        one_of(s.book).value += 1 + random.between(0, 100);
        break;
    case move_reason::refund: {
        auto const& sold = one_of(s.book);
        s.refunds.push_back({sold.id, sold.at, -1 - random.between(0, 50)});
        break;
    }
    case move_reason::merged_identity:
        for (auto& one : s.log)
            one.user = one.user == 2 ? 0 : one.user;
        for (auto& one : s.book)
            one.user = one.user == 2 ? 0 : one.user;
        break;
    case move_reason::late_touchpoint:
        s.log.push_back(
            tap(static_cast<int>(random.below(3)), s.book.front().at, fresh_id(s.log), 'b'));
        break;
    case move_reason::removed_touchpoint:
        s.log.erase(s.log.begin() + static_cast<std::ptrdiff_t>(random.below(s.log.size())));
        break;
    case move_reason::changed_record:
        if (random.chance(2))
            one_of(s.log).channel = 'z';
        else if (auto& at = one_of(s.log).at; at != INT64_MIN)
            --at;
        break;
    case move_reason::changed_rules:
        break;
    }
}

}  // namespace

TEST_CASE("law: what moved has one reason, and the reasons add up to the difference") {
    for_all_worlds([](random_numbers& random) {
        auto one = some_state(random);
        if (one.log.empty() || one.book.empty())
            return;
        for (auto n = random.below(3); n > 0; --n)
            change(one, move_reason::refund, random);
        auto other = one;
        bool const single = random.chance(2);
        auto const why = static_cast<move_reason>(random.below(att::move_reasons));
        change(other, why, random);
        if (!single)
            for (auto n = random.below(6); n > 0 && !other.log.empty() && !other.book.empty(); --n)
                change(other, static_cast<move_reason>(random.below(att::move_reasons)), random);
        auto const old_model = some_model(random);
        auto const new_model =
            !single || why == move_reason::changed_rules ? some_model(random) : old_model;
        auto const before = credits_of(one, old_model);
        auto const after = credits_of(other, new_model);
        auto const restated = moved(before, after);

        std::map<std::optional<char>, cents> sums;
        for (auto const& row : restated) {
            sums[row.key] += row.amount;
            holds(row.conversions > 0);
            if (single)
                holds(row.reason == why);
        }
        auto const expect = [&](auto const& ledger, cents sign) {
            for (auto const& row : ledger | att::by(&live_touch::channel))
                sums[row.key] -= sign * row.amount;
        };
        expect(after, 1);
        expect(before, -1);
        for (auto const& [key, left] : sums)
            holds(left == 0);

        bool const new_times =
            why == move_reason::late_touchpoint || why == move_reason::changed_record;
        if (!single || new_times)
            return;  // two of one instant may be in another order
        random.shuffle(other.log);
        random.shuffle(other.book);
        auto const shuffled = moved(before, credits_of(other, new_model));
        holds(restated.size() == shuffled.size());
        for (std::size_t i = 0; i < restated.size(); ++i)
            holds(restated[i].key == shuffled[i].key && restated[i].reason == shuffled[i].reason &&
                  restated[i].amount == shuffled[i].amount);
    });
}

TEST_CASE("a late touchpoint, a corrected value and a refund of one conversion") {
    state one;
    one.log = {tap(1, 1, 1, 'a'), tap(1, 2, 2, 'b')};
    one.book = {buy(1, 3, 1, 100)};
    auto other = one;
    other.log.push_back(tap(1, 3, 3, 'c'));
    other.book[0].value = 130;
    other.refunds = {{1, 4, -10}};
    auto const restated = moved(credits_of(one, any_model{2}), credits_of(other, any_model{2}));
    std::string text;
    for (auto const& row : restated)
        text += std::string{row.key.value_or('-')} + ' ' + std::string{to_string(row.reason)} +
                ' ' + std::to_string(row.amount) + ", ";
    CHECK(text == "a corrected value 15, a refund -5, a late touchpoint -20, "
                  "b corrected value 15, b refund -5, b late touchpoint -20, "
                  "c late touchpoint 40, ");
    CHECK(restated.total() == 20);
    CHECK(restated.total(move_reason::refund) == -10);
    CHECK(restated.total(move_reason::late_touchpoint) == 0);
}

TEST_CASE("records that cannot be compared are refused") {
    state one;
    one.log = {tap(1, 1, 1, 'a'), tap(1, 2, 2, 'b')};
    one.book = {buy(1, 3, 1, 100)};
    auto const before = credits_of(one, any_model{0});
    auto other = one;
    other.log[1].id = 1;
    CHECK_THROWS_WITH((void)moved(before, credits_of(other, any_model{0})),
                      "difference: touchpoint row 1 has the id of an earlier row; leave repeated "
                      "records out, or make the id a pair of what tells them apart");
    CHECK_THROWS_AS((void)moved(credits_of(other, any_model{0}), before), std::invalid_argument);
    auto const no_id = [](live_sale const&) { return std::optional<int>{}; };
    CHECK_THROWS_WITH(
        (void)att::difference(before, before, no_id, &live_touch::id, &live_touch::channel),
        "difference: the id of conversion row 0 is missing; what is it to be compared with?");
    CHECK(moved(before, before).empty());
}

TEST_CASE("of several reasons the first one holds") {
    // Of the sale 1 some value moves for each of these; sales that come or go are worth nothing themselves.
    state one;
    one.log = {tap(1, 10, 1, 'a'), tap(1, 11, 2, 'b'), tap(1, 13, 3, 'c'), tap(2, 11, 4, 'd')};
    one.book = {buy(1, 14, 1, 100), buy(1, 9, 2, 0)};
    using change_of = void (*)(state&);
    std::vector<std::pair<move_reason, change_of>> const changes{
        {move_reason::merged_identity, [](state& s) { s.log[3].user = 1; }},
        {move_reason::late_touchpoint, [](state& s) { s.log.push_back(tap(1, 12, 9, 'e')); }},
        {move_reason::removed_touchpoint, [](state& s) { s.log.erase(s.log.begin() + 2); }},
        {move_reason::changed_record, [](state& s) { s.log[1].at = 10; }},
        {move_reason::new_conversion, [](state& s) { s.book.push_back(buy(1, 10, 7, 0)); }},
        {move_reason::removed_conversion, [](state& s) { s.book.erase(s.book.begin() + 1); }},
        {move_reason::changed_rules, [](state&) {}}};
    for (std::size_t first = 0; first < changes.size(); ++first) {
        auto other = one;
        for (auto i = first; i < changes.size(); ++i)
            changes[i].second(other);
        auto const restated = moved(credits_of(one, any_model{0}), credits_of(other, any_model{2}));
        CHECK(restated.size() > 1);
        for (auto const& row : restated)
            CHECK(to_string(row.reason) == to_string(changes[first].first));
    }
}

TEST_CASE("conversions are counted one by one, those that came and those that are gone") {
    state one;
    one.log = {tap(1, 1, 1, 'a'), tap(2, 1, 2, 'a')};
    one.book = {buy(1, 2, 1, 10), buy(2, 2, 2, 10), buy(3, 2, 3, 7)};
    auto other = one;
    other.book.erase(other.book.begin(), other.book.begin() + 2);
    for (bool const gone : {true, false}) {
        auto const more = credits_of(one, any_model{2});
        auto const less = credits_of(other, any_model{2});
        auto const restated = gone ? moved(more, less) : moved(less, more);
        REQUIRE(restated.size() == 1);
        CHECK(restated[0].conversions == 2);
        CHECK(restated[0].amount == (gone ? -20 : 20));
    }
}

TEST_CASE("who lost a record to another customer is merged, too") {
    state one;
    one.log = {tap(1, 1, 1, 'a'), tap(2, 2, 2, 'b')};
    one.book = {buy(1, 3, 1, 100), buy(2, 3, 2, 100)};
    auto other = one;
    other.log[1].user = 1;
    auto const restated = moved(credits_of(one, any_model{2}), credits_of(other, any_model{2}));
    CHECK(restated.size() == 3);
    CHECK(restated.total(move_reason::merged_identity) == 0);
    for (auto const& row : restated)
        CHECK(to_string(row.reason) == "merged identity");
}

TEST_CASE("refunds of before take no part in how a new value or a new refund is split") {
    for (cents const refunded : {-100, -99, -10}) {
        state one;
        one.log = {tap(1, 1, 1, 'a'), tap(1, 2, 2, 'b')};
        one.book = {buy(1, 3, 1, 100)};
        one.refunds = {{1, 4, refunded}};
        auto const before = credits_of(one, any_model{2});
        auto other = one;
        other.book[0].value = 130;
        other.refunds.push_back({1, 5, -20});
        auto const restated = moved(before, credits_of(other, any_model{2}));
        CHECK(restated.total() == 10);
        CHECK(restated.total(move_reason::corrected_value) == 30);
        CHECK(restated.total(move_reason::refund) == -20);
        REQUIRE(restated.size() == 4);
        CHECK(restated[0].amount == 15);
        CHECK(restated[1].amount == -10);
        other.refunds.pop_back();
        for (auto const& row : moved(before, credits_of(other, any_model{2}))) {
            CHECK(to_string(row.reason) == "corrected value");
            CHECK(row.amount == 15);
        }
    }
}

TEST_CASE("a corrected value is split as it was, of one instant by the rows that there were") {
    state one;
    one.log = {tap(1, 1, 1, 'a'), tap(1, 1, 2, 'b')};
    one.book = {buy(1, 3, 1, 100)};
    auto other = one;
    std::swap(other.log[0], other.log[1]);
    other.log.push_back(tap(1, 2, 3, 'c'));
    other.book[0].value = 101;
    auto const restated = moved(credits_of(one, any_model{2}), credits_of(other, any_model{2}));
    CHECK(restated.total(move_reason::corrected_value) == 1);
    CHECK(restated[0].key == 'a');
    CHECK(to_string(restated[0].reason) == "corrected value");
    CHECK(restated[0].amount == 1);
}
