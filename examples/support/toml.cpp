// SPDX-License-Identifier: BSL-1.0
#include <support/toml.hpp>

#include <support/unicode.hpp>

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace examples {

namespace {

/// What to do about an error, by words of toml++ for it, the first that are found.
constexpr std::pair<std::string_view, std::string_view> advices[]{
    {"redefine", "the same name is there twice: keep one, with a list if it takes several"},
    {"escape sequence",
     "a backslash means something else in double quotes: write \\\\, or the text "
     "in single quotes"},
    {"scalar sequence",
     "a backslash means something else in double quotes: write \\\\, or the text "
     "in single quotes"},
    {"string: ", "a text needs a closing quote"},
    {"array: ", "a list ends with ], and there are commas in it: [\"a\", \"b\"]"},
    {"", "write it like name = \"text\", with the quotes, in a line of its own"},
};

toml_error refusal(toml::parse_error const& error) {
    auto what = error.description();
    auto const advice = std::ranges::find_if(
        advices, [&](auto const& one) { return what.find(one.first) != what.npos; });
    constexpr std::string_view usual = "Error while parsing ";
    if (what.starts_with(usual))
        what.remove_prefix(usual.size());
    return {error.source().begin.line, fmt::format("{} ({})", advice->second, what)};
}

class toml_reader {
  public:
    explicit toml_reader(std::string_view text) {
        for (;;) {
            lines_.push_back(text.substr(0, text.find('\n')));
            if (lines_.back().size() == text.size())
                return;
            text.remove_prefix(lines_.back().size() + 1);
        }
    }

    std::vector<toml_section> sections_of(toml::table const& root) const {
        std::vector<toml_section> sections;
        add(root, {{}, 1, {}}, sections);
        for (auto const& [key, node] : root)
            if (auto const* const table = node.as_table())
                add(*table, {std::string{key.str()}, key.source().begin.line, {}}, sections);
        std::ranges::sort(sections.begin() + 1, sections.end(), {}, &toml_section::line);
        return sections;
    }

  private:
    void add(toml::table const& table, toml_section section,
             std::vector<toml_section>& sections) const {
        for (auto const& [key, node] : table) {
            auto const line = std::size_t{key.source().begin.line};
            if (!node.is_table())
                section.entries.push_back({std::string{key.str()}, values_of(node), line});
            else if (!sections.empty())
                throw toml_error{line, fmt::format("'{}' is a section in another, which there is "
                                                   "not: remove it",
                                                   key.str())};
        }
        std::ranges::sort(section.entries, {}, &toml_entry::line);
        sections.push_back(std::move(section));
    }

    std::vector<std::string> values_of(toml::node const& node) const {
        auto const* const list = node.as_array();
        if (!list)
            return {text_of(node)};
        std::vector<std::string> values;
        for (auto const& one : *list)
            values.push_back(text_of(one));
        return values;
    }

    std::string text_of(toml::node const& node) const {
        auto const& [begin, end, file] = node.source();
        if (auto const* const text = node.as_string())
            return text->get();
        if (!node.is_value())
            throw toml_error{begin.line, "a list has texts, and no lists or sections"};
        auto rest = lines_.at(begin.line - 1);
        for (auto column = begin.column; column > 1; --column)  // of characters, not of bytes
            rest.remove_prefix(utf8_length(rest));
        return std::string{rest.substr(0, end.column - begin.column)};
    }

    std::vector<std::string_view> lines_;
};

}  // namespace

std::vector<toml_section> read_toml(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    try {
        return toml_reader{text}.sections_of(toml::parse(text));
    } catch (toml::parse_error const& error) {
        throw refusal(error);
    }
}

}  // namespace examples
