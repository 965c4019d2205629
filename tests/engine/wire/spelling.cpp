// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/spelling.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>

using attribution::detail::spelled;
using namespace std::chrono;

namespace {

enum class kind : signed char { click = -3 };
struct nothing {};
struct weekdays {
    static std::string name() { return "weekdays"; }
};
struct holidays {
    int country = 0;
    static std::string name() { return "holidays"; }
};
struct both {
    auto made_of() const { return std::tuple{"both", weekdays{}, 7, 'x'}; }
};

}  // namespace

TEST_CASE("lengths of time are spelled without their units") {
    CHECK(spelled(hours{168}) == "7 days");
    CHECK(spelled(days{7}) == spelled(milliseconds{604'800'000}));
    CHECK(spelled(hours{-24}) == "-1 days");
    CHECK(spelled(minutes{90}) == "5400 s");
    CHECK(spelled(milliseconds{1'500}) == "3/2 s");
    CHECK(spelled(duration<double>{0.1}) == "0.1 s");
    CHECK(spelled(sys_days{days{2}}) == "2 days");
    CHECK(spelled(days{std::numeric_limits<int>::max()}) == "2147483647 days");
    using centuries = duration<std::int64_t, std::ratio<3'155'760'000>>;
    CHECK(spelled(centuries::max()) == "9223372036854775807 days");
}

TEST_CASE("numbers, text and what is made of them are spelled on one line") {
    CHECK(spelled(-5) == "-5");
    CHECK(spelled(0.4) == "0.4");
    CHECK(spelled(true) == "true");
    CHECK(spelled('x') == "'x'");
    CHECK(spelled(kind::click) == "-3");
    CHECK(spelled(std::string{"it's\n\\"}) == R"('it\x27s\x0a\x5c')");
    CHECK(spelled(std::string{"\x10\x1f "}) == R"('\x10\x1f ')");
    CHECK(spelled(std::optional{7}) == "7");
    CHECK(spelled(std::optional<int>{}) == "none");
    CHECK(spelled(std::tuple{1, 'a', std::optional<int>{}}) == "(1, 'a', none)");
    CHECK(spelled(std::tuple{}) == "()");
    CHECK(spelled(std::array{6.0, 2.0}) == "[6, 2]");
    CHECK(spelled(std::array<int, 0>{}) == "[]");
    CHECK(spelled(both{}) == "both(weekdays, 7, 'x')");
}

TEST_CASE("what cannot be read is a question mark") {
    CHECK(spelled([](int x) { return x; }) == "?");
    CHECK(spelled(&holidays::country) == "?");
    CHECK(spelled(nothing{}) == "?");
    CHECK(spelled(holidays{}) == "holidays(?)");
    CHECK(spelled(weekdays{}) == "weekdays");
}
