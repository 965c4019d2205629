// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/sorted.hpp>

#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/since_previous_conversion.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;

namespace {

constexpr std::array<touch, 4> in_order{touch{1, 3, 'a'}, touch{1, 5, 'b'}, touch{1, 5, 'c'},
                                        touch{2, 1, 'd'}};
constexpr std::array<touch, 2> key_first{touch{2, 1, 'a'}, touch{1, 5, 'b'}};
constexpr std::array<touch, 3> then_time{touch{1, 1, 'a'}, touch{1, 5, 'b'}, touch{1, 4, 'c'}};
constexpr std::array<sale, 3> orders{sale{1, 6, 90}, sale{2, 0, 7}, sale{2, 9, 8}};

constexpr bool test() {
    require(!att::first_unsorted(touches(in_order)));
    require(att::first_unsorted(touches(key_first)) == std::size_t{1});
    require(att::first_unsorted(touches(then_time)) == std::size_t{2});
    auto const fast = att::attribute(att::sorted(sales(orders)), att::sorted(touches(in_order)),
                                     att::linear, att::always);
    auto const slow = att::attribute(sales(orders), touches(in_order), att::linear, att::always);
    require(std::equal(fast.begin(), fast.end(), slow.begin(), slow.end()));
    require(fast.size() == 5 && fast[0].amount == 30 && !fast[3].attributed());
    return true;
}
static_assert(test());

static_assert(att::detail::is_touchpoint_records<decltype(att::sorted(touches(in_order)))>);
static_assert(!att::detail::is_conversion_records<decltype(att::sorted(touches(in_order)))>);

struct visit {
    std::optional<std::string> name;
    tick at;
};

}  // namespace

TEST_CASE("sorted") {
    CHECK(test());
}

TEST_CASE("a promise that is not kept is told by row") {
    // In constant expressions and debug builds; this test is built without NDEBUG.
    try {
        (void)att::sorted(touches(then_time));
        FAIL("not checked");
    } catch (std::invalid_argument const& error) {
        CHECK(std::string{error.what()}.find("row 2 comes before row 1") != std::string::npos);
    }
}

TEST_CASE("instants are compared as instants") {
    using std::chrono::sys_seconds, std::chrono::seconds;
    struct click {
        int user;
        sys_seconds at;
    };
    auto const row_of = [](std::vector<click> const& log) {
        return att::first_unsorted(att::touchpoints(log, &click::user, &click::at));
    };
    auto const at = [](int n) { return sys_seconds{seconds{n}}; };
    CHECK(!row_of({{1, at(-5)}, {1, at(7)}, {1, at(7)}, {2, at(-9)}}));
    CHECK(row_of({{1, at(-5)}, {1, at(7)}, {1, at(6)}}) == 2);
    CHECK(row_of({{2, at(-5)}, {1, at(7)}}) == 1);
}

TEST_CASE("text keys that projections make, missing keys first") {
    std::vector<visit> const log{{std::nullopt, 5}, {"ann", 1}, {"ann", 2}, {"bob", 1}};
    std::vector<visit> const book{{std::nullopt, 9}, {"ann", 2}, {"bob", 0}, {"bob", 3}};
    auto const name = [](visit const& v) {
        return v.name ? std::optional{"customer " + *v.name} : std::nullopt;
    };
    auto const one = [](visit const&) { return 6; };
    auto const ledger =
        att::attribute(att::sorted(att::conversions(book, name, &visit::at, one)),
                       att::sorted(att::touchpoints(log, name, &visit::at)), att::linear);
    std::vector<att::credit<int>> const expected{{0, att::no_row, 6, 1},
                                                 {1, 1, 3, 0.5},
                                                 {1, 2, 3, 0.5},
                                                 {2, att::no_row, 6, 1},
                                                 {3, 3, 6, 1}};
    CHECK(std::equal(ledger.begin(), ledger.end(), expected.begin(), expected.end()));

    // A model of one end of the window, and conversions before that have no key
    auto const last = att::attribute(att::sorted(att::conversions(book, name, &visit::at, one)),
                                     att::sorted(att::touchpoints(log, name, &visit::at)),
                                     att::last_touch, att::since_previous_conversion);
    std::vector<att::credit<int>> const latest{
        {0, att::no_row, 6, 1}, {1, 2, 6, 1}, {2, att::no_row, 6, 1}, {3, 3, 6, 1}};
    CHECK(std::equal(last.begin(), last.end(), latest.begin(), latest.end()));
}

TEST_CASE("empty sides") {
    std::vector<touch> const none;
    std::vector<sale> const nothing;
    CHECK(!att::first_unsorted(touches(none)));
    CHECK(att::attribute(att::sorted(sales(nothing)), att::sorted(touches(in_order)), att::linear)
              .empty());
    auto const lost =
        att::attribute(att::sorted(sales(orders)), att::sorted(touches(none)), att::linear);
    CHECK(lost.size() == 3);
    CHECK(!lost[0].attributed());
}

TEST_CASE("keys that are NaNs come first, as missing ones do") {
    double const none = std::numeric_limits<double>::quiet_NaN();
    auto const row_of = [](std::vector<double> const& keys) {
        return att::first_unsorted(att::touchpoints(
            keys, [](double key) { return key; }, [](double) { return 0; }));
    };
    CHECK(!row_of({none, none, 1, 2}));
    CHECK(row_of({none, 1, none}) == 2);
    CHECK(row_of({1, none}) == 1);
    CHECK(row_of({none, 2, 1}) == 2);
    auto const maybe =
        std::vector<std::optional<double>>{std::nullopt, none, std::nullopt, 1, none};
    CHECK(att::first_unsorted(att::touchpoints(
              maybe, [](auto const& key) { return key; }, [](auto const&) { return 0; })) == 4);
}

TEST_CASE("law: who has a NaN for a key is as who has none, sorted or not") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        auto const by_key = [](auto const& a, auto const& b) {
            return std::pair{a.user, a.at} < std::pair{b.user, b.at};
        };
        std::ranges::stable_sort(w.log, by_key);
        std::ranges::stable_sort(w.book, by_key);
        auto const number = [](auto const& record) {
            return record.user == 0 ? std::numeric_limits<double>::quiet_NaN() : 0.5 * record.user;
        };
        auto const known = [](auto const& record) {
            return record.user == 0 ? std::nullopt : std::optional{record.user};
        };
        auto const touches_by = [&](auto key) { return att::touchpoints(w.log, key, &touch::at); };
        auto const sales_by = [&](auto key) {
            return att::conversions(w.book, key, &sale::at, &sale::value);
        };
        auto const policy = att::lookback(world::lookback) && att::since_previous_conversion;
        auto const expected =
            att::attribute(sales_by(known), touches_by(known), att::linear, policy);
        auto const same = [&](auto const& credits) {
            return std::equal(credits.begin(), credits.end(), expected.begin(), expected.end());
        };
        return same(att::attribute(sales_by(number), touches_by(number), att::linear, policy)) &&
               same(att::attribute(att::sorted(sales_by(number)), att::sorted(touches_by(number)),
                                   att::linear, policy)) &&
               same(att::attribute(att::sorted(sales_by(known)), att::sorted(touches_by(known)),
                                   att::linear, policy));
    });
}
