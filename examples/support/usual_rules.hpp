// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>
#include <support/instant.hpp>
#include <support/names.hpp>
#include <support/reading.hpp>
#include <support/text_set.hpp>

#include <attribution/quality/findings.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/must.hpp>
#include <attribution/quality/plausible_share.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/validate.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

/// Rules that most reports have for the texts of their records.
namespace examples {

/// Lines of a file with a header: the first five that break a rule are named.
inline constexpr auto file_lines = attribution::row_naming{.limit = 5, .first_row = 2};

/// All texts of a column that are not missing.
template <class Records, class Projection>
[[nodiscard]] std::vector<std::string> texts_of(Records const& records, Projection text) {
    std::vector<std::string> texts;
    for (auto const& record : records)
        if (auto const found = detail::text_in(std::invoke(text, record)))
            texts.emplace_back(*found);
    return texts;
}

/// The same, each once, in the order in which they come first. `text` refers to what is in the records,
/// and so does the result.
template <class Records, class Projection>
[[nodiscard]] text_set set_of_texts(Records const& records, Projection text) {
    text_set texts;
    for (auto const& record : records)
        if (auto const found = detail::text_in(std::invoke(text, record)))
            texts.add(*found);
    return texts;
}
template <class Records, class Projection>
[[nodiscard]] std::vector<std::string_view> distinct_texts(Records const& records,
                                                           Projection text) {
    return set_of_texts(records, text).texts();
}

/// How the texts of a column are usually written: see usual_spellings(). `text` as above.
template <class Records, class Projection>
[[nodiscard]] std::vector<std::string_view> usual_texts(Records const& records, Projection text) {
    text_set texts;
    std::vector<std::size_t> counts;
    for (auto const& record : records)
        if (auto const found = detail::text_in(std::invoke(text, record))) {
            auto const number = texts.add(*found);
            counts.resize(texts.size());
            ++counts[number];
        }
    return usual_spellings(texts.texts(), counts);
}

/// How names of one kind are usually written that several files have, where some are known.
template <class Projection, class... Files>
[[nodiscard]] std::vector<std::string> usual_in(std::vector<std::string> const& known,
                                                Projection name, Files const&... files) {
    name_counts names;
    for (auto const& one : known)
        names.add(one);
    auto const add = [&](auto const& records) {
        for (auto const& record : records)
            names.add(std::invoke(name, record));
    };
    (add(files), ...);
    return usual_spellings(names);
}

/// No id stands on two rows; words for nothing are no ids. The same rule as attribution::unique.
///
/// Complexity: sorts one number for each row, where a table of the ids would take ten times as much. Only
///             ids whose numbers are equal are compared.
template <class Member>
[[nodiscard]] auto unique_id(std::string const& subject, Member id,
                             std::vector<std::string> const& nothing) {
    auto check = [id, nothing](auto const& rows, attribution::offences& found) {
        std::hash<std::string_view> const number;
        auto const each = [&](auto const& use) {
            for (std::size_t row = 0; row < rows.size(); ++row)
                if (std::string_view const text = rows[row].*id; !means_nothing(text, nothing))
                    use(row, text);
        };
        std::vector<std::size_t> numbers;
        numbers.reserve(rows.size());
        each([&](std::size_t, std::string_view text) { numbers.push_back(number(text)); });
        std::ranges::sort(numbers);
        auto kept = numbers.begin();  // those that are there twice
        for (auto one = numbers.begin(); one != numbers.end();) {
            auto const next = std::find_if(one, numbers.end(), [&](auto n) { return n != *one; });
            auto const repeated = next - one > 1;
            auto const what = *one;
            one = next;
            if (repeated)
                *kept++ = what;
        }
        numbers.erase(kept, numbers.end());
        if (numbers.empty())
            return;
        std::unordered_set<std::string_view> known;
        each([&](std::size_t row, std::string_view text) {
            if (std::ranges::binary_search(numbers, number(text)) && !known.insert(text).second)
                found.row(row);
        });
    };
    return attribution::basic_rule{"unique(" + subject + ")", attribution::severity::error,
                                   "repeats the " + subject + " of an earlier row",
                                   std::move(check)};
}

/// A text that should be there, though rows without it count.
template <class Projection>
[[nodiscard]] auto expected(std::string const& subject, Projection text,
                            std::vector<std::string> const& nothing) {
    return attribution::required(
               subject, text,
               [nothing](std::string_view one) { return means_nothing(one, nothing); })
        .as(attribution::severity::warning);
}

/// Names are written as they mostly are in the same column.
template <class Records, class Projection>
[[nodiscard]] auto written_as_mostly(std::string const& subject, Records const& records,
                                     Projection name) {
    return written_as_usual(subject, name, usual_texts(records, name));
}

/// A customer may be large: a default or a robot is larger.
template <class Projection>
[[nodiscard]] auto one_customer(std::string const& subject, Projection key) {
    return attribution::plausible_share(subject, key, 0.25, 20);
}

/// What is wrong with a record, unless the test passes: how the rule is called, what to say otherwise,
/// and the test.
template <class Test>
[[nodiscard]] auto error_unless(std::string const& name, std::string const& text, Test test) {
    return attribution::must(name, std::move(test), text);
}
template <class Test>
[[nodiscard]] auto warning_unless(std::string const& name, std::string const& text, Test test) {
    return error_unless(name, text, std::move(test)).as(attribution::severity::warning);
}
template <class Test>
[[nodiscard]] auto info_unless(std::string const& name, std::string const& text, Test test) {
    return error_unless(name, text, std::move(test)).as(attribution::severity::info);
}

/// An amount of something above zero, though others count. `amount` is a projection to a number.
template <class Projection>
[[nodiscard]] auto positive(std::string const& subject, Projection amount) {
    return warning_unless(subject + " is positive", subject + " is zero or negative",
                          [amount](auto const& record) {
                              auto const& value = std::invoke(amount, record);
                              return value > std::remove_cvref_t<decltype(value)>{};
                          });
}

/// An amount that was not rounded. `rounded` is a projection to whether it was.
template <class Projection>
[[nodiscard]] auto exact(std::string const& subject, Projection rounded) {
    return warning_unless(subject + " is exact",
                          subject + " was rounded: all of them do not fit with its decimals",
                          [rounded](auto const& record) { return !std::invoke(rounded, record); });
}

/// Is this a number as spreadsheets show long ones, 1.23457E+12? Its other digits are lost.
[[nodiscard]] constexpr bool rounded_by_spreadsheet(std::string_view text) {
    auto const digits = [](std::string_view one) {
        return !one.empty() && one.find_first_not_of("0123456789") == one.npos;
    };
    auto const exponent = text.find("E+");
    if (exponent == text.npos || !digits(text.substr(exponent + 2)) || !digits(text.substr(0, 1)))
        return false;
    auto const more = text.substr(1, exponent - 1);
    return more.empty() || ((more.front() == '.' || more.front() == ',') && digits(more.substr(1)));
}

/// A rule that hardly any file breaks: file_checks have no finding where none does.
template <class Check>
struct rare_check : Check {
    explicit rare_check(Check check) : Check{std::move(check)} {}
};
template <class Check>
[[nodiscard]] auto rare(attribution::basic_rule<Check> rule) {
    return attribution::basic_rule{std::move(rule.name), rule.severity, std::move(rule.text),
                                   rare_check<Check>{std::move(rule.check)}};
}
template <class Check>
inline constexpr bool is_rare = false;
template <class Check>
inline constexpr bool is_rare<rare_check<Check>> = true;

/// A key whose digits are all there. Rare.
template <class Projection>
[[nodiscard]] auto written_in_full(std::string const& subject, Projection key) {
    return rare(warning_unless(
        subject + " is written in full",
        subject + " was rounded by a spreadsheet, and different ones may have become "
                  "one: format the column as text before it is saved",
        [key](auto const& record) {
            auto const text = detail::text_in(std::invoke(key, record));
            return !text || !rounded_by_spreadsheet(*text);
        }));
}

/// Does a time stand for nothing, as exports write it? The zeros of clocks and calendars, and days
/// after which nothing happens.
[[nodiscard]] inline bool stands_for_nothing(instant time) {
    using namespace date::literals;
    return time < date::sys_days{1900_y / 1 / 2} || time >= date::sys_days{2200_y / 1 / 1} ||
           time == date::sys_days{1970_y / 1 / 1};
}

/// A time at which something happened. `time` is a projection to a time or a day, perhaps an optional
/// one. Rare.
template <class Projection>
[[nodiscard]] auto real_time(std::string const& subject, Projection time) {
    return rare(warning_unless(subject + " is real",
                               subject + " is one that stands for nothing, like 1970-01-01 or "
                                         "9999-12-31, and counts as it is written",
                               [time](auto const& record) {
                                   std::optional<instant> const at = std::invoke(time, record);
                                   return !at || !stands_for_nothing(*at);
                               }));
}

/// Amounts of a file: each is positive and exact. `amount` is a member with a value that may be rounded.
template <class Member>
[[nodiscard]] auto amounts_of_rows(std::string const& subject, Member amount) {
    return attribution::rules(
        positive(subject, [amount](auto const& record) { return (record.*amount).value; }),
        exact(subject, [amount](auto const& record) { return (record.*amount).rounded; }));
}

/// Ids of rows: each is there, in full, and stands on one row only.
template <class Member>
[[nodiscard]] auto ids_of_rows(std::string const& subject, Member id,
                               std::vector<std::string> const& nothing) {
    return attribution::rules(unique_id(subject, id, nothing), expected(subject, id, nothing),
                              written_in_full(subject, id));
}

/// Keys of customers that other records have: each is there, in full, is one of `known` and written
/// like it, and no default or robot.
template <class Projection, class Text = std::string>
[[nodiscard]] auto keys_of_customers(std::string const& subject, Projection key,
                                     std::vector<Text> const& known) {
    return attribution::rules(attribution::required(subject, key),
                              attribution::known(subject, key, known),
                              written_as_usual(subject, key, known), one_customer(subject, key),
                              written_in_full(subject, key));
}

/// Some key of the records is among `known`, if there are any; `text` is what to say of those that have
/// one otherwise. `known` lives longer. Rare.
template <class Projection>
[[nodiscard]] auto keys_meet(std::string const& name, std::string const& text, Projection key,
                             text_set const& known) {
    auto check = [key, &known](auto const& rows, attribution::offences& found) {
        std::vector<std::size_t> strange;
        for (std::size_t row = 0; row < rows.size(); ++row)
            if (auto const one = detail::text_in(std::invoke(key, rows[row]))) {
                if (known.size() == 0 || known.contains(*one))
                    return;
                strange.push_back(row);
            }
        for (auto const row : strange)
            found.row(row);
    };
    return rare(
        attribution::basic_rule{name, attribution::severity::warning, text, std::move(check)});
}

/// Names that none of `known` is, by how they are usually written, in the rows of a file: perhaps they
/// are written otherwise there. Notes say which was meant.
template <class Records, class Projection>
[[nodiscard]] attribution::finding known_name(std::string const& subject, Records const& records,
                                              Projection name, std::string text,
                                              std::vector<std::string> const& known) {
    auto const usual = usual_spellings(known);
    std::unordered_set<std::string> const all(known.begin(), known.end());
    attribution::offences found{file_lines.limit};
    std::set<std::string> notes;
    for (std::size_t row = 0; row < records.size(); ++row) {
        std::string const one{std::invoke(name, records[row])};
        if (all.contains(one))
            continue;
        found.row(row + file_lines.first_row);
        auto const meant = nearest(one, usual);
        notes.insert(
            meant ? fmt::format("{} may be misspelt for {}", in_quotes(one), in_quotes(*meant))
                  : in_quotes(one));
    }
    return {"known(" + subject + ")",
            attribution::severity::warning,
            std::move(text),
            records.size(),
            found.count(),
            found.rows(),
            {notes.begin(), notes.end()}};
}

/// What is wrong with the records of several files, and with how they were read. Rows have the numbers
/// of their lines, as file_lines has them.
class file_checks {
  public:
    /// Checks the records of a file against rules, of which some may be rare.
    template <class Records, class... Rules>
    void check(Records const& records, Rules... rules) {
        check_after(0, records, std::move(rules)...);
    }
    /// The same of those that come after so many others of their file.
    template <class Records, class... Rules>
    void check_after(std::size_t others, Records const& records, Rules... rules) {
        auto lines = file_lines;
        lines.first_row += others;
        auto const all = attribution::rules(std::move(rules)...);
        std::set<std::string> rare;
        all.for_each([&](auto const& rule) {
            if (is_rare<std::remove_cvref_t<decltype(rule.check)>>)
                rare.insert(rule.name);
        });
        for (auto const& one : attribution::validate(records, all, lines))
            if (one.count > 0 || !rare.contains(one.rule))
                found_.add(one);
    }
    void add(attribution::findings const& found) { found_.merge(found); }
    void add(attribution::finding found) { found_.add(std::move(found)); }

    [[nodiscard]] attribution::findings const& found() const { return found_; }

  private:
    attribution::findings found_{file_lines.limit};
};

}  // namespace examples
