// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/print/text_line.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace att = attribution;

namespace {

enum class colour { red, blue };
struct nothing_known {};

template <class T>
std::string text(T const& value) {
    std::ostringstream out;
    out.precision(2);
    att::detail::write_text(out, value);
    return out.str();
}

}  // namespace

TEST_CASE("values are written as their reader knows them") {
    CHECK(text(true) == "yes");
    CHECK(text(false) == "no");
    CHECK(text('x') == "x");
    CHECK(text(std::int8_t{65}) == "65");
    CHECK(text(0.1234567) == "0.1234567");
    CHECK(text(std::string{"mail"}) == "mail");
    CHECK(text(std::optional<int>{}) == "(none)");
    CHECK(text(std::optional{7}) == "7");
    CHECK(text(std::tuple{std::string{"mail"}, std::optional<int>{}}) == "mail, (none)");
    CHECK(text(std::vector<std::string>{"ads", "mail"}) == "ads > mail");
    CHECK(text(colour::blue) == "1");
    CHECK(text(nothing_known{}) == "{?}");
    CHECK(text(date::year{2026} / 3) == "2026/Mar");
}

TEST_CASE("instants of the system clock are dates, lengths have a unit") {
    using namespace std::chrono;
    CHECK(text(sys_seconds{seconds{86'399}}) == "1970-01-01 23:59:59");
    CHECK(text(sys_time<milliseconds>{milliseconds{1'005}}) == "1970-01-01 00:00:01.005");
    CHECK(text(sys_time<milliseconds>{milliseconds{-1}}) == "1969-12-31 23:59:59.999");
    CHECK(text(date::sys_days{date::days{1}}) == "1970-01-02 00:00:00");
    CHECK(text(steady_clock::time_point{nanoseconds{12}}) == "12");
    CHECK(text(date::days{30}) == "30 days");
    CHECK(text(seconds{5}) == "5 s");
    CHECK(text(hours{2}) == "2 * 3600 s");
    CHECK(text(duration<double, std::milli>{0.5}) == "0.5 * 1/1000 s");
}
