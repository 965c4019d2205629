// SPDX-License-Identifier: BSL-1.0
// Any instant and any length of time, in seconds and in nanoseconds: windows begin where 128-bit
// arithmetic says, and nothing overflows at the ends of the clock.
#include "fuzz/fuzzing.hpp"

#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/report/month_of.hpp>

#include <date/date.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace att = attribution;
using fuzzing::require;

namespace {

template <class Time>
struct instant_of {
    using time_type = Time;
    Time when;
    constexpr Time at() const { return when; }
};

/// What an input is taken for.
struct numbers {
    std::int64_t count;
    int length;
    std::chrono::minutes ahead;
    double odd_length;

    explicit numbers(fuzzing::input in) {
        auto const shift = in.below(64);  // so that small instants are as frequent as large ones
        count = in.number() >> shift;
        length = static_cast<int>(in.bits<std::uint32_t>() >> 1 >> in.below(31));
        ahead = std::chrono::minutes{static_cast<int>(in.below(1441)) - 720};
        odd_length = std::abs(std::bit_cast<double>(in.bits<std::uint64_t>()));
    }
};

template <class Duration>
void check(numbers const& n) {
    using time = date::sys_time<Duration>;
    using wide = att::detail::int128;
    time const at{Duration{n.count}};
    auto const from = [&](auto const& policy) {
        auto const window = policy.window(instant_of<time>{at});
        require(window.until == at && window.from <= at, "a lookback ends with the conversion");
        require(policy.earliest(at) <= window.from, "a stream keeps what a window can reach");
        return window.from;
    };
    auto const before = [&](wide days) {
        constexpr wide day = Duration{date::days{1}}.count();
        return time{Duration{att::detail::saturate<std::int64_t>(n.count - days * day)}};
    };

    date::days const days{n.length};
    require(from(att::lookback(days)) == before(n.length), "days of 24 hours");
    att::fixed_offset const zone{n.ahead};
    for (auto const begin :
         {from(att::calendar_lookback(days)), from(att::calendar_lookback(days, zone))})
        require(begin == before(n.length) || begin == time::min(), "days of a calendar");
    require(from(att::calendar_lookback(days, zone).from_midnight()) <=
                from(att::calendar_lookback(days, zone)),
            "midnight is earlier");
    auto const month = from(att::calendar_lookback(date::months{n.length}, zone));
    require(month <= before(wide{28} * n.length), "months have 28 days or more");
    require(month == time::min() || month >= before(wide{31} * n.length), "or up to 31");
    (void)from(att::calendar_lookback(date::years{n.length}));

    if (n.odd_length >= 0) {
        std::chrono::duration<double> const odd{n.odd_length};
        (void)from(att::lookback(odd));
        require(att::minimum_age(odd).window(instant_of<time>{at}).until <= at, "an age is past");
    }
    (void)att::detail::text_of(att::detail::note(at));
    try {
        (void)att::month_of([](time when) { return when; })(at);
    } catch (std::domain_error const&) {
        // beyond the calendar
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    numbers const n{fuzzing::input{bytes, size}};
    check<std::chrono::seconds>(n);
    check<std::chrono::nanoseconds>(n);
    return 0;
}
