// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/common_time.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ratio>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace {

namespace detail = attribution::detail;
using namespace date::literals;
using detail::common_time;
using detail::int128;
using detail::meet;
using detail::nearest;
using detail::nearest_instant;

template <class Duration>
using sys = date::sys_time<Duration>;
using std::chrono::nanoseconds;
using short_seconds = std::chrono::duration<std::int32_t>;
template <int Seconds>
using in_steps_of = sys<std::chrono::duration<std::int64_t, std::ratio<Seconds>>>;
using seconds_of_doubles = sys<std::chrono::duration<double>>;

// The usual type where it holds both sides, else one that does, else 64 bits.
static_assert(std::same_as<common_time<int, int>, int>);
static_assert(std::same_as<common_time<int, long>, long>);
static_assert(std::same_as<common_time<int, unsigned>, std::int64_t>);
static_assert(std::same_as<common_time<std::uint32_t, std::uint64_t>, std::uint64_t>);
static_assert(std::same_as<common_time<std::int64_t, std::uint64_t>, std::int64_t>);
static_assert(std::same_as<common_time<std::int64_t, float>, double>);
static_assert(std::same_as<common_time<date::sys_days, date::sys_seconds>, date::sys_seconds>);
static_assert(std::same_as<common_time<date::sys_days, sys<short_seconds>>,
                           sys<std::chrono::duration<std::int64_t>>>);
static_assert(std::same_as<common_time<date::sys_days, sys<nanoseconds>>, sys<nanoseconds>>);

// Only what needs it is looked at.
static_assert(!detail::reaches_beyond<date::sys_days, date::sys_seconds>());
static_assert(detail::reaches_beyond<date::sys_days, sys<nanoseconds>>());
static_assert(!detail::reaches_beyond<sys<nanoseconds>, date::sys_days>());
static_assert(detail::reaches_beyond<std::uint64_t, std::int64_t>());

constexpr sys<nanoseconds> in_nanoseconds(date::sys_days day) {
    return meet<sys<nanoseconds>>(day, "", 0);
}
static_assert(in_nanoseconds(2026_y / 3 / 5) == date::sys_days{2026_y / 3 / 5});
static_assert(in_nanoseconds(9999_y / 12 / 31) == sys<nanoseconds>::max());
static_assert(in_nanoseconds(date::year{-9999} / 1 / 1) == sys<nanoseconds>::min());
static_assert(detail::compare_instants(-10, 50U) < 0);
static_assert(detail::compare_instants(9007199254740993, 9007199254740992.0) > 0);
static_assert(detail::compare_instants(date::sys_days{9999_y / 12 / 31}, sys<nanoseconds>::max()) >
              0);

