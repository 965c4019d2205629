// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text of the data, made fit for where it is shown.
namespace examples {

/// The length of the UTF-8 sequence at the beginning of `text`, which is not empty; 0 if there is
/// none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Where the first byte is that does not begin a UTF-8 sequence; the size of the text if all do.
[[nodiscard]] std::size_t first_no_utf8(std::string_view text);

/// How many code points valid UTF-8 has.
[[nodiscard]] std::size_t characters(std::string_view text);

/// Appends a code point, which is no surrogate and at most U+10FFFF.
void append_utf8(std::string& text, char32_t code_point);

/// Valid UTF-8: every byte that begins no valid sequence, and NUL, becomes U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// Text that fits on a label: one line of valid UTF-8 without control characters, and at most
/// `most` characters, the last a "…" if there were more.
[[nodiscard]] std::string label_text(std::string_view text, std::size_t most = 40);

/// The text with its first letter, if it is one of ASCII, in upper case.
[[nodiscard]] std::string capital(std::string text);

}  // namespace examples
