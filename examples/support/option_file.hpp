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
/// Form:   that of TOML: `name = value` in a line, and comments after `#`. A value is a text in double
///         quotes, with the escapes of TOML; a text in single quotes, taken as it is; `true`; a number; or
///         several of them, `[a, b]`. A text of letters, digits and commas needs no quotes. There are no
///         sections.
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
