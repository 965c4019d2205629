// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/byte_writer.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace att = attribution;

using att::detail::byte_writer;

TEST_CASE("numbers have one form, on every machine") {
    auto const counted = [](std::uint64_t value) {
        byte_writer out;
        out.count(value);
        return out.take();
    };
    auto const numbered = [](std::int64_t value) {
        byte_writer out;
        out.number(value);
        return out.take();
    };
    CHECK(counted(0) == std::string(1, '\0'));
    CHECK(counted(127) == "\x7f");
    CHECK(counted(128) == "\x80\x01");
    CHECK(counted(UINT64_MAX) == "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
    CHECK(numbered(-1) == "\x01");
    CHECK(numbered(1) == "\x02");
    CHECK(numbered(INT64_MIN) == counted(UINT64_MAX));
    CHECK(numbered(INT64_MAX) == counted(UINT64_MAX - 1));
}

TEST_CASE("what is fixed has its lowest byte first, and a width") {
    byte_writer out;
    out.fixed(0x0102, 4);
    out.raw("ab");
    CHECK(out.bytes() == std::string{"\x02\x01\0\0ab", 6});
    CHECK(out.take().size() == 6);
}
