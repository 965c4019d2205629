// SPDX-License-Identifier: BSL-1.0
#include <support/unicode.hpp>

#include <doctest/doctest.h>

using namespace std::literals;
using examples::label_text;
using examples::valid_utf8;

TEST_CASE("valid text stays as it is") {
    for (auto const text : {""sv, "plain"sv, "Zürich, 東京, 🚲"sv, "tab\tand\nline"sv})
        CHECK(valid_utf8(text) == text);
}

TEST_CASE("what is no UTF-8 is replaced, byte by byte") {
    auto const r = "\xEF\xBF\xBD"s;
    CHECK(valid_utf8("a\xFFz") == "a" + r + "z");
    CHECK(valid_utf8("\xC3") == r);
    CHECK(valid_utf8("\xC0\xAF") == r + r);          // overlong
    CHECK(valid_utf8("\xED\xA0\x80") == r + r + r);  // a surrogate
    CHECK(valid_utf8("\xF4\x90\x80\x80") == r + r + r + r);
    CHECK(valid_utf8("\xE2\x82(") == r + r + "(");
    CHECK(valid_utf8("a\0b"sv) == "a" + r + "b");
}

TEST_CASE("a label is one line of visible characters") {
    CHECK(label_text("a\nb\tc\x7F") == "a b c ");
    CHECK(label_text("a\xC2\x85z\xE2\x80\xA8!") == "a z !");
    CHECK(label_text("äöü", 3) == "äöü");
    CHECK(label_text("äöüß", 3) == "äö…");
    CHECK(label_text("", 3) == "");
}

TEST_CASE("controls are the first and the last of their kind, and nothing next to them") {
    CHECK(label_text("\x01 \x1F!\x20~\x7F") == "   ! ~ ");
    CHECK(label_text("\xC2\x80|\xC2\x9F|\xC2\xA0|\xC3\x80") == " | |\xC2\xA0|\xC3\x80");
    CHECK(label_text("\xE2\x80\xA7|\xE2\x80\xA8|\xE2\x80\xA9|\xE2\x80\xAA") ==
          "\xE2\x80\xA7| | |\xE2\x80\xAA");
    CHECK(label_text("ab", 1) == "…");
    CHECK(label_text("a", 1) == "a");
    CHECK(examples::capital("a") + examples::capital("z") + examples::capital("{") +
              examples::capital("`") ==
          "AZ{`");
}

TEST_CASE("a capital for the first letter") {
    CHECK(examples::capital("linear") == "Linear");
    CHECK(examples::capital("éa") == "éa");
    CHECK(examples::capital("") == "");
}
