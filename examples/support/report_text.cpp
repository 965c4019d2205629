// SPDX-License-Identifier: BSL-1.0
#include <support/report_text.hpp>

#include <support/reading.hpp>
#include <support/toml.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace examples {

namespace {

[[noreturn]] void refuse(std::string const& what) {
    throw std::logic_error{"report.toml:" + what};
}

std::string in_one_line(std::string_view text) {
    std::string line;
    for (;;) {
        auto const end = std::min(text.find('\n'), text.size());
        if (auto const part = trimmed(text.substr(0, end)); !part.empty())
            line += fmt::format("{}{}", line.empty() ? "" : " ", part);
        if (end == text.size())
            return line;
        text.remove_prefix(end + 1);
    }
}

std::vector<toml_section> read_report(std::string_view file) {
    try {
        return read_toml(file);
    } catch (toml_error const& error) {
        refuse(fmt::format("{}: {}", error.line(), error.what()));
    }
}

}  // namespace

std::string filled(std::string text, std::string_view mark, std::string_view with) {
    if (auto const place = text.find(mark); place != text.npos)
        text.replace(place, mark.size(), with);
    return text;
}

report_text::report_text(std::string_view file, values const& known) {
    for (auto const& section : read_report(file))
        for (auto const& one : section.entries) {
            auto& texts = texts_[{section.name, one.name}];
            for (auto const& value : one.values) {
                auto& text = texts.emplace_back(in_one_line(value));
                for (auto const& [name, with] : known)
                    text = filled(std::move(text), '{' + name + '}', with);
            }
        }
}

std::vector<std::string> report_text::all(std::string const& section,
                                          std::string const& key) const {
    auto const found = texts_.find({section, key});
    return found == texts_.end() ? std::vector<std::string>{} : found->second;
}

std::string report_text::one(std::string const& section, std::string const& key) const {
    auto const texts = all(section, key);
    if (texts.size() != 1)
        refuse(fmt::format(" [{}] says '{}' {} times", section, key, texts.size()));
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
    auto const one_and_several = [&](std::string const& key) {
        auto const texts = all("", key);
        if (texts.size() != 2)
            refuse(fmt::format(" '{}' is not one and several of a kind, like [\"channel\", "
                               "\"channels\"]",
                               key));
        return std::pair{texts[0], texts[1]};
    };
    auto& words = report.words;
    std::tie(words.channel, words.channels) = one_and_several("channel");
    std::tie(words.conversion, words.conversions) = one_and_several("conversion");
    std::tie(words.touchpoint, words.touchpoints) = one_and_several("touchpoint");
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
    return {name,
            one(name, "title"),
            one(name, "note", ""),
            one(name, "across", ""),
            one(name, "value", ""),
            one(name, "counted", "")};
}

}  // namespace examples
