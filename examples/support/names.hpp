// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/reading.hpp>
#include <support/text_set.hpp>

#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// Names that look like mistakes: rules beside those of the library.
namespace examples {

/// The one of `known` that `name` was probably meant to be: another case, other spaces, or a slip
/// or two of the keyboard for every eight letters. Nothing if none is near.
[[nodiscard]] std::optional<std::string> nearest(std::string_view name,
                                                 std::vector<std::string> const& known);

/// Names that were seen, and how often, without keeping every one of them.
class name_counts {
  public:
    void add(std::string_view name);

    struct line {
        std::string name;
        std::size_t count;
    };
    /// In the order in which they were first seen.
    [[nodiscard]] std::vector<line> const& lines() const { return lines_; }

  private:
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, std::size_t, hash, std::equal_to<>> places_;
    std::vector<line> lines_;
};

/// How names are usually written: of those that differ in case or spaces only, the most frequent, of
/// equally frequent ones the first.
[[nodiscard]] std::vector<std::string> usual_spellings(name_counts const& names);
[[nodiscard]] std::vector<std::string> usual_spellings(std::vector<std::string> const& names);
/// The same of distinct names and how often each was seen, in their order.
[[nodiscard]] std::vector<std::string_view>
usual_spellings(std::vector<std::string_view> const& names, std::vector<std::size_t> const& counts);

namespace detail {

/// A text, or an optional one, as an optional text; an empty text counts as missing.
template <class Value>
[[nodiscard]] std::optional<std::string_view> text_in(Value const& value) {
    if constexpr (requires { value.has_value(); })
        return value ? text_in(*value) : std::nullopt;
    else
        return value.empty() ? std::nullopt : std::optional{std::string_view{value}};
}

}  // namespace detail

/// Which of `names`, in another case or with other spaces around them, are among `others`? Both are not
/// written alike. In the order of `names`.
[[nodiscard]] std::vector<bool> alike_one_of(std::vector<std::string_view> const& names,
                                             std::vector<std::string_view> const& others);

/// Names that would be one of `usual` in another case or with other spaces around them. They are
/// taken as they are: nothing is joined that is not equal. What views refer to lives as long as the rule.
template <class Projection, class Text>
[[nodiscard]] auto written_as_usual(std::string const& subject, Projection name,
                                    std::vector<Text> const& usual) {
    // The rule may be copied: what it refers to stays where it is.
    auto const kept = std::make_shared<std::vector<Text> const>(usual);
    auto const exact = std::make_shared<text_set>();
    for (auto const& one : *kept)
        exact->add(one);
    auto check = [name, kept, exact](auto const& rows, attribution::offences& found) {
        std::vector<std::size_t> places;
        std::vector<std::string> texts;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            auto&& record = rows[row];
            auto&& value = std::invoke(name, record);
            if (auto const text = detail::text_in(value); text && !exact->contains(*text)) {
                places.push_back(row);
                texts.emplace_back(*text);
            }
        }
        auto const alike = alike_one_of({texts.begin(), texts.end()}, exact->texts());
        for (std::size_t i = 0; i < places.size(); ++i)
            if (alike[i])
                found.row(places[i]);
    };
    return attribution::basic_rule{
        "written_as_usual(" + subject + ")", attribution::severity::warning,
        subject + " differs from a usual one in case or spaces only, and counts as another",
        std::move(check)};
}

}  // namespace examples
