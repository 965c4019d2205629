// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/byte_reader.hpp>

#include "wire/support.hpp"

#include <attribution/engine/wire/byte_writer.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace att = attribution;

using att::partial_failure;
using att::detail::byte_reader, att::detail::byte_writer;

TEST_CASE("what was written is read, and nothing beyond the end") {
    byte_writer out;
    out.count(UINT64_MAX);
    out.number(INT64_MIN);
    out.fixed(7, 2);
    out.raw("abc");
    auto const bytes = out.take();
    byte_reader in{bytes};
    CHECK(in.count() == UINT64_MAX);
    CHECK(in.number() == INT64_MIN);
    CHECK(in.fixed(2) == 7);
    CHECK(in.left() == 3);
    CHECK(in.rest() == "abc");
    CHECK(support::failure_of([&] { in.finish(); }) == partial_failure::corrupt);
    CHECK(support::failure_of([&] { (void)in.raw(4); }) == partial_failure::truncated);
    CHECK(in.raw(3) == "abc");
    CHECK_NOTHROW(in.finish());
    CHECK(support::failure_of([&] { (void)in.count(); }) == partial_failure::truncated);
}

TEST_CASE("a number has one form") {
    auto const fault = [](std::string const& bytes) {
        return support::failure_of([&] { (void)byte_reader{bytes}.count(); });
    };
    CHECK(fault({"\x80\x00", 2}) == partial_failure::corrupt);  // leading zeros
    CHECK(fault("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02") ==
          partial_failure::corrupt);  // 65 bits
    CHECK(fault("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01") == std::nullopt);
}

TEST_CASE("a list is never longer than the bytes that are left") {
    auto const fault = [](std::string const& bytes) {
        return support::failure_of([&] { (void)byte_reader{bytes}.size(); });
    };
    CHECK(fault("\x02xy") == std::nullopt);
    CHECK(fault("\x03xy") == partial_failure::truncated);
}
