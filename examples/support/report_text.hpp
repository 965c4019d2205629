// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace examples {

/// The file report.toml of the program that is linked: see report_text.
extern std::string_view const report_prose;

/// The text with another one in the place of a mark, if it is there.
[[nodiscard]] std::string filled(std::string text, std::string_view mark, std::string_view with);

/// What a picture is called, and what its axes are.
struct figure_text {
    std::string name = {}, title = {}, note = {}, across = {}, value = {};
    std::string counted = {};  // what a mean of whole numbers is one of: users
};

/// What a report says in words, apart from the program that computes it: whoever edits the report needs
/// no C++, and whoever reads the program sees what it does.
///
///     title = "Sales pipeline by channel"
///     conversion = ["opportunity", "opportunities"]
///     policy = [
///         """A touchpoint may earn credit in the {lookback} before the opportunity, both ends
///         included.""",
///         "Refunds earn nothing.",
///     ]
///
///     [first_touch]
///     text = "the first touchpoint in the window gets all of the opportunity."
///
/// Shape:  TOML, as read_toml reads it. A name in brackets begins a section: what is said of one model,
///         or of one picture.
/// Edges:  a text between three quotes may go on in further lines: the end of a line, and the spaces
///         around it, are one space.
/// Errors: std::logic_error where the file is no such text, or does not say what it is asked for: it is
///         a part of the program.
class report_text {
  public:
    using values = std::vector<std::pair<std::string, std::string>>;

    /// Values stand in the places of their names in braces, as 90 days in that of {lookback}.
    explicit report_text(std::string_view file, values const& known = {});

    /// All that a section says of a key, in the order of its list; the first section has no name.
    [[nodiscard]] std::vector<std::string> all(std::string const& section,
                                               std::string const& key) const;
    /// The one text of a key; or another, if there is one in case that the file has none.
    [[nodiscard]] std::string one(std::string const& section, std::string const& key) const;
    [[nodiscard]] std::string one(std::string const& section, std::string const& key,
                                  std::string otherwise) const;

    /// A report of that program: title, question, words (lists of one and several of a kind), currency
    /// and policy.
    [[nodiscard]] report_model report(std::string program) const;
    /// The section of a model: its text, its title unless that is its name, and its colour if it is not
    /// that of its place.
    [[nodiscard]] model_description model(std::string name) const;
    /// The section of a picture: title, note, the titles of its axes, `across` and `value`, and
    /// what is `counted`.
    [[nodiscard]] figure_text figure(std::string name) const;

  private:
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> texts_;
};

}  // namespace examples
