// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// Files of options, read and written, for CLI::App::config_formatter. What is written is read as it was.
///
/// Form:   that of TOML, https://toml.io: `name = "text"` in a line, and comments after `#`. A number, a
///         date or `true` needs no quotes. Several values are a list, `["a", "b"]`. There are no
///         sections.
/// Edges:  texts may be any bytes; a file that is no UTF-8 has the bytes that are in it.
class option_file : public CLI::Config {
  public:
    /// `options` own this.
    explicit option_file(CLI::App const& options) : options_{options} {}

    /// The options that were given.
    [[nodiscard]] std::string to_config(CLI::App const* options, bool, bool,
                                        std::string) const override;

    /// Errors: input_error, naming file and line, if something is no option, is no value of one, or is
    ///         there twice.
    [[nodiscard]] std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

  private:
    CLI::App const& options_;
};

/// A text as a file of options has it.
[[nodiscard]] std::string option_text(std::string const& text);

}  // namespace examples
