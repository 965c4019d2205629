// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/names.hpp>
#include <support/reading.hpp>
#include <support/text_set.hpp>

#include <attribution/quality/must.hpp>
#include <attribution/quality/plausible_share.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/validate.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
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
[[nodiscard]] std::vector<std::string_view> distinct_texts(Records const& records,
                                                           Projection text) {
    text_set texts;
    for (auto const& record : records)
        if (auto const found = detail::text_in(std::invoke(text, record)))
            texts.add(*found);
    return texts.texts();
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

/// A warning, unless the test passes.
template <class Test>
[[nodiscard]] auto should(std::string const& name, Test test, std::string const& text) {
    return attribution::must(name, std::move(test), text).as(attribution::severity::warning);
}

}  // namespace examples
