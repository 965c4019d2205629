// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/reading.hpp>

#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
    std::unordered_map<std::string, std::size_t> places_;
    std::vector<line> lines_;
};

/// How names are usually written: of those that differ in case or spaces only, the most frequent, of
/// equally frequent ones the first.
[[nodiscard]] std::vector<std::string> usual_spellings(name_counts const& names);
[[nodiscard]] std::vector<std::string> usual_spellings(std::vector<std::string> const& names);

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

/// Names that would be one of `usual` in another case or with other spaces around them. They are
/// taken as they are: nothing is joined that is not equal.
template <class Projection>
[[nodiscard]] auto written_as_usual(std::string const& subject, Projection name,
                                    std::vector<std::string> const& usual) {
    std::unordered_set<std::string> exact(usual.begin(), usual.end());
    std::unordered_set<std::string> alike;
    for (auto const& one : usual)
        alike.insert(folded(one));
    auto check = [name, exact = std::move(exact),
                  alike = std::move(alike)](auto const& rows, attribution::offences& found) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            auto&& record = rows[row];
            auto&& value = std::invoke(name, record);
            if (auto const text = detail::text_in(value))
                if (!exact.contains(std::string{*text}) && alike.contains(folded(*text)))
                    found.row(row);
        }
    };
    return attribution::basic_rule{
        "written_as_usual(" + subject + ")", attribution::severity::warning,
        subject + " differs from a usual one in case or spaces only, and counts as another",
        std::move(check)};
}

}  // namespace examples
