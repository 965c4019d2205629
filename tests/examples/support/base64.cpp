// SPDX-License-Identifier: BSL-1.0
#include <support/base64.hpp>

#include <doctest/doctest.h>

#include <string>

using examples::base64;
using examples::from_base64;
using namespace std::literals;

TEST_CASE("the examples of RFC 4648") {
    CHECK(base64("") == "");
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foobar") == "Zm9vYmFy");
    CHECK(base64("\xFB\xEF\xFF"s) == "++//");
}

TEST_CASE("what was written is read") {
    std::string bytes;
    for (int length = 0; length < 300; ++length) {
        CHECK(from_base64(base64(bytes)) == bytes);
        bytes += static_cast<char>(length * 7);
    }
    // Longer than what libcrypto takes at once.
    std::string const much(7'000'001, '\xA5');
    CHECK(from_base64(base64(much)) == much);
}

TEST_CASE("what is no base64 is nothing") {
    for (auto const* const text : {"Zg", "Zg=", "Zg== ", " Zg=", "Zg\n=", "Z===", "====", "=Zg=",
                                   "Zg==Zg==", "Zm9v\n", "Zm9-", "Zm9_", "Z g="})
        CHECK_MESSAGE(!from_base64(text), text);
    CHECK(!from_base64("Zm\0v"s));
}
