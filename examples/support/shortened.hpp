// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/report_model.hpp>

#include <cstddef>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace examples {

/// Texts of the data may be longer in what people look at: files of results and databases have them
/// whole.
inline constexpr std::size_t longest_shown = 200;

/// The longer texts of paths, each once, in the order in which they come first.
class long_texts {
  public:
    void add(conversion_path const& path);
    [[nodiscard]] std::vector<std::string> all() && { return std::move(texts_); }

  private:
    void add(std::string const& text);

    std::vector<std::string> texts_;
    std::unordered_set<std::string> known_;
};

/// A report for people to look at: longer texts of its data are cut, and it says how many. Two
/// different texts stay different: a cut one ends in its number, as in `... [long text 3]`. The
/// tables that only a database has are left out.
[[nodiscard]] report_model shortened(report_model report);

}  // namespace examples
