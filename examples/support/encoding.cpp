// SPDX-License-Identifier: BSL-1.0
#include <support/encoding.hpp>

#include <support/unicode.hpp>

#include <array>
#include <utility>

namespace examples {

namespace {

// Windows-1252 and UTF-16 by hand: iconv's tables are files that a small system may not have, and no
// library reads UTF-16 in blocks that end inside of a character.

/// What Windows-1252 has at 0x80 to 0x9F; 0: nothing.
constexpr std::array<char32_t, 32> upper_half = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

struct known_begin {
    std::string_view bytes;
    first_bytes means;
};

}  // namespace

std::string_view encoding_name(encoding which) {
    switch (which) {
    case encoding::windows_1252:
        return "Windows-1252";
    case encoding::utf_16_little:
        return "UTF-16 (little endian)";
    case encoding::utf_16_big:
        return "UTF-16 (big endian)";
    case encoding::automatic:
    case encoding::utf_8:
        break;
    }
    return "UTF-8";
}

first_bytes look_at(std::string_view begin) {
    using namespace std::string_view_literals;
    // The longer ones first: one of UTF-32 begins like one of UTF-16.
    static constexpr auto known = std::to_array<known_begin>(
        {{"\xEF\xBB\xBF"sv, {encoding::utf_8}},
         {"\xFF\xFE\0\0"sv, {.no_text = "UTF-32"}},
         {"\0\0\xFE\xFF"sv, {.no_text = "UTF-32"}},
         {"\xFF\xFE"sv, {encoding::utf_16_little}},
         {"\xFE\xFF"sv, {encoding::utf_16_big}},
         {"PK\x03\x04"sv, {.no_text = "a ZIP archive or an Excel workbook"}},
         {"\xD0\xCF\x11\xE0"sv, {.no_text = "an Excel workbook"}},
         {"\x1F\x8B"sv, {.no_text = "compressed by gzip"}},
         {"%PDF-"sv, {.no_text = "a PDF"}},
         {"SQLite format 3\0"sv, {.no_text = "a database of SQLite"}}});
    for (auto const& [bytes, means] : known)
        if (begin.starts_with(bytes)) {
            auto result = means;
            result.mark = bytes;
            return result;
        }
    return {};
}

std::optional<std::string> from_windows_1252(std::string_view text) {
    std::string result;
    result.reserve(text.size() + text.size() / 2);
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        auto const point = byte < 0x80 || byte >= 0xA0 ? char32_t{byte} : upper_half[byte - 0x80U];
        if (point == 0 && byte != 0)
            return std::nullopt;
        append_utf8(result, point);
    }
    return result;
}

bool utf_16_reader::append(std::string& text, std::string_view block) {
    for (char const c : block) {
        auto const byte = static_cast<unsigned char>(c);
        if (!half_) {
            half_ = byte;
            continue;
        }
        auto const first = *std::exchange(half_, std::nullopt);
        auto const unit = big_ ? char32_t{first} << 8U | byte : char32_t{byte} << 8U | first;
        auto const is_low = unit >= 0xDC00 && unit < 0xE000;
        if ((high_ != 0) != is_low)
            return false;
        if (is_low)
            append_utf8(text,
                        0x10000U + ((std::exchange(high_, 0) - 0xD800U) << 10U) + (unit - 0xDC00U));
        else if (unit >= 0xD800 && unit < 0xDC00)
            high_ = unit;
        else
            append_utf8(text, unit);
    }
    return true;
}

}  // namespace examples
