// SPDX-License-Identifier: BSL-1.0
#include <attribution/credit/sink.hpp>

#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace {

using namespace support;

constexpr std::array<sale, 2> book{sale{1, 20, 5}, sale{3, 20, 7}};
constexpr std::array<touch, 2> log{touch{1, 19, 'c'}, touch{1, 2, 'a'}};

/// A sink that knows the records: what each channel earned, as text.
struct told_by_channel {
    template <class Conversions, class Touchpoints>
    struct bound {
        Touchpoints touchpoints;
        std::vector<std::pair<char, cents>> told{};

        constexpr void operator()(att::credit<cents> const& earned) {
            told.emplace_back(earned.attributed() ? touchpoints[earned.touchpoint].channel : '-',
                              earned.amount);
        }
        constexpr auto finish() { return told; }
    };
    template <class Conversions, class Touchpoints>
    constexpr auto bind(Conversions const&, Touchpoints const& touchpoints) const {
        return bound<Conversions, Touchpoints>{touchpoints};
    }
};
/// It could never give its result.
struct endless {
    constexpr auto bind(auto const&, auto const&) const { return 1; }
};

using conversion_records = decltype(sales(book));
using touchpoint_records = decltype(touches(log));
template <class Sink>
inline constexpr bool binds = att::bindable_sink<Sink, conversion_records, touchpoint_records>;

static_assert(binds<told_by_channel>);
static_assert(binds<decltype(att::by(&touch::channel))>);
static_assert(!binds<endless>);
constexpr auto ignored = [](att::credit<cents> const&) {};
static_assert(!binds<decltype(ignored)>);  // a sink all the same, which needs no records

constexpr bool test() {
    std::vector<std::pair<char, cents>> const expected{{'a', 3}, {'c', 2}, {'-', 7}};
    require(att::attribute(sales(book), touches(log), att::linear, att::always,
                           told_by_channel{}) == expected);
    auto const ledger = att::attribute(sales(book), touches(log), att::linear);
    require((ledger | told_by_channel{}) == expected);
    return true;
}
static_assert(test());

/// A callable gets the same credits as a ledger.
constexpr bool test_callable() {
    std::vector<att::credit<cents>> received;
    att::attribute(sales(book), touches(log), att::linear, att::always,
                   [&](att::credit<cents> const& earned) { received.push_back(earned); });
    auto const ledger = att::attribute(sales(book), touches(log), att::linear);
    require(std::equal(received.begin(), received.end(), ledger.begin(), ledger.end()));
    return true;
}
static_assert(test_callable());

}  // namespace

TEST_CASE("sink") {
    CHECK(test());
    CHECK(test_callable());
}
