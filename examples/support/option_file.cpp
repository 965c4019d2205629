// SPDX-License-Identifier: BSL-1.0
#include <support/option_file.hpp>

#include <support/csv.hpp>
#include <support/names.hpp>
#include <support/toml.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <iterator>
#include <utility>

namespace examples {

namespace {

/// TOML is UTF-8, and the name of a file need not be: what is not is read as if every byte were a
/// character, see bytes_of.
std::string characters_of(std::string_view bytes) {
    std::string text;
    for (char const byte : bytes)
        append_utf8(text, static_cast<unsigned char>(byte));
    return text;
}

/// The text whose bytes are these characters; those that are no byte are left as they are.
std::string bytes_of(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        auto const size = utf8_length(text);
        auto const first = static_cast<unsigned char>(text[0]);
        if (size == 2 && first < 0xC4)
            bytes += static_cast<char>((first & 0x03U) << 6U |
                                       (static_cast<unsigned char>(text[1]) & 0x3FU));
        else
            bytes += text.substr(0, size);
        text.remove_prefix(size);
    }
    return bytes;
}

/// Errors: toml_error.
std::vector<toml_section> read_options(std::string_view text) {
    if (first_no_utf8(text) == text.size())
        return read_toml(text);
    auto sections = read_toml(characters_of(text));
    for (auto& section : sections)
        for (auto& one : section.entries) {
            one.name = bytes_of(one.name);
            std::ranges::transform(one.values, one.values.begin(), bytes_of);
        }
    return sections;
}

/// Whether a value in this form is that text.
bool reads_as(std::string const& written, std::string const& text) {
    try {
        auto const read = read_options("text = " + written);
        return read.size() == 1 && read[0].entries.size() == 1 &&
               read[0].entries[0].values == std::vector{text};
    } catch (toml_error const&) {
        return false;
    }
}

/// Errors: input_error.
void check(CLI::App const& options, toml_entry const& one, position const& where) {
    auto const* const found = options.get_option_no_throw("--" + one.name);
    if (found == nullptr) {
        std::vector<std::string> known;
        for (auto const* const option : options.get_options())
            if (option->get_configurable())
                known.push_back(option->get_single_name());
        auto const near = nearest(one.name, known);
        throw input_error{
            where, fmt::format("{} is no option{}; --help shows them", in_quotes(one.name),
                               near ? fmt::format(", perhaps {} is meant", *near) : std::string{})};
    }
    if (!found->get_configurable())
        throw input_error{where, fmt::format("{} is for the command line only", one.name)};
    if (one.values.empty())
        throw input_error{where, fmt::format("{} has no value", one.name)};
    if (one.values.size() > 1 &&
        found->get_multi_option_policy() != CLI::MultiOptionPolicy::TakeAll)
        throw input_error{where, fmt::format("{0} takes one text: write {0} = \"{1}\"", one.name,
                                             fmt::join(one.values, ","))};
    if (found->get_expected_max() == 0 && one.values[0] != "true" && one.values[0] != "false")
        throw input_error{
            where, fmt::format("{} is true or false, not {}", one.name, in_quotes(one.values[0]))};
}

}  // namespace

std::string option_text(std::string const& text) {
    for (auto const& written :
         {CLI::detail::convert_arg_for_ini(text), '"' + text + '"', '\'' + text + '\''})
        if (reads_as(written, text))
            return written;
    std::string result = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\')
            result += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            result += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result + '"';
}

std::string option_file::to_config(CLI::App const* options, bool, bool, std::string) const {
    std::string text;
    auto groups = options->get_groups();
    std::erase(groups, "Options");
    groups.insert(groups.begin(), "Options");
    for (auto const& group : groups)
        for (auto const* const option : options->get_options()) {
            if (!option->get_configurable() || option->get_group() != group || option->count() == 0)
                continue;
            std::vector<std::string> values;
            for (auto const& one : option->reduced_results())
                values.push_back(option_text(one));
            auto const several = values.size() > 1;
            text += fmt::format("{}={}{}{}\n", option->get_single_name(), several ? "[" : "",
                                fmt::join(values, ", "), several ? "]" : "");
        }
    return text;
}

std::vector<CLI::ConfigItem> option_file::from_config(std::istream& input) const {
    std::string const text{std::istreambuf_iterator<char>{input}, {}};
    auto const file = options_.get_config_ptr()->as<std::string>();
    std::vector<CLI::ConfigItem> read;
    try {
        auto sections = read_options(text);
        if (sections.size() > 1)
            throw toml_error{sections[1].line, "there are no sections: remove this line"};
        for (auto& one : sections[0].entries) {
            check(options_, one, {file, one.line});
            read.push_back({{}, std::move(one.name), std::move(one.values)});
        }
    } catch (toml_error const& error) {
        throw input_error{{file, error.line()}, error.what()};
    }
    return read;
}

}  // namespace examples
