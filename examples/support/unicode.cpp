// SPDX-License-Identifier: BSL-1.0
#include <support/unicode.hpp>

#include <algorithm>

namespace examples {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The length of the UTF-8 sequence at the beginning of `text`, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
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

/// Calls `use` with each character, a replacement for what is none.
template <class Use>
void for_each_character(std::string_view text, Use use) {
    while (!text.empty()) {
        auto const length = sequence_length(text);
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
