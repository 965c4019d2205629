// SPDX-License-Identifier: BSL-1.0
#include <support/option_file.hpp>

#include <support/csv.hpp>
#include <support/names.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <istream>
#include <iterator>
#include <optional>
#include <utility>

namespace examples {

namespace {

struct entry {
    std::string name;
    std::vector<std::string> values;
    std::size_t line;
};

/// Reads a file from its first line to its last.
class entry_reader {
  public:
    entry_reader(std::string_view text, std::string_view file) : rest_{text}, file_{file} {
        if (rest_.starts_with("\xEF\xBB\xBF"))
            rest_.remove_prefix(3);
    }

    std::optional<entry> next() {
        skip_lines();
        if (rest_.empty())
            return std::nullopt;
        auto const begin = line_;
        if (rest_.front() == '[')
            refuse("there are no sections: remove this line");
        auto name = name_of_line();
        std::vector<std::string> values;
        if (skip('['))
            values = list();
        else
            values.push_back(value("#\n"));
        spaces();
        if (!rest_.empty() && rest_.front() != '#' && rest_.front() != '\n')
            refuse(fmt::format("{} is too much: write one option in a line, and texts in quotes",
                               in_quotes(rest_of_line())));
        return entry{std::move(name), std::move(values), begin};
    }

    [[noreturn]] void refuse(std::string const& what) const {
        throw input_error{{file_, line_}, what};
    }

  private:
    bool skip(char c) {
        if (!rest_.starts_with(c))
            return false;
        line_ += c == '\n' ? 1 : 0;
        rest_.remove_prefix(1);
        return true;
    }
    void spaces() {
        while (skip(' ') || skip('\t') || skip('\r'))
            ;
    }
    std::string_view rest_of_line() const { return trimmed(rest_.substr(0, rest_.find('\n'))); }

    /// Blank lines, and comments.
    void skip_lines() {
        do {
            spaces();
            if (rest_.starts_with('#') || rest_.starts_with(';'))
                rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
        } while (skip('\n'));
    }

    std::string name_of_line() {
        auto const end = rest_.find_first_of("=\n#");
        if (end == rest_.npos || rest_[end] != '=')
            refuse(fmt::format("{} is no option: write it like lookback = \"30d\"",
                               in_quotes(rest_of_line())));
        auto name = trimmed(rest_.substr(0, end));
        if (name.size() > 1 && name.front() == '"' && name.back() == '"')
            name = name.substr(1, name.size() - 2);
        rest_.remove_prefix(end + 1);
        spaces();
        return std::string{name};
    }

    /// After the bracket that opens it.
    std::vector<std::string> list() {
        std::vector<std::string> values;
        for (;;) {
            skip_lines();
            if (skip(']'))
                return values;
            values.push_back(value("#\n,]"));
            skip_lines();
            if (!skip(',') && !rest_.starts_with(']'))
                refuse("a list ends with ], and there are commas in it: [\"a\", \"b\"]");
        }
    }

    /// Without quotes it ends before one of these.
    std::string value(std::string_view ends) {
        if (skip('"'))
            return escaped();
        if (skip('\'')) {
            auto const end = rest_.find_first_of("'\n");
            if (end == rest_.npos || rest_[end] == '\n')
                refuse("a text needs a closing quote in its line");
            return std::string{take(end, 1)};
        }
        auto const text = trimmed(take(std::min(rest_.find_first_of(ends), rest_.size()), 0));
        if (text.empty())
            refuse("there is no value: write it like lookback = \"30d\"");
        if (text.find_first_of("\"'") != text.npos)
            refuse(fmt::format("{} has a quote: put the whole text in quotes", in_quotes(text)));
        return std::string{text};
    }

    std::string_view take(std::size_t size, std::size_t more) {
        auto const text = rest_.substr(0, size);
        rest_.remove_prefix(size + more);
        return text;
    }

    std::string escaped() {
        std::string text;
        for (;;) {
            auto const end = rest_.find_first_of("\"\\\n");
            if (end == rest_.npos || rest_[end] == '\n')
                refuse("a text needs a closing quote in its line");
            auto const closed = rest_[end] == '"';
            text += take(end, 1);
            if (closed)
                return text;
            add_escape(text);
        }
    }

    /// After its backslash.
    void add_escape(std::string& text) {
        constexpr std::string_view letters = "btnfr\"\\", meanings = "\b\t\n\f\r\"\\";
        auto const letter = rest_.empty() ? '\0' : rest_.front();
        if (auto const known = letters.find(letter); known != letters.npos) {
            rest_.remove_prefix(1);
            text += meanings[known];
            return;
        }
        auto const size = std::size_t{letter == 'u' ? 4U : letter == 'U' ? 8U : 0U};
        auto const digits = rest_.substr(std::min<std::size_t>(1, rest_.size()), size);
        std::uint32_t point = 0;
        auto const [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), point, 16);
        auto const whole = error == std::errc{} && end == digits.data() + size;
        if (size == 0 || !whole || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
            refuse("a backslash means something else in double quotes: write \\\\, or the text in "
                   "single quotes");
        rest_.remove_prefix(1 + size);
        append_utf8(text, point);
    }

    std::string_view rest_, file_;
    std::size_t line_ = 1;
};

bool takes_several(CLI::Option const& option) {
    return option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
}

/// Errors: input_error.
CLI::Option const& option_of(CLI::App const& options, entry const& one, position const& where) {
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
    if (one.values.size() > 1 && !takes_several(*found))
        throw input_error{where, fmt::format("{0} takes one text: write {0} = \"{1}\"", one.name,
                                             fmt::join(one.values, ","))};
    if (found->get_expected_max() == 0 && one.values[0] != "true" && one.values[0] != "false")
        throw input_error{
            where, fmt::format("{} is true or false, not {}", one.name, in_quotes(one.values[0]))};
    return *found;
}

}  // namespace

std::string option_text(std::string const& text) {
    auto const has = [&](std::string_view any) { return text.find_first_of(any) != text.npos; };
    auto const control = std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (!control && !has("#\"'\\") && trimmed(text) == text)
        return CLI::detail::convert_arg_for_ini(text);
    if (!control && has("\"\\") && !has("'"))
        return fmt::format("'{}'", text);
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
    entry_reader reader{text, file};
    std::vector<CLI::ConfigItem> read;
    while (auto one = reader.next()) {
        position const where{file, one->line};
        auto const& option = option_of(options_, *one, where);
        auto const earlier = std::ranges::find(read, one->name, &CLI::ConfigItem::name);
        if (earlier == read.end())
            read.push_back({{}, std::move(one->name), std::move(one->values)});
        else if (takes_several(option))
            std::ranges::move(one->values, std::back_inserter(earlier->inputs));
        else
            throw input_error{where, fmt::format("{} is there twice, remove one", one->name)};
    }
    return read;
}

}  // namespace examples
