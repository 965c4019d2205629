// SPDX-License-Identifier: BSL-1.0
#include <attribution/concepts.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace attribution;
using std::chrono::sys_seconds;
using std::chrono::sys_time;

static_assert(instant<sys_seconds> && instant<sys_time<std::chrono::nanoseconds>> &&
              instant<std::int64_t> && instant<double>);
static_assert(instant<std::chrono::seconds>, "a length is a time counted from somewhere");
static_assert(!instant<std::string> && !instant<std::optional<sys_seconds>> && !instant<void>);
static_assert(!instant<int&> && !instant<std::chrono::month_day>);

static_assert(same_time_line<sys_seconds, sys_time<std::chrono::milliseconds>> &&
              same_time_line<int, std::int64_t>);
static_assert(!same_time_line<sys_seconds, std::int64_t>);
static_assert(
    !same_time_line<sys_seconds,
                    std::chrono::time_point<std::chrono::steady_clock, std::chrono::seconds>>,
    "another clock is another time line");

struct only_equal {
    bool operator==(only_equal const&) const = default;
};
struct only_ordered {
    auto operator<=>(only_ordered const&) const = default;
};
struct incomparable {};
enum class plan { free, paid };

static_assert(join_key<int> && join_key<plan> && join_key<std::string> &&
              join_key<std::string_view> && join_key<char const*>);
static_assert(join_key<only_ordered> && join_key<std::pair<int, std::string>>);
static_assert(!join_key<only_equal> && !join_key<incomparable>);

struct units_without_maker {
    using units_type = int;
    int count = 0;
    bool operator==(units_without_maker const&) const = default;
    int units() const { return count; }
};
struct grams : units_without_maker {
    bool operator==(grams const&) const = default;
    static grams from_units(int units) { return {{units}}; }
};
static_assert(unit_amount<grams> && amount<grams>);
static_assert(!unit_amount<units_without_maker> && !unit_amount<int>);
static_assert(amount<int> && amount<std::int64_t> && amount<std::uint64_t> && amount<float> &&
              amount<double> && amount<std::int8_t>);
static_assert(!amount<bool> && !amount<std::string> && !amount<long double> &&
              !amount<int const&> && !amount<plan>);
static_assert(!amount<units_without_maker> && !amount<std::optional<int>> &&
              !amount<std::chrono::seconds>);

}  // namespace
