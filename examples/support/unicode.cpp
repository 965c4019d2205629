// SPDX-License-Identifier: BSL-1.0
#include <support/unicode.hpp>

#include <utf8.h>

#include <algorithm>
#include <cstddef>

namespace examples {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Calls `use` with each character, or with a replacement where the bytes are not one.
template <class Use>
void for_each_character(std::string_view text, Use use) {
    while (!text.empty()) {
        auto const length = utf8_length(text);
        auto const taken = text.substr(0, std::max<std::size_t>(length, 1));
        use(length == 0 || taken[0] == '\0' ? replacement : taken);
        text.remove_prefix(taken.size());
    }
}

/// C0 and C1 controls, and the separators of lines and paragraphs, which break lines.
bool is_control(std::string_view character) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    return (character.size() == 1 && (byte(0) < 0x20 || byte(0) == 0x7F)) ||
           (character.size() == 2 && byte(0) == 0xC2 && byte(1) < 0xA0) ||
           character == "\xE2\x80\xA8" || character == "\xE2\x80\xA9";
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    constexpr std::size_t longest = 4;
    for (std::size_t length = 1; length <= std::min(text.size(), longest); ++length)
        if (utf8::is_valid(text.substr(0, length)))
            return length;
    return 0;
}

std::size_t first_no_utf8(std::string_view text) {
    return static_cast<std::size_t>(utf8::find_invalid(text.begin(), text.end()) - text.begin());
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void append_utf8(std::string& text, char32_t code_point) {
    utf8::append(code_point, text);
}

std::string valid_utf8(std::string_view text) {
    if (first_no_utf8(text) == text.size() && text.find('\0') == text.npos)
        return std::string{text};
    std::string result;
    for_each_character(text, [&](std::string_view character) { result += character; });
    return result;
}

std::string label_text(std::string_view text, std::size_t most) {
    std::string result;
    std::size_t end_of_last_but_one = 0;
    std::size_t count = 0;
    for_each_character(text, [&](std::string_view character) {
        if (++count <= most) {
            if (count == most)
                end_of_last_but_one = result.size();
            result += is_control(character) ? " " : character;
        }
    });
    if (count > most)
        result = result.substr(0, end_of_last_but_one) + "…";
    return result;
}

std::string capital(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

}  // namespace examples
