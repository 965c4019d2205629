// SPDX-License-Identifier: BSL-1.0
#include <attribution/records/records.hpp>

#include "support/records.hpp"

#include <attribution/model/first_of_each.hpp>
#include <attribution/model/last_of_each.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/report/by.hpp>

#include <range/v3/view/filter.hpp>
#include <range/v3/view/subrange.hpp>
#include <range/v3/view/transform.hpp>

#include <doctest/doctest.h>

#include <array>
#include <deque>
#include <forward_list>
#include <ranges>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace support;

constexpr bool test() {
    constexpr std::array<sale, 2> book{sale{7, 10, 100}, sale{8, 20, -5}};
    auto const records = sales(book);
    require(records.size() == 2 && records.key(0) == 7 && records.time(1) == 20 &&
            !records.key_is_missing(1));
    return true;
}
static_assert(test());

using array_records = decltype(touches(std::declval<std::array<touch, 1> const&>()));
static_assert(std::same_as<array_records::key_type, int> &&
              std::same_as<array_records::time_type, tick>);

/// The channels in the order of rows: the same, however the records are held.
template <class Range>
std::string seen(Range&& range) {
    auto const records = att::touchpoints(std::forward<Range>(range), &touch::user, &touch::at);
    auto const copy = records;  // handles are copied, and see the same
    std::string channels;
    for (std::size_t row = 0; row < copy.size(); ++row) {
        touch const one = copy[row];
        CHECK(copy.key(row) == one.user);
        CHECK(copy.time(row) == one.at);
        channels += one.channel;
    }
    return channels;
}

}  // namespace

TEST_CASE("records") {
    CHECK(test());
}

TEST_CASE("records are read from any forward range") {
    std::vector<touch> const log{{1, 1, 'a'}, {2, 2, 'b'}, {1, 3, 'c'}};
    CHECK(seen(log) == "abc");
    CHECK(seen(std::span{log}) == "abc");
    CHECK(seen(ranges::subrange(log.begin(), log.end())) == "abc");
    std::deque<touch> const deque(log.begin(), log.end());
    CHECK(seen(deque) == "abc");
    std::forward_list<touch> list(log.begin(), log.end());
    CHECK(seen(list) == "abc");
    CHECK(seen(std::as_const(list)) == "abc");
    touch const array[]{{1, 1, 'a'}, {2, 2, 'b'}};
    CHECK(seen(array) == "ab");
    std::vector<touch> const empty;
    CHECK(seen(empty).empty());
}

TEST_CASE("records are read from views, which are kept") {
    std::vector<touch> const log{{1, 1, 'a'}, {2, 2, 'b'}, {1, 3, 'c'}};
    auto const of_first = [](touch const& t) { return t.user == 1; };
    auto const louder = [](touch t) {
        t.channel = static_cast<char>(t.channel - 'a' + 'A');
        return t;
    };
    CHECK(seen(log | ranges::views::filter(of_first)) == "ac");
    CHECK(seen(log | ranges::views::transform(louder)) == "ABC");
    CHECK(seen(log | ranges::views::filter(of_first) | ranges::views::transform(louder)) == "AC");
#if !defined(__clang__) || __clang_major__ > 15  // which cannot compile libstdc++'s views
    CHECK(seen(log | std::views::filter(of_first)) == "ac");
    CHECK(seen(log | std::views::transform(louder)) == "ABC");
    auto named = log | std::views::transform(louder) | std::views::filter(of_first);
    CHECK(seen(named) == "AC");
#endif
}

TEST_CASE("records of a container are borrowed, not copied") {
    std::vector<touch> const log{{1, 1, 'a'}, {2, 2, 'b'}};
    CHECK(&touches(log)[1] == &log[1]);
    std::forward_list<touch> const list(log.begin(), log.end());
    CHECK(&touches(list)[0] == &list.front());
}

TEST_CASE("projections may compute") {
    std::vector<touch> const log{{1, 1, 'a'}};
    auto const records = att::touchpoints(
        log, [](touch const& t) { return std::to_string(t.user); },
        [](touch const& t) { return static_cast<double>(t.at) / 2; });
    CHECK(records.key(0) == "1");
    CHECK(records.time(0) == 0.5);
    static_assert(!decltype(records)::has_stable_keys);
    static_assert(decltype(touches(log))::has_stable_keys);
}

TEST_CASE("members of records that a view makes on the fly are not left dangling") {
    struct named {
        std::string name;
        tick at;
    };
    auto const make = [](touch const& t) {
        return named{"a name too long for the small buffer " + std::string(1, t.channel), t.at};
    };
    std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}, {1, 3, 'a'}};
    auto const rows = log | ranges::views::transform(make);
    auto const visits = att::touchpoints(rows, &named::name, &named::at);
    auto const bought = att::conversions(rows, &named::name, &named::at);
    auto const model = att::over(att::first_of_each(&named::name), att::linear);
    auto const credits = att::attribute(bought, visits, model);
    REQUIRE(credits.size() == 3);
    CHECK(credits[2].touchpoint == 0);
    CHECK(att::attribute(bought, visits, att::over(att::last_of_each(&named::name), att::linear))[2]
              .touchpoint == 2);
    CHECK(att::attribute(bought, visits, att::over(att::runs(&named::name), att::linear))[2]
              .touchpoint == 0);
    auto const name = make(log[1]).name;
    CHECK((credits | att::by(&named::name))[1].key == name);
    CHECK((credits | att::by(att::of_conversion(&named::name)))[1].key == name);
}
