// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/number_forms.hpp>

#include "engine/wire/forms.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace att = attribution;
using namespace support;

namespace {

enum class kind : std::uint8_t { click, view };

}  // namespace

TEST_CASE("numbers come back from their bytes, and never from fewer") {
    goes_and_comes(true);
    goes_and_comes('x');
    goes_and_comes(INT64_MIN);
    goes_and_comes(INT64_MAX);
    goes_and_comes(std::int8_t{-128});
    goes_and_comes(UINT64_MAX);
    goes_and_comes(std::uint16_t{300});
    goes_and_comes(kind::view);
    goes_and_comes(att::detail::int128{INT64_MIN} * INT64_MAX);
    goes_and_comes(-0.1);
    goes_and_comes(0.1F);
    goes_and_comes(std::numeric_limits<double>::infinity());
}

TEST_CASE("the bytes of numbers are the same on every machine") {
    CHECK(bytes_of(300) == "\xd8\x04");
    CHECK(bytes_of(-1) == "\x01");
    CHECK(bytes_of(300U) == "\xac\x02");
    CHECK(bytes_of(1.0) == std::string{"\0\0\0\0\0\0\xf0\x3f", 8});
    CHECK(att::detail::form_name<att::detail::int128>() == "int128");
    CHECK(bytes_of(att::detail::int128{-2}) ==
          "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
}

TEST_CASE("bytes that no number has are refused") {
    is_corrupt<std::int8_t>(bytes_of(128));
    is_corrupt<std::uint32_t>(bytes_of(UINT64_MAX));
    is_corrupt<bool>("\x02");
    is_corrupt<int>("\x02\x02");       // something after it
    is_corrupt<float>(bytes_of(0.1));  // has more digits than a float
}

TEST_CASE("an enumeration of a fixed type takes any number of it") {
    enum unscoped : std::int16_t { none, some };
    enum class letter : char { a = 'a' };
    enum class yes_or_no : bool { no, yes };
    goes_and_comes(some);
    goes_and_comes(letter::a);
    goes_and_comes(yes_or_no::yes);
    CHECK(static_cast<int>(value_of<kind>(bytes_of(std::uint8_t{200}))) == 200);
    CHECK(static_cast<int>(value_of<unscoped>(bytes_of(std::int16_t{-300}))) == -300);
    CHECK(failure_of([] { (void)value_of<kind>(bytes_of(256U)); }) ==
          att::partial_failure::corrupt);
    CHECK(failure_of([] { (void)value_of<yes_or_no>("\x02"); }) == att::partial_failure::corrupt);
    enum open { left, right };
    static_assert(att::detail::has_fixed_type<unscoped> && att::detail::has_fixed_type<kind> &&
                  att::detail::has_fixed_type<letter> && att::detail::has_fixed_type<yes_or_no> &&
                  !att::detail::has_fixed_type<open>);
}

TEST_CASE("doubles that no float is are refused, infinities are not") {
    for (double const value : {1e39, -1e39, 1e300, 0.1})
        CHECK(failure_of([&] { (void)value_of<float>(bytes_of(value)); }) ==
              att::partial_failure::corrupt);
    goes_and_comes(std::numeric_limits<float>::max());
    goes_and_comes(std::numeric_limits<float>::lowest());
    goes_and_comes(-std::numeric_limits<float>::infinity());
}
