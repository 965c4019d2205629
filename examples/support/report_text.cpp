// SPDX-License-Identifier: BSL-1.0
#include <support/report_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace examples {

namespace {

[[noreturn]] void refuse(std::string const& what) {
    throw std::logic_error{"report.txt: " + what};
}

/// One of a kind, and several of them.
std::pair<std::string, std::string> one_and_several(std::string const& text) {
    constexpr std::string_view between = ", ";
    auto const comma = text.find(between);
    if (comma == text.npos)
        refuse(fmt::format("'{}' is not one and several of a kind, with a comma between", text));
    return {text.substr(0, comma), text.substr(comma + between.size())};
}

}  // namespace

std::string filled(std::string text, std::string_view mark, std::string_view with) {
    if (auto const place = text.find(mark); place != text.npos)
        text.replace(place, mark.size(), with);
    return text;
}

report_text::report_text(std::string_view file, values const& known) {
    std::string section;
    std::string* latest = nullptr;
    while (!file.empty()) {
        auto const line = file.substr(0, file.find('\n'));
        file.remove_prefix(std::min(file.size(), line.size() + 1));
        auto const begin = line.find_first_not_of(' ');
        if (begin == line.npos || line.front() == '#')
            continue;
        auto const colon = line.find(": ");
        if (begin > 0 && latest) {
            *latest += fmt::format(" {}", line.substr(begin));
        } else if (line.front() == '[' && line.back() == ']') {
            section = line.substr(1, line.size() - 2);
            latest = nullptr;
        } else if (begin == 0 && colon != line.npos) {
            auto& texts = texts_[{section, std::string{line.substr(0, colon)}}];
            latest = &texts.emplace_back(line.substr(colon + 2));
        } else {
            refuse(fmt::format("'{}' has no key", line));
        }
    }
    for (auto& [key, texts] : texts_)
        for (auto& text : texts)
            for (auto const& [name, value] : known)
                text = filled(std::move(text), '{' + name + '}', value);
}

std::vector<std::string> report_text::all(std::string const& section,
                                          std::string const& key) const {
    auto const found = texts_.find({section, key});
    return found == texts_.end() ? std::vector<std::string>{} : found->second;
}

std::string report_text::one(std::string const& section, std::string const& key) const {
    auto const texts = all(section, key);
    if (texts.size() != 1)
        refuse(fmt::format("[{}] says '{}' {} times", section, key, texts.size()));
    return texts.front();
}

std::string report_text::one(std::string const& section, std::string const& key,
                             std::string otherwise) const {
    return all(section, key).empty() ? std::move(otherwise) : one(section, key);
}

report_model report_text::report(std::string program) const {
    report_model report{.program = std::move(program),
                        .title = one("", "title"),
                        .question = one("", "question"),
                        .currency = one("", "currency", ""),
                        .policy = all("", "policy")};
    auto& words = report.words;
    std::tie(words.channel, words.channels) = one_and_several(one("", "channel"));
    std::tie(words.conversion, words.conversions) = one_and_several(one("", "conversion"));
    std::tie(words.touchpoint, words.touchpoints) = one_and_several(one("", "touchpoint"));
    words.amount = one("", "amount");
    words.group = one("", "group", "");
    return report;
}

model_description report_text::model(std::string name) const {
    auto title = name;
    std::ranges::replace(title, '_', ' ');
    return {name, one(name, "title", title), one(name, "text"), one(name, "colour", "")};
}

figure_text report_text::figure(std::string name) const {
    return {name, one(name, "title"), one(name, "note", ""), one(name, "across", ""),
            one(name, "value", "")};
}

}  // namespace examples
