// SPDX-License-Identifier: BSL-1.0
#include <support/encoding.hpp>

#include <support/unicode.hpp>

#include <scratch.hpp>

#include <set>
#include <string>

using namespace std::literals;
using namespace examples;

TEST_CASE("Windows-1252: every byte is one character, or none") {
    std::set<std::string> seen;
    std::string undefined;
    for (int byte = 0; byte < 256; ++byte) {
        auto const text = std::string(1, static_cast<char>(byte));
        if (auto const converted = from_windows_1252(text)) {
            CHECK(first_no_utf8(*converted) == converted->size());
            CHECK(seen.insert(*converted).second);
            CHECK((byte >= 0x80 || *converted == text));
        } else {
            undefined += text;
        }
    }
    CHECK(undefined == "\x81\x8D\x8F\x90\x9D");
    CHECK(from_windows_1252("\x80 \xE9\x9F \xFF") == "\xE2\x82\xAC \xC3\xA9\xC5\xB8 \xC3\xBF");
}

TEST_CASE("UTF-16: in blocks of any size") {
    auto const text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"s;
    auto const little = "a\0\xE9\0\xAC\x20\x3D\xD8\x00\xDE"s;
    for (std::size_t size = 1; size <= little.size(); ++size) {
        auto reader = utf_16_reader{encoding::utf_16_little};
        std::string read;
        for (std::size_t at = 0; at < little.size(); at += size)
            CHECK(reader.append(read, std::string_view{little}.substr(at, size)));
        CHECK(read == text);
        CHECK(!reader.unfinished());
    }
    auto reader = utf_16_reader{encoding::utf_16_big};
    std::string read;
    CHECK(reader.append(read, "\0a\xD8\x3D"sv));
    CHECK(reader.unfinished());
    CHECK(!reader.append(read, "\0b"sv));
    CHECK(read == "a");
}

TEST_CASE("UTF-16: what is half of a character") {
    auto const read = [](std::string_view units) -> std::string {
        auto reader = utf_16_reader{encoding::utf_16_big};
        std::string text;
        return reader.append(text, units) ? text : "refused";
    };
    CHECK(read("\xD7\xFF\xE0\x00\xFF\xFF"sv) == "\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF");
    CHECK(read("\xD8\x00\xDC\x00\xDB\xFF\xDF\xFF"sv) == "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
    CHECK(read("\xD8\x01\xDC\x01\0a"sv) == "\xF0\x90\x90\x81"
                                           "a");
    for (auto const units : {"\xDC\x00"sv, "\xDF\xFF"sv, "\xD8\x00\xD8\x00"sv, "\xD8\x00\xE0\x00"sv,
                             "\xDB\xFF\xDB\xFF"sv})
        CHECK(read(units) == "refused");
}

TEST_CASE("code points in UTF-8, at the ends of each length") {
    for (auto const& [point, bytes] : {std::pair{char32_t{0x7F}, "\x7F"s},
                                       {0x80, "\xC2\x80"},
                                       {0x7FF, "\xDF\xBF"},
                                       {0x800, "\xE0\xA0\x80"},
                                       {0xFFFF, "\xEF\xBF\xBF"},
                                       {0x10000, "\xF0\x90\x80\x80"},
                                       {0x10FFFF, "\xF4\x8F\xBF\xBF"}}) {
        std::string text;
        append_utf8(text, point);
        CHECK(text == bytes);
        CHECK(utf8_length(text) == bytes.size());
    }
    CHECK(first_no_utf8("ab\xFFz") == 2);
    CHECK(first_no_utf8("\xED\xA0\x80") == 0);  // half of a surrogate pair
    CHECK(first_no_utf8("") == 0);
}
