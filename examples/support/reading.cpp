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

std::vector<std::string> words_in(std::string_view list) {
    std::vector<std::string> words;
    while (!list.empty()) {
        auto const end = std::min(list.find(','), list.size());
        if (auto const word = trimmed(list.substr(0, end)); !word.empty())
            words.emplace_back(word);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return words;
}

}  // namespace examples
