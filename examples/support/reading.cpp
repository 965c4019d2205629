// SPDX-License-Identifier: BSL-1.0
#include <support/reading.hpp>

#include <algorithm>

namespace examples {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view no_break = "\xC2\xA0";
    constexpr std::string_view spaces = " \t\r\n\v\f";
    auto const is_plain = [](char c) { return c > ' ' && c < '\x7F'; };
    if (!text.empty() && is_plain(text.front()) && is_plain(text.back()))
        return text;  // nearly all are
    auto const before = text.size();
    text.remove_prefix(std::min(text.find_first_not_of(spaces), text.size()));
    text = text.substr(0, text.find_last_not_of(spaces) + 1);
    if (text.starts_with(no_break))
        text.remove_prefix(no_break.size());
    if (text.ends_with(no_break))
        text.remove_suffix(no_break.size());
    return text.size() == before ? text : trimmed(text);
}

std::string folded(std::string_view text) {
    auto result = std::string{trimmed(text)};
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

bool means_nothing(std::string_view text, std::vector<std::string> const& words) {
    text = trimmed(text);
    if (text.empty())
        return true;
    auto const same = [](char a, char b) { return lower(a) == lower(b); };
    return std::ranges::any_of(
        words, [&](std::string_view word) { return std::ranges::equal(text, word, same); });
}

nothing_words::nothing_words(std::vector<std::string> const& words) : words_{&words} {
    for (auto const& word : words)
        longest_ = std::max(longest_, word.size());
}

std::vector<std::string_view> parts_of(std::string_view list, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (auto more = true; more;) {
        auto const end = std::min(list.find_first_of(separators), list.size());
        parts.push_back(trimmed(list.substr(0, end)));
        more = end < list.size();
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

std::vector<std::string> words_in(std::string_view list) {
    std::vector<std::string> words;
    for (auto const word : parts_of(list, ","))
        if (!word.empty())
            words.emplace_back(word);
    return words;
}

}  // namespace examples
