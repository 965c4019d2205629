// SPDX-License-Identifier: BSL-1.0
#include <support/unicode.hpp>

#include <algorithm>

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
    auto const at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const first = at(0);
    std::size_t const length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((at(i) & 0xC0U) != 0x80U)
            return 0;
    auto const second = length > 1 ? at(1) : 0U;
    auto const broken = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    return broken ? 0 : length;
}

std::size_t first_no_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        auto const length = utf8_length(text.substr(at));
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void append_utf8(std::string& text, char32_t code_point) {
    auto const lead = [&](unsigned shift, unsigned mark) {
        text += static_cast<char>(mark | (code_point >> shift));
    };
    auto const follow = [&](unsigned shift) {
        text += static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU));
    };
    if (code_point < 0x80) {
        lead(0, 0);
    } else if (code_point < 0x800) {
        lead(6, 0xC0);
        follow(0);
    } else if (code_point < 0x10000) {
        lead(12, 0xE0);
        follow(6);
        follow(0);
    } else {
        lead(18, 0xF0);
        follow(12);
        follow(6);
        follow(0);
    }
}

std::string valid_utf8(std::string_view text) {
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
