// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// A file is no TOML, or more of it than read_toml reads: what is wrong, and what to do.
class toml_error : public std::runtime_error {
  public:
    toml_error(std::size_t line, std::string const& what) : std::runtime_error{what}, line_{line} {}
    [[nodiscard]] std::size_t line() const { return line_; }

  private:
    std::size_t line_;
};

/// A name, and its value or the values of its list.
struct toml_entry {
    std::string name;
    std::vector<std::string> values;
    std::size_t line;
};

struct toml_section {
    std::string name;
    std::size_t line;
    std::vector<toml_entry> entries;
};

/// A file in the form of TOML, https://toml.io, as far as it has texts in sections.
///
/// Shape:  sections and entries in the order of their lines. What stands before the first name in
///         brackets is in a section without a name, which is always there.
/// Edges:  a value that is no text (a number, a date, true) is the text that was written. A byte order
///         mark says nothing.
/// Errors: toml_error; also for sections in sections, and lists in lists.
[[nodiscard]] std::vector<toml_section> read_toml(std::string_view text);

}  // namespace examples
