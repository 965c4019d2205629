// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/value_forms.hpp>

#include "engine/wire/forms.hpp"

#include <attribution/amount/money.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>

namespace att = attribution;
using namespace support;

TEST_CASE("values come back from their bytes, and never from fewer") {
    goes_and_comes(std::string{"M\xc3\xbcller\0x", 9});
    goes_and_comes(std::optional<std::string>{});
    goes_and_comes(std::optional<int>{-7});
    goes_and_comes(date::sys_seconds{std::chrono::seconds{-5}});
    goes_and_comes(std::chrono::nanoseconds{123});
    goes_and_comes(att::money<struct eur>{-1999});
}

TEST_CASE("text has its length before it, an optional value whether it is there") {
    CHECK(bytes_of(std::string{"ab"}) == "\x02"
                                         "ab");
    CHECK(bytes_of(std::optional<int>{1}) == "\x01\x02");
    CHECK(bytes_of(std::optional<int>{}) == std::string(1, '\0'));
    is_corrupt<std::optional<int>>("\x02\x02");
}

TEST_CASE("a form tells units of time and of money apart") {
    CHECK(att::detail::form_name<date::sys_seconds>() == "time of 1/1 s in int64");
    CHECK(att::detail::form_name<std::chrono::milliseconds>() == "duration of 1/1000 s in int64");
    CHECK(att::detail::form_name<std::optional<std::string>>() == "optional text");
}
