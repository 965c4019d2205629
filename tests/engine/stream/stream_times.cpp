// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/stream_times.hpp>

#include <attribution/stream/conversion_stream.hpp>
#include <attribution/stream/touchpoint_stream.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace date::literals;

namespace {

using nanoseconds = date::sys_time<std::chrono::nanoseconds>;

template <class Time>
struct visit {
    int user;
    Time at;
    int id;
};
template <class Time>
using touches = decltype(attribution::touchpoint_stream<visit<Time>>(
    &visit<Time>::user, &visit<Time>::at, &visit<Time>::id));
template <class Time>
using sales = decltype(attribution::conversion_stream<visit<Time>>(
    &visit<Time>::user, &visit<Time>::at, &visit<Time>::id));
template <class Touch, class Sale>
using times = attribution::detail::stream_times<touches<Touch>, sales<Sale>>;

auto const at_once = [](auto at) { return at; };

}  // namespace

TEST_CASE("times of a stream's two clocks meet as the instants they are") {
    using far = times<date::sys_days, nanoseconds>;
    static_assert(std::same_as<far::time_type, nanoseconds>);
    CHECK(far::of_touchpoint(9999_y / 12 / 31) == nanoseconds::max());
    CHECK(far::of_touchpoint(2026_y / 3 / 1) == date::sys_days{2026_y / 3 / 1});

    using fine = times<nanoseconds, date::sys_days>;
    CHECK_THROWS_WITH_AS(
        (void)fine::of_touchpoint(nanoseconds::max()),
        "live: the time of a touchpoint is the first or last instant of its clock, and the other "
        "side has times beyond it, so the two cannot be ordered; use another placeholder",
        std::domain_error);

    using mixed = times<int, std::uint32_t>;
    CHECK(mixed::of_touchpoint(-10) < mixed::of_conversion(50));
}

TEST_CASE("a watermark of any clock") {
    using seconds = times<date::sys_seconds, date::sys_seconds>;
    auto const second = [](auto since) { return date::sys_seconds{since}; };
    auto const finer = date::sys_time<std::chrono::milliseconds>{10'400ms};
    CHECK(seconds::horizon(finer, at_once) == second(11s));
    CHECK(seconds::horizon(finer, [](auto at) {
              return attribution::detail::earlier_by(at, 500ms);
          }) == second(10s));
    CHECK(seconds::horizon(date::sys_days{date::days{1}}, [](auto at) {
              return attribution::detail::earlier_by(at, 1h);
          }) == second(23h));

    using far = times<nanoseconds, nanoseconds>;
    CHECK(far::horizon(date::sys_days{9999_y / 12 / 31}, at_once) == nanoseconds::max());
    CHECK(far::horizon(date::sys_days{1000_y / 12 / 31}, at_once) == nanoseconds::min());

    using number = times<int, int>;
    CHECK(number::horizon(5'000'000'000, at_once) == INT32_MAX);
    CHECK(number::horizon(std::uint64_t{7}, at_once) == 7);
    CHECK(number::horizon(7.25, at_once) == 8);
}