/// The instant in nanoseconds, or in a bare number's own unit, as the reference has it.
template <class Time>
int128 exact(Time at) {
    using period = typename detail::measure<Time>::period;
    if constexpr (detail::is_time_point<Time>)
        return int128{detail::measure<Time>::count(at)} *
               (period::num * 1'000'000'000 / period::den);
    else
        return int128{at};
}

template <class Time>
std::vector<Time> instants() {
    using rep = detail::rep_of<Time>;
    std::vector<Time> all;
    auto const add = [&](int128 count) {
        if (detail::representable<rep>(count))
            all.push_back(detail::measure<Time>::make(static_cast<rep>(count)));
    };
    for (int128 const middle :
         {int128{std::numeric_limits<rep>::min()}, int128{std::numeric_limits<rep>::max()},
          int128{0}, int128{INT32_MAX}, int128{INT32_MIN}, int128{UINT32_MAX}, int128{INT64_MAX},
          int128{INT64_MIN}, int128{106'751}, int128{-106'752}, int128{9'223'372'036},
          int128{-9'223'372'037}, int128{20'000}, int128{1'728'000'000}, int128{INT64_MIN / 2},
          int128{INT64_MAX / 2}, int128{INT64_MIN / 3}, int128{INT64_MAX / 3}})
        for (int const off : {-2, -1, 0, 1, 2})
            add(middle + off);
    return all;
}

/// Beyond the clock where it meets those of `Other`, as the reference has it.
template <class Other, class Own>
bool is_beyond(Own at) {
    using rep = detail::rep_of<common_time<Own, Other>>;
    return !detail::representable<rep>(int128{detail::measure<Own>::count(at)} *
                                       detail::scale_to<Own, Other>);
}
/// Met at an end of a clock that some instant of either side lies beyond.
template <class Other, class Own, class Time>
bool is_end_of_shared_clock(Own, Time met) {
    return (detail::reaches_beyond<Own, Other>() || detail::reaches_beyond<Other, Own>()) &&
           (met == detail::first_instant<Time>() || met == detail::last_instant<Time>());
}

template <class A, class B>
void compare_all() {
    CAPTURE(typeid(A).name());
    CAPTURE(typeid(B).name());
    std::size_t met = 0;
    for (auto const a : instants<A>())
        for (auto const b : instants<B>()) {
            int const order = exact(a) < exact(b) ? -1 : exact(b) < exact(a) ? 1 : 0;
            REQUIRE(detail::compare_instants(a, b) == order);
            try {
                auto const one = meet<B>(a, "the time of row ", 3);
                auto const other = meet<A>(b, "the time of row ", 4);
                static_assert(std::same_as<decltype(one), decltype(other)>);
                REQUIRE((one < other ? -1 : other < one ? 1 : 0) == order);
                REQUIRE(is_beyond<B>(a) == is_end_of_shared_clock<B>(a, one));
                REQUIRE(is_beyond<A>(b) == is_end_of_shared_clock<A>(b, other));
                ++met;
            } catch (std::domain_error const& refused) {
                auto const text = std::string{refused.what()};
                REQUIRE(text.starts_with("the time of row "));
                REQUIRE((detail::reaches_beyond<A, B>() || detail::reaches_beyond<B, A>()));
            }
            auto const from = nearest_instant<A, nearest::not_before>(b);
            auto const until = nearest_instant<A, nearest::not_after>(b);
            REQUIRE((from && *from <= a) == (order >= 0));
            REQUIRE((until && a <= *until) == (order <= 0));
        }
    CHECK(met > 100);
}

template <class... Times>
void compare_each_with_all(std::tuple<Times...>) {
    auto const with_all = [](auto one) { (compare_all<decltype(one), Times>(), ...); };
    (with_all(Times{}), ...);
}

}  // namespace

TEST_CASE(
    "instants of any two clocks compare as the numbers they are, or are refused by their row") {
    compare_each_with_all(std::tuple<date::sys_days, date::sys_seconds, sys<short_seconds>,
                                     sys<std::chrono::milliseconds>, sys<std::chrono::microseconds>,
                                     sys<nanoseconds>>{});
    // Clocks that lie beyond the common one on either side, or meet it at its very ends.
    compare_each_with_all(std::tuple<date::sys_seconds, in_steps_of<2>, in_steps_of<3>>{});
    compare_each_with_all(
        std::tuple<std::int16_t, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t>{});
}

TEST_CASE("what cannot be told apart is refused, and why") {
    CHECK_THROWS_WITH_AS(
        (meet<date::sys_days>(sys<nanoseconds>::max(), "join: the time of conversion row ", 7)),
        "join: the time of conversion row 7 is the first or last instant of its clock, and the "
        "other side has times beyond it, so the two cannot be ordered; use another placeholder",
        std::domain_error);
    CHECK(meet<date::sys_seconds>(sys<nanoseconds>::max() - nanoseconds{1}, "", 0) ==
          sys<nanoseconds>::max() - nanoseconds{1});
    CHECK_THROWS_WITH_AS((meet<std::int64_t>(std::uint64_t{INT64_MAX}, "time ", 2)),
                         "time 2 is the first or last instant of the clock that both sides share, "
                         "and there are times "
                         "beyond it, so the two cannot be ordered; use another placeholder",
                         std::domain_error);
    // A record that comes alone has no row.
    CHECK_THROWS_WITH_AS(
        (meet<double>(std::int64_t{9007199254740993}, "live: the time of a touchpoint",
                      static_cast<std::size_t>(-1))),
        "live: the time of a touchpoint is a whole number that the floating-point "
        "clock of the other side cannot hold; convert one of them in its projection",
        std::domain_error);
    CHECK(meet<std::int64_t>(std::uint64_t{INT64_MAX} + 1, "", 0) == INT64_MAX);
    CHECK_THROWS_WITH_AS(
        (meet<in_steps_of<3>>(in_steps_of<2>::max(), "time ", 2)),
        "time 2 is outside of the clock that both sides share; convert one of them in its "
        "projection",
        std::domain_error);
    CHECK_THROWS_WITH_AS((meet<double>(std::int64_t{9007199254740993}, "time ", 2)),
                         "time 2 is a whole number that the floating-point clock of the other side "
                         "cannot hold; convert one of them in its projection",
                         std::domain_error);
    CHECK(meet<double>(std::int64_t{9007199254740992}, "time ", 2) == 9007199254740992.0);
}

TEST_CASE("clocks of floating-point numbers") {
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    using detail::compare_instants;
    CHECK(compare_instants(infinity, INT64_MAX) > 0);
    CHECK(compare_instants(-infinity, INT64_MIN) < 0);
    CHECK(compare_instants(INT64_MAX, infinity) < 0);
    CHECK(compare_instants(2.5, 2) > 0);
    CHECK(compare_instants(-2.5, -2) < 0);
    CHECK(compare_instants(2.0F, 2.0) == 0);
    CHECK(compare_instants(0x1p63, INT64_MAX) > 0);
    CHECK(compare_instants(1.5F, 1.25) > 0);
    CHECK(compare_instants(1.25, 1.5F) < 0);
    CHECK(compare_instants(seconds_of_doubles{std::chrono::duration<double>{0.5}},
                           sys<nanoseconds>{nanoseconds{500'000'000}}) == 0);

    CHECK(nearest_instant<std::int32_t, nearest::not_before>(2.5) == 3);
    CHECK(nearest_instant<std::int32_t, nearest::not_after>(2.5) == 2);
    CHECK(nearest_instant<std::int32_t, nearest::not_before>(-2.5) == -2);
    CHECK(nearest_instant<std::int32_t, nearest::not_after>(-2.5) == -3);
    CHECK(nearest_instant<std::int32_t, nearest::not_before>(infinity) == std::nullopt);
    CHECK(nearest_instant<std::int32_t, nearest::not_after>(infinity) == INT32_MAX);
    CHECK(nearest_instant<std::int32_t, nearest::not_before>(-infinity) == INT32_MIN);
    CHECK(nearest_instant<std::int32_t, nearest::not_after>(-infinity) == std::nullopt);

    constexpr std::int64_t between_doubles = 9007199254740993;
    CHECK(nearest_instant<double, nearest::not_before>(between_doubles) == 9007199254740994.0);
    CHECK(nearest_instant<double, nearest::not_after>(between_doubles) == 9007199254740992.0);
    CHECK(nearest_instant<double, nearest::not_before>(between_doubles + 2) == 9007199254740996.0);
    CHECK(nearest_instant<double, nearest::not_after>(between_doubles + 2) == 9007199254740994.0);
    CHECK(nearest_instant<double, nearest::not_after>(std::int64_t{5}) == 5.0);
    CHECK(nearest_instant<double, nearest::not_before>(std::int64_t{5}) == 5.0);
    CHECK(nearest_instant<std::int32_t, nearest::not_before>(2.0) == 2);
    CHECK(nearest_instant<std::int32_t, nearest::not_after>(-2.0) == -2);
    CHECK(compare_instants(seconds_of_doubles{std::chrono::duration<double>{7200}},
                           sys<std::chrono::duration<double, std::ratio<3600>>>{
                               std::chrono::duration<double, std::ratio<3600>>{2}}) == 0);
    CHECK(nearest_instant<double, nearest::not_before>(2.5F) == 2.5);
}
